import * as tf from '@tensorflow/tfjs-core';
import { at, doubleAt } from '../../core/at.js';
import { ensure, orThrow } from '../../core/errors.js';
import { anything, integerFrom, nothingMore, optional, validateParams } from '../../core/params/validation.js';
import { showShape } from '../../core/show.js';
import { sameShape, tidily, toFloat } from '../../core/tensors.js';
import { clamped } from '../../updates/clamped.js';
import { orderedUpdate } from './computeStdpUpdate.js';
import { countEarlyInputs, type Geometry } from './earlyInputs.js';
import { type LatencyStdpParams, latencyStdpSchema } from './latencyStdp.js';

/** How the outputs of a batch lie over its inputs, and which of them learn. */
export interface BatchUpdateOptions {
  /** [B, OH, OW, out], > 0 at outputs that learn. Left out, every output that fired learns. */
  readonly winnerMask?: tf.TensorLike | tf.Tensor | undefined;
  /** Stride of the convolution. Default 1. */
  readonly stride?: number | undefined;
  /**
   * Rows and columns added on each side of the input. Left out, it is that of `tf.conv2d` with `'same'` or `'valid'`, whichever gives
   * [OH, OW].
   */
  readonly padding?: number | undefined;
}

/** Options, complete. */
interface WholeOptions {
  readonly winnerMask: tf.TensorLike | tf.Tensor | undefined;
  readonly stride: number | undefined;
  readonly padding: number | undefined;
}

/**
 * The weight change of a convolutional layer after a batch of stimuli: the mean of {@link computeStdpUpdate} over the
 * updates of each map, cut so that w + Δw lies within [wMin, wMax].
 *
 *     Δw[…, o] = clip( w + mean over active (b, y, x) of Δ(w, field of (b, y, x), postTimes[b, y, x, o]) ) − w
 *
 * A map is averaged over its own updates, so how busy the other maps are does not change what it learns. Outside the
 * image nothing fires: those weights are depressed. Outputs at Infinity never learn, and a map without updates gets 0.
 *
 * @param w          weights, [kh, kw, in, out].
 * @param preTimes   first spike times of the inputs, [B, H, W, in]; [H, W, in] is a batch of one.
 * @param postTimes  first spike times of the outputs, [B, OH, OW, out]; [OH, OW, out] is a batch of one.
 * @param options    see {@link BatchUpdateOptions}.
 * @param params     see {@link LatencyStdpParams}.
 * @returns Δw, [kh, kw, in, out]; not applied.
 * @throws {StdpError} when shapes don't fit each other or a parameter is out of range.
 *
 * Source: spikeseg `STDPLearner.compute_batch_update`. It knows the soft rule on [0, 1], stride 1 and odd kernels only,
 * shifts fields at the top and left border, and divides every map by the number of updates of all maps.
 *
 * @example
 * const w = tf.fill([1, 1, 1, 1], 0.5);
 * await computeStdpBatchUpdate(w, tf.zeros([1, 2, 2, 1]), tf.ones([1, 2, 2, 1]));   // => [[[[0.001]]]]
 */
