import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { oneHot } from '../core/oneHot.js';
import { nothingMore } from '../core/params/validation.js';
import { showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';

/**
 * At each position only the map that fires first keeps its potentials; all other maps become 0 there. Of several that
 * fire in the same step the highest potential wins, then the lowest channel. Where nothing fired all is 0.
 *
 *     m[t] = max over maps,  n = Σₜ sign(m[t]),  first = clip(T − n, 0, T − 1),  map = argmax at `first`
 *
 * @param potentials  `[T, H, W, C]` after the threshold (0 = silent), cumulative: once above 0, above 0 until the end.
 *                    A neuron that is silent again at the last step counts as silent.
 * @returns the shape of `potentials`.
 * @throws {StdpError} when `potentials` is not `[T, H, W, C]`.
 *
 * Source: SpykeTorch `pointwise_inhibition`.
 *
 * @example
 * // channel 1 fired first
 * pointwiseInhibition(tf.tensor4d([[[[0, 4]]], [[[9, 5]]]])).print();   // => [[[[0, 4]]], [[[0, 5]]]]
 */
export function pointwiseInhibition(potentials: tf.TensorLike | tf.Tensor, ...more: readonly never[]): tf.Tensor4D {
  const where = 'pointwiseInhibition';
  nothingMore(more, where, 'pointwiseInhibition(potentials)');
  return tidily(() => {
    const values = toFloat(potentials, where, 'potentials');
    ensure(values.rank === 4, where, 'potentials', () => `has shape ${showShape(values.shape)}, needs [T, H, W, C]`);
    const [steps = 0, height = 0, width = 0, channels = 0] = values.shape;
    if (values.size === 0) return tf.clone(values as tf.Tensor4D);

    const highest = tf.max(values, 3);
    const first = tf.clipByValue(tf.sub(steps, tf.sum(tf.sign(highest), 0)), 0, steps - 1);
    const winner = tf.argMax(tf.gatherND(values, atEachPosition(first, height, width)), 2);
    const fired = tf.abs(tf.sign(tf.slice(highest, [steps - 1, 0, 0], [1, height, width])));
    const kept = tf.mul(oneHot(winner, channels), tf.reshape(fired, [height, width, 1]));
    return tf.where(tf.cast(tf.expandDims(kept, 0), 'bool'), values, tf.zerosLike(values)) as tf.Tensor4D;
  });
}

/** The indices `[H, W, (time, y, x)]` of one time step per position. */
const atEachPosition = (times: tf.Tensor, height: number, width: number): tf.Tensor => {
  const rows = tf.tile(tf.reshape(tf.range(0, height), [height, 1]), [1, width]);
  const columns = tf.tile(tf.reshape(tf.range(0, width), [1, width]), [height, 1]);
  return tf.cast(tf.stack([times, rows, columns], 2), 'int32');
};
