import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { showShape } from '../core/show.js';
import { ownWiring } from './ownWiring.js';
import type { Topology } from './topology.js';

/**
 * Every input meets every output: z `[batch, n]`, w `[nPre, nPost]`, as in `tf.layers.dense`.
 *
 * @example
 * dense.forward(tf.ones([1, 3]), tf.ones([3, 2])).print();   // => [[3, 3]]
 */
export const dense: Topology = ownWiring({
  type: 'dense',
  rank: 2,
  weightRank: 2,
  preRows: (pre) => tf.expandDims(pre, 1),
  postRows: (post) => tf.expandDims(post, 1),
  forward: (pre, w) => {
    dense.outputShape('dense.forward', pre.shape, w.shape, 'pre');
    return tf.matMul(pre as tf.Tensor2D, w as tf.Tensor2D);
  },
  outputShape: (where, preShape, weightShape, argument = 'zPre') => {
    const [[batch = 1, columns], [rows, outputs = 0]] = [preShape, weightShape];
    const ranks = preShape.length === 2 && weightShape.length === 2;
    ensure(ranks, where, argument, () => `${showShape(preShape)} and w ${showShape(weightShape)} must have rank 2`);
    ensure(columns === rows, where, argument, () => `has ${columns} columns, w ${showShape(weightShape)} needs ${rows}`);
    return [batch, outputs];
  },
  geometry: () => undefined,
  toJSON: () => ({ type: 'dense' }),
});
