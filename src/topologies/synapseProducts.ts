import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { showShape } from '../core/show.js';
import { sameShape, tidily, toFloat } from '../core/tensors.js';
import type { Topology } from './topology.js';

/**
 * Every synapse's product of its two activities, sample by sample and position by position:
 *
 *     out[b, p, …k, o] = pre[b, p, …k] · post[b, p, o]
 *
 * @param pre          activity of the inputs, batched (`[batch, n]` or NHWC), or one value per synapse
 *                     `[batch, positions, …weight shape]` (spikes that come through delays).
 * @param post         activity of the outputs, batched.
 * @param topology     how the layers are wired.
 * @param weightShape  shape of the weights.
 * @returns `[batch, positions, …weight shape]`; a dense layer has one position.
 * @throws {StdpError} when shapes disagree.
 *
 * Source: PySNN `LearningRule.pre_mult_post`.
 *
 * @example
 * preMultPost([[1, 2]], [[3, 5]], dense, [2, 2]).print();   // => [[[[3, 5], [6, 10]]]]
 */
export function preMultPost(
  pre: tf.TensorLike | tf.Tensor,
  post: tf.TensorLike | tf.Tensor,
  topology: Topology,
  weightShape: readonly number[],
): tf.Tensor {
  const where = 'preMultPost';
  return tidily(() => {
    const [inputs, outputs] = [toFloat(pre, where, 'pre'), toFloat(post, where, 'post')];
    ensure(
      outputs.rank === topology.rank,
      where,
      'post',
      () => `has shape ${showShape(outputs.shape)}, needs rank ${topology.rank} with the batch`,
    );
    const rows = tf.expandDims(topology.postRows(outputs), 2);
    const [batch = 1, positions = 1] = rows.shape;
    const shape = [batch, positions, ...weightShape];
    if (inputs.rank === weightShape.length + 2) {
      ensure(
        sameShape(inputs.shape, shape),
        where,
        'pre',
        () => `has shape ${showShape(inputs.shape)}, needs ${showShape(shape)}`,
      );
      return tf.reshape(tf.mul(tf.reshape(inputs, [batch, positions, -1, weightShape.at(-1) ?? 1]), rows), shape);
    }
    const wanted = topology.outputShape(where, inputs.shape, weightShape);
    ensure(
      sameShape(outputs.shape, wanted),
      where,
      'post',
      () => `has shape ${showShape(outputs.shape)}, pre and the weights need ${showShape(wanted)}`,
    );
    return tf.reshape(tf.mul(tf.expandDims(topology.preRows(inputs, weightShape), 3), rows), shape);
  });
}

/**
 * One value per weight from one per sample and position: their mean (so that a change does not grow with batch or
 * image) or their sum.
 *
 * @param products   `[batch, positions, …weight shape]`, from {@link preMultPost}.
 * @param reduction  `'mean'` (default) or `'sum'`.
 * @throws {StdpError} when there are no axes to reduce.
 *
 * Source: PySNN `LearningRule.reduce_connections`.
 *
 * @example
 * reduceConnections([[[[1, 2]]], [[[3, 6]]]]).print();   // => [[2, 4]]
 */
export function reduceConnections(products: tf.TensorLike | tf.Tensor, reduction: 'mean' | 'sum' = 'mean'): tf.Tensor {
  const where = 'reduceConnections';
  return tidily(() => {
    const values = toFloat(products, where, 'products');
    const problem = () => `has shape ${showShape(values.shape)}, needs [batch, positions, …weight shape]`;
    ensure(values.rank > 2, where, 'products', problem);
    return reduction === 'mean' ? tf.mean(values, [0, 1]) : tf.sum(values, [0, 1]);
  });
}
