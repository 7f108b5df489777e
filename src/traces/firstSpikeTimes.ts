import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { aNumber, ensureIs, nothingMore } from '../core/params/validation.js';
import { floats, tidily, toFloat } from '../core/tensors.js';

/**
 * When each neuron fired first: the first step t with `spikes[t] > 0`. Later spikes don't matter, so cumulative
 * spike-waves give the same answer.
 *
 * @param spikes   [T, …], time first.
 * @param noSpike  what a neuron that never fires gets. Default Infinity, which loses every comparison of times.
 * @returns times in steps, […].
 * @throws {StdpError} when `spikes` has no time axis or `noSpike` is no number.
 *
 * Source: spikeseg `get_first_spike_times`.
 *
 * @example
 * getFirstSpikeTimes([[0, 0], [1, 0], [1, 0]]).print();   // => [1, Infinity]
 */
export function getFirstSpikeTimes(
  spikes: tf.TensorLike | tf.Tensor,
  noSpike = Number.POSITIVE_INFINITY,
  ...more: readonly never[]
): tf.Tensor {
  const where = 'getFirstSpikeTimes';
  nothingMore(more, where, 'getFirstSpikeTimes(spikes, noSpike)');
  ensureIs(aNumber, noSpike, where, 'noSpike');
  return tidily(() => {
    const train = toFloat(spikes, where, 'spikes');
    const [steps, ...shape] = train.shape;
    ensure(steps !== undefined, where, 'spikes', () => 'is a single number, needs a leading time axis');
    if (train.size === 0) return tf.fill(shape, noSpike);
    // In two axes: with more, operations fail on webgpu (4.22).
    const fired = floats(tf.greater(tf.reshape(train, [steps, -1]), 0));
    const times = tf.where(
      tf.cast(tf.max(fired, 0), 'bool'),
      floats(tf.argMax(fired, 0)),
      tf.fill([at(fired.shape, 1)], noSpike),
    );
    return tf.reshape(times, shape);
  });
}
