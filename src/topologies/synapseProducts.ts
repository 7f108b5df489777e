import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { ensureIs, nothingMore, oneOf } from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { sameShape, tidily, toFloat } from '../core/tensors.js';
import { checkTopology } from './checkTopology.js';
import { postSide, preSide } from './synapseSums.js';
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
  ...more: readonly never[]
): tf.Tensor {
  nothingMore(more, 'preMultPost', 'preMultPost(pre, post, topology, weightShape)');
  return multiplied(pre, post, topology, weightShape, 'preMultPost');
}

/** {@link preMultPost}, with the name that messages begin with. */
export function multiplied(
  pre: tf.TensorLike | tf.Tensor,
  post: tf.TensorLike | tf.Tensor,
  topology: Topology,
  weightShape: readonly number[],
  where: string,
): tf.Tensor {
  checkTopology(topology, where);
  checkShape(weightShape, where, 'weightShape', topology.weightRank);
  return tidily(() => {
    const [inputs, outputs] = [toFloat(pre, where, 'pre'), toFloat(post, where, 'post')];
    const problem = () => `has shape ${showShape(outputs.shape)}, needs rank ${topology.rank} with the batch`;
    ensure(outputs.rank === topology.rank, where, 'post', problem);
    const rows = postSide(outputs, topology, weightShape);
    const [batch = 1, positions = 1] = rows.shape;
    const maps = at(weightShape, -1);
    const shape = checkShape([batch, positions, ...weightShape], where, 'the products');
    const taps = weightShape.slice(0, -1).reduce((product, size) => product * size, 1);
    if (inputs.rank === weightShape.length + 2) {
      const needs = `needs ${showShape(shape)}`;
      ensure(sameShape(inputs.shape, shape), where, 'pre', () => `has shape ${showShape(inputs.shape)}, ${needs}`);
      const columns = `has ${outputs.shape.at(-1)} outputs, the weights ${showShape(weightShape)} need ${maps}`;
      ensure(rows.shape.at(-1) === maps, where, 'post', () => columns);
      return tf.reshape(tf.mul(tf.reshape(inputs, [batch, positions, taps, maps]), rows), [...shape]);
    }
    const wanted = topology.outputShape(where, inputs.shape, weightShape, 'pre');
    const needed = () => `has shape ${showShape(outputs.shape)}, pre and the weights need ${showShape(wanted)}`;
    ensure(sameShape(outputs.shape, wanted), where, 'post', needed);
    if (shape.includes(0)) return tf.zeros([...shape]);
    return tf.reshape(tf.mul(preSide(inputs, topology, weightShape), rows), [...shape]);
  });
}

/**
 * One value per weight from one per sample and position: their mean (so that a change does not grow with batch or
 * image) or their sum.
 *
 * @param products   `[batch, positions, …weight shape]`, from {@link preMultPost}.
 * @param reduction  `'mean'` (default) or `'sum'`.
 * @throws {StdpError} when there are no axes to reduce, or the reduction is neither.
 *
 * Source: PySNN `LearningRule.reduce_connections`.
 *
 * @example
 * reduceConnections([[[[1, 2]]], [[[3, 6]]]]).print();   // => [[2, 4]]
 */
export function reduceConnections(
  products: tf.TensorLike | tf.Tensor,
  reduction: 'mean' | 'sum' = 'mean',
  ...more: readonly never[]
): tf.Tensor {
  nothingMore(more, 'reduceConnections', 'reduceConnections(products, reduction)');
  return reduced(products, reduction, 'reduceConnections');
}

/** {@link reduceConnections}, with the name that messages begin with. */
export function reduced(products: tf.TensorLike | tf.Tensor, reduction: 'mean' | 'sum', where: string): tf.Tensor {
  ensureIs(oneOf('mean', 'sum'), reduction, where, 'reduction');
  return tidily(() => {
    const values = toFloat(products, where, 'products');
    const problem = () => `has shape ${showShape(values.shape)}, needs [batch, positions, …weight shape]`;
    ensure(values.rank > 2, where, 'products', problem);
    if (values.size === 0) return tf.zeros(values.shape.slice(2)); // a mean over nothing would be NaN
    return reduction === 'mean' ? tf.mean(values, [0, 1]) : tf.sum(values, [0, 1]);
  });
}
