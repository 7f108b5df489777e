import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { ensureIs, fractionScalar, integerFrom, nothingMore } from '../core/params/validation.js';
import { showShape } from '../core/show.js';
import { sameShape, tidily, toFloat } from '../core/tensors.js';

/**
 * The mean of all values so far, with one more: `m + (value − m)/count`.
 *
 * @param mean   of the first count − 1 values (0 before the first).
 * @param value  the next, the shape of `mean`.
 * @param count  how many values there are with this one, an integer ≥ 1.
 * @throws {StdpError} when the shapes differ or `count` is no such integer.
 *
 * Source: Inferno `CAReducer`.
 *
 * @example
 * runningMean(tf.tensor1d([0.5]), tf.tensor1d([1]), 3).print();   // => [2 / 3]
 */
export function runningMean(
  mean: tf.TensorLike | tf.Tensor,
  value: tf.TensorLike | tf.Tensor,
  count: number,
  ...more: readonly never[]
): tf.Tensor {
  nothingMore(more, 'runningMean', 'runningMean(mean, value, count)');
  ensureIs(integerFrom(1), count, 'runningMean', 'count');
  return tidily(() => {
    const [before, next] = meanAndValue('runningMean', mean, value);
    return tf.add(before, tf.div(tf.sub(next, before), count));
  });
}

/**
 * The exponentially weighted mean, with one more value: `alpha·value + (1 − alpha)·m`. Start from the first value.
 *
 * @param mean   so far.
 * @param value  the next, the shape of `mean`.
 * @param alpha  weight of the latest value, in [0, 1].
 * @throws {StdpError} when the shapes differ or `alpha` is out of range.
 *
 * Source: Inferno `EMAReducer`.
 *
 * @example
 * exponentialMean(tf.tensor1d([1]), tf.tensor1d([0]), 0.2).print();   // => [0.8]
 */
export function exponentialMean(
  mean: tf.TensorLike | tf.Tensor,
  value: tf.TensorLike | tf.Tensor,
  alpha: number,
  ...more: readonly never[]
): tf.Tensor {
  nothingMore(more, 'exponentialMean', 'exponentialMean(mean, value, alpha)');
  ensureIs(fractionScalar, alpha, 'exponentialMean', 'alpha');
  return tidily(() => {
    const [before, next] = meanAndValue('exponentialMean', mean, value);
    return tf.add(tf.mul(next, alpha), tf.mul(before, 1 - alpha));
  });
}

function meanAndValue(where: string, mean: tf.TensorLike | tf.Tensor, value: tf.TensorLike | tf.Tensor) {
  const [before, next] = [toFloat(mean, where, 'mean'), toFloat(value, where, 'value')];
  const problem = () => `has shape ${showShape(next.shape)}, mean has ${showShape(before.shape)}`;
  ensure(sameShape(next.shape, before.shape), where, 'value', problem);
  return [before, next] as const;
}
