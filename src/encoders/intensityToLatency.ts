import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensure, orThrow } from '../core/errors.js';
import { ensureIs, integerFrom, nothingMore, oneOf, validateParams } from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { floats, tidily, toFloat, toTimes } from '../core/tensors.js';

/** What becomes of the weakest intensities when their number isn't a multiple of the bins. */
export interface IntensityToLatencyOptions {
  /** `'last'` adds them to the last bin: nothing is lost; `'drop'` lets them never fire, as SpykeTorch does. Default `'last'`. */
  readonly remainder: 'last' | 'drop';
}

/**
 * Rank-order coding: the stronger an intensity, the earlier its only spike, the same number of spikes in each bin.
 *
 *     rank = place in descending order (equal ones by the lowest (channel, row, column)),  n = number of intensities > 0
 *     latency = ⌊rank / max(1, ⌊n/bins⌋)⌋  for rank < n,  Infinity for the others
 *
 * The n mod bins weakest would come after the last bin: see {@link IntensityToLatencyOptions}. With fewer intensities
 * than bins each gets a bin of its own. An intensity ≤ 0 never fires; a black image is silent.
 *
 * @param intensities  `[B, H, W, C]` or `[H, W, C]`, each image ranked by itself.
 * @param bins         number of time steps.
 * @param options      see {@link IntensityToLatencyOptions}.
 * @returns first spike times 0 … bins − 1 or Infinity, the shape of `intensities`.
 * @throws {StdpError} when the shape or an option is wrong.
 *
 * Source: SpykeTorch `Intensity2Latency` (which fails when there are fewer intensities than bins).
 *
 * @example
 * intensityToLatency(tf.tensor3d([[[0.9], [0], [0.2], [0.5]]]), 3).print();   // => [[[0], [Infinity], [2], [1]]]
 */
export function intensityToLatency(
  intensities: tf.TensorLike | tf.Tensor,
  bins: number,
  options?: Partial<IntensityToLatencyOptions>,
  ...more: readonly never[]
): tf.Tensor {
  const where = 'intensityToLatency';
  nothingMore(more, where, 'intensityToLatency(intensities, bins, options)');
  checkBins(bins, where);
  const { remainder } = orThrow(
    validateParams<IntensityToLatencyOptions>(where, { remainder: 'last' }, options, checks, 'options'),
  );
  return tidily(() => {
    const values = toFloat(intensities, where, 'intensities');
    ensure(
      values.rank === 3 || values.rank === 4,
      where,
      'intensities',
      () => `has shape ${showShape(values.shape)}, needs [B, H, W, C] or [H, W, C]`,
    );
    const perImage = tf.util.sizeFromShape(values.shape.slice(-3));
    ensure(
      perImage <= mostRanks,
      where,
      'intensities',
      () => `has ${perImage} values in an image, at most ${mostRanks} have a rank`,
    );
    if (values.size === 0) return tf.clone(values);
    const images = values.rank === 3 ? tf.expandDims(values, 0) : values;
    const channelsFirst = tf.transpose(images, [0, 3, 1, 2]);
    const rows = tf.reshape(channelsFirst, [at(images.shape, 0), -1]) as tf.Tensor2D;
    const latencies = latenciesOf(rows, bins, remainder);
    return tf.reshape(tf.transpose(tf.reshape(latencies, [...channelsFirst.shape]), [0, 2, 3, 1]), values.shape);
  });
}

const checks = { remainder: oneOf('last', 'drop') };

/** Float32 tells as many ranks, and half a rank more, apart. */
const mostRanks = 2 ** 23;

function latenciesOf(rows: tf.Tensor2D, bins: number, remainder: 'last' | 'drop'): tf.Tensor {
  const count = tf.sum(tf.step(rows), 1, true);
  const perBin = tf.maximum(tf.floor(tf.div(count, bins)), 1);
  const rank = ranks(rows);
  // Half a rank more: no rounding of the quotient can then cross an integer.
  const bin = tf.floor(tf.div(tf.add(rank, 0.5), perBin));
  const firing = remainder === 'last' ? count : tf.minimum(count, tf.mul(perBin, bins));
  const fires = tf.cast(tf.step(tf.sub(firing, rank)), 'bool');
  return tf.where(fires, tf.clipByValue(bin, 0, bins - 1), tf.fill(rows.shape, Number.POSITIVE_INFINITY));
}

/** Place of each value in the descending order of its row; sorting the order once more inverts it. */
function ranks(rows: tf.Tensor2D): tf.Tensor {
  const length = rows.shape[1];
  const order = tf.topk(rows, length).indices;
  return floats(tf.topk(tf.neg(floats(order)), length).indices);
}

/**
 * First spike times as a cumulative spike-wave: 0 before the spike, 1 from it on.
 *
 *     wave[t] = [latency ≤ t]
 *
 * @param latencies  times in steps, Infinity = never; any shape, usually `[H, W, C]`.
 * @param bins       number of time steps T.
 * @returns `[T, …]`.
 * @throws {StdpError} when `bins` is not a positive integer.
 * @example
 * latencyToWave(tf.tensor1d([0, 1, Infinity]), 2).print();   // => [[1, 0, 0], [1, 1, 0]]
 */
export function latencyToWave(latencies: tf.TensorLike | tf.Tensor, bins: number, ...more: readonly never[]): tf.Tensor {
  const where = 'latencyToWave';
  nothingMore(more, where, 'latencyToWave(latencies, bins)');
  checkBins(bins, where);
  return tidily(() => {
    const times = toTimes(latencies, where, 'latencies');
    const shape = [...checkShape([bins, ...times.shape], where, 'bins')];
    if (times.size === 0) return tf.zeros(shape);
    const steps = tf.reshape(tf.range(0, bins), [bins, 1]);
    // 1 − [latency > t] instead of a comparison: those that broadcast are slow on wasm.
    return tf.reshape(tf.sub(1, tf.step(tf.sub(tf.reshape(times, [1, -1]), steps))), shape);
  });
}

const checkBins = (bins: number, where: string): void => ensureIs(integerFrom(1), bins, where, 'bins');
