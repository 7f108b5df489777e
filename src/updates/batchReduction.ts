import * as tf from '@tensorflow/tfjs-core';
import { unreachable } from '../core/errors.js';
import { aFunction, type Check, either, oneOf } from '../core/params/validation.js';
import { ofFunction } from './ofFunction.js';

/**
 * How the samples of a batch become one weight change: by name, or by a function of the per-sample changes
 * `[batch, …weight shape]` that removes the first axis. The function form can't be stored as JSON.
 *
 * - `'sum'`: each sample counts in full (Norse).
 * - `'mean'`: their average (Inferno's pair rules).
 * - `'max'`: the largest of each side; keeps learning stable in large batches (minibatch STDP, arXiv 1909.02549).
 */
export type BatchReduction = 'sum' | 'mean' | 'max' | ((perSample: tf.Tensor) => tf.Tensor);

/** The check of {@link BatchReduction}. */
export const aBatchReduction: Check<BatchReduction> = either(
  oneOf('sum', 'mean', 'max'),
  aFunction<(perSample: tf.Tensor) => tf.Tensor>,
);

/** Whether the reduction can be folded into one matrix product over batch and positions. */
export const isLinear = (reduction: BatchReduction): reduction is 'sum' | 'mean' => reduction === 'sum' || reduction === 'mean';

/**
 * Applies a reduction to per-sample changes `[batch, …]`.
 *
 * @throws {StdpError} when a reduction by function keeps the batch axis or otherwise changes the shape.
 */
export function reduceBatch(perSample: tf.Tensor, reduction: BatchReduction, where: string): tf.Tensor {
  if (typeof reduction === 'function') return ofFunction(reduction(perSample), perSample.shape.slice(1), where, 'the reduction');
  switch (reduction) {
    case 'sum':
      return tf.sum(perSample, 0);
    case 'mean':
      return tf.mean(perSample, 0);
    case 'max':
      return tf.max(perSample, 0);
    default:
      return unreachable(reduction);
  }
}