export async function computeStdpBatchUpdate(
  w: tf.TensorLike | tf.Tensor,
  preTimes: tf.TensorLike | tf.Tensor,
  postTimes: tf.TensorLike | tf.Tensor,
  options?: BatchUpdateOptions,
  params?: Partial<LatencyStdpParams>,
  ...more: readonly never[]
): Promise<tf.Tensor> {
  nothingMore(more, where, 'computeStdpBatchUpdate(w, preTimes, postTimes, options, params)');
  const { wMin, wMax } = orThrow(latencyStdpSchema.validate(params, where));
  const {
    winnerMask,
    stride = 1,
    padding,
  } = orThrow(
    validateParams<WholeOptions>(
      where,
      { winnerMask: undefined, stride: 1, padding: undefined },
      options,
      { winnerMask: anything, stride: integerFrom(1), padding: optional(integerFrom(0)) },
      'options',
    ),
  );
  const held = tidily(() => {
    const weights = toFloat(w, where, 'w');
    ensure(weights.rank === 4, where, 'w', () => `has shape ${showShape(weights.shape)}, needs [kh, kw, in, out]`);
    const pre = batchOf(preTimes, 'preTimes', weights.shape[2]);
    const post = batchOf(postTimes, 'postTimes', weights.shape[3], pre.shape[0]);
    const mask = winnerMask === undefined ? tf.onesLike(post) : batchOf(winnerMask, 'winnerMask', weights.shape[3], pre.shape[0]);
    const sizes = `has shape ${showShape(mask.shape)}, postTimes have ${showShape(post.shape)}`;
    ensure(sameShape(mask.shape, post.shape), where, 'winnerMask', () => sizes);
    return { weights: tf.clone(weights), pre: tf.clone(pre), post: tf.clone(post), mask: tf.clone(mask) };
  });
  try {
    const geometry = geometryOf(held, stride, padding);
    const [pre, post, mask] = await Promise.all([
      held.pre.data<'float32'>(),
      held.post.data<'float32'>(),
      held.mask.data<'float32'>(),
    ]);
    const { early, updates } = countEarlyInputs(pre, post, mask, geometry);
    return tidily(() => {
      const learned = tf.tensor1d(Float32Array.from(updates, (count) => Math.min(count, 1)));
      const shares = Float32Array.from(early, (count, index) => count / Math.max(doubleAt(updates, index % updates.length), 1));
      const share = tf.tensor(shares, held.weights.shape);
      const potentiated = orderedUpdate(held.weights, tf.zerosLike(held.weights), 0, params, where);
      const depressed = orderedUpdate(held.weights, tf.onesLike(held.weights), 0, params, where);
      const mean = tf.add(tf.mul(share, potentiated), tf.mul(tf.sub(1, share), depressed));
      const bounded = tf.sub(clamped(tf.add(held.weights, mean), { wMin, wMax }), held.weights);
      return tf.where(tf.greater(learned, 0), bounded, tf.zerosLike(bounded));
    });
  } finally {
    tf.dispose([held.weights, held.pre, held.post, held.mask]);
  }
}

const where = 'computeStdpBatchUpdate';

function batchOf(value: tf.TensorLike | tf.Tensor, argument: string, channels = 0, batch?: number): tf.Tensor {
  const given = toFloat(value, where, argument);
  const tensor = given.rank === 3 ? tf.expandDims(given, 0) : given;
  const wanted = `[${batch ?? 'B'}, height, width, ${channels}]`;
  const fits = tensor.rank === 4 && tensor.shape[3] === channels && (batch === undefined || tensor.shape[0] === batch);
  ensure(fits, where, argument, () => `has shape ${showShape(given.shape)}, needs ${wanted}`);
  return tensor;
}

type Held = { readonly weights: tf.Tensor; readonly pre: tf.Tensor; readonly post: tf.Tensor };

function geometryOf({ weights, pre, post }: Held, stride: number, padding: number | undefined): Geometry {
  const borderOf = (axis: 0 | 1): number => {
    const kernel = at(weights.shape, axis);
    const size = at(pre.shape, axis + 1);
    const out = at(post.shape, axis + 1);
    const valid = Math.floor((size + 2 * (padding === undefined ? 0 : padding) - kernel) / stride) + 1;
    const same = Math.ceil(size / stride);
    const shapes = `${showShape(post.shape)} don't fit preTimes ${showShape(pre.shape)}, w ${showShape(weights.shape)}`;
    ensure(
      out === valid || (padding === undefined && out === same),
      where,
      'postTimes',
      () => `${shapes}, stride ${stride} and padding ${padding ?? "'same' or 'valid'"}`,
    );
    return padding ?? Math.floor(Math.max((out - 1) * stride + kernel - size, 0) / 2);
  };
  return { pre: pre.shape, post: post.shape, kernel: weights.shape, stride, top: borderOf(0), left: borderOf(1) };
}
