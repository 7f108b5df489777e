import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { nothingMore } from '../core/params/validation.js';
import { select } from '../core/select.js';
import { checkShape } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { ensureBackend, sameShape, tidily, toFloat, toTimes } from '../core/tensors.js';

/**
 * The ages before the first spike: Infinity everywhere.
 *
 * @param shape  of the spikes.
 * @throws {StdpError} when it is no shape.
 * @example
 * initSpikeAges([2]).print();   // => [Infinity, Infinity]
 */
export function initSpikeAges(shape: readonly number[], ...more: readonly never[]): tf.Tensor {
  nothingMore(more, 'initSpikeAges', 'initSpikeAges(shape)');
  ensureBackend('initSpikeAges');
  return tf.fill([...checkShape(shape, 'initSpikeAges', 'shape')], Number.POSITIVE_INFINITY);
}

/** The longest age, in steps: float32 can't count any further, and two ages that differ would become one. */
const oldest = 2 ** 24;

/**
 * How long ago each neuron last spiked, one step later:
 *
 *     age = 0 where it spikes now (z ≠ 0), else age + 1        (Infinity until the first spike)
 *
 * Ages count steps, so that they stay whole and equal ages are equal; times dt they are milliseconds. A spike more than 2²⁴ steps
 * ago is forgotten, and its age Infinity again: float32 can't count any further.
 *
 * @param ages    of the step before, the shape of `spikes`; see {@link initSpikeAges}.
 * @param spikes  of this step.
 * @returns the new ages.
 * @throws {StdpError} when the shapes differ.
 *
 * Source: Inferno `EventReducer` (there in ms, and NaN before the first event).
 *
 * @example
 * spikeAgesStep(tf.tensor1d([3, 3, Infinity]), tf.tensor1d([1, 0, 0])).print();   // => [0, 4, Infinity]
 */
export function spikeAgesStep(ages: tf.TensorLike | tf.Tensor, spikes: tf.TensorLike | tf.Tensor): tf.Tensor {
  const where = 'spikeAgesStep';
  return tidily(() => {
    const [before, z] = [toTimes(ages, where, 'ages'), toFloat(spikes, where, 'spikes')];
    const problem = () => `has shape ${showShape(z.shape)}, ages has ${showShape(before.shape)}`;
    ensure(sameShape(z.shape, before.shape), where, 'spikes', problem);
    // By arithmetic: comparisons that broadcast are slow on wasm.
    const counts = tf.step(tf.sub(oldest, before));
    const counted = select(counts, tf.add(before, 1), tf.fill(before.shape, Number.POSITIVE_INFINITY));
    return select(tf.notEqual(z, tf.zerosLike(z)), tf.zerosLike(before), counted);
  });
}
