import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../core/tensors.js';

/**
 * The ages before the first spike: Infinity everywhere.
 *
 * @param shape  of the spikes.
 * @example
 * initSpikeAges([2]).print();   // => [Infinity, Infinity]
 */
export const initSpikeAges = (shape: readonly number[]): tf.Tensor => tf.fill([...shape], Number.POSITIVE_INFINITY);

/**
 * How long ago each neuron last spiked, one step later:
 *
 *     age = 0 where it spikes now (z ≠ 0), else age + 1        (Infinity until the first spike)
 *
 * Ages count steps, so that they stay whole and equal ages are equal; times dt they are milliseconds.
 *
 * @param ages    of the step before, the shape of `spikes`; see {@link initSpikeAges}.
 * @param spikes  of this step.
 * @returns the new ages.
 *
 * Source: Inferno `EventReducer` (there in ms, and NaN before the first event).
 *
 * @example
 * spikeAgesStep(tf.tensor1d([3, 3, Infinity]), tf.tensor1d([1, 0, 0])).print();   // => [0, 4, Infinity]
 */
export const spikeAgesStep = (ages: tf.Tensor, spikes: tf.Tensor): tf.Tensor =>
  tidily(() => tf.where(tf.notEqual(spikes, tf.zerosLike(spikes)), tf.zerosLike(ages), tf.add(ages, 1)));
