import * as tf from '@tensorflow/tfjs-core';
import { ensure, unreachable } from '../core/errors.js';
import { showShape } from '../core/show.js';
import { sameShape } from '../core/tensors.js';

/**
 * How the samples of a batch become one weight change: by name, or by a function of the per-sample changes
 * `[batch, …weight shape]` that removes the first axis. The function form can't be stored as JSON.
 *
 * - `'sum'`: each sample counts in full (Norse).
 * - `'mean'`: their average (Inferno's pair rules).
 * - `'max'`: the largest of each side; keeps learning stable in large batches (minibatch STDP, arXiv 1909.02549).
 */
export type BatchReduction = 'sum' | 'mean' | 'max' | ((perSample: tf.Tensor) => tf.Tensor);

/** Whether the reduction can be folded into one matrix product over batch and positions. */
export const isLinear = (reduction: BatchReduction): reduction is 'sum' | 'mean' => reduction === 'sum' || reduction === 'mean';

/**
 * Applies a reduction to per-sample changes `[batch, …]`.
 *
 * @throws {StdpError} when a reduction by function keeps the batch axis or otherwise changes the shape.
 */
export function reduceBatch(perSample: tf.Tensor, reduction: BatchReduction): tf.Tensor {
  if (typeof reduction === 'function') {
    const reduced = reduction(perSample);
    const wanted = perSample.shape.slice(1);
    const problem = () => `gave shape ${showShape(reduced.shape)}, needs ${showShape(wanted)}`;
    ensure(sameShape(reduced.shape, wanted), 'batchReduction', 'function', problem);
    return reduced;
  }
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
