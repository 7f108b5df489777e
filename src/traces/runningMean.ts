import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../core/tensors.js';

/**
 * The mean of all values so far, with one more: `m + (value − m)/count`.
 *
 * @param mean   of the first count − 1 values (0 before the first).
 * @param value  the next, the shape of `mean`.
 * @param count  how many values there are with this one, ≥ 1.
 *
 * Source: Inferno `CAReducer`.
 *
 * @example
 * runningMean(tf.tensor1d([0.5]), tf.tensor1d([1]), 3).print();   // => [2 / 3]
 */
export const runningMean = (mean: tf.Tensor, value: tf.Tensor, count: number): tf.Tensor =>
  tidily(() => tf.add(mean, tf.div(tf.sub(value, mean), count)));

/**
 * The exponentially weighted mean, with one more value: `alpha·value + (1 − alpha)·m`. Start from the first value.
 *
 * @param mean   so far.
 * @param value  the next, the shape of `mean`.
 * @param alpha  weight of the latest value, in [0, 1].
 *
 * Source: Inferno `EMAReducer`.
 *
 * @example
 * exponentialMean(tf.tensor1d([1]), tf.tensor1d([0]), 0.2).print();   // => [0.8]
 */
export const exponentialMean = (mean: tf.Tensor, value: tf.Tensor, alpha: number): tf.Tensor =>
  tidily(() => tf.add(tf.mul(value, alpha), tf.mul(mean, 1 - alpha)));
