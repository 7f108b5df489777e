import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { showShape } from '../core/tensors.js';
import type { Topology } from './topology.js';

/**
 * Every input meets every output: z `[batch, n]`, w `[nPre, nPost]`, as in `tf.layers.dense`.
 *
 * @example
 * dense.forward(tf.ones([1, 3]), tf.ones([3, 2])).print();   // => [[3, 3]]
 */
export const dense: Topology = {
  type: 'dense',
  rank: 2,
  weightRank: 2,
  preRows: (pre) => tf.expandDims(pre, 1),
  postRows: (post) => tf.expandDims(post, 1),
  forward: (pre, w) => tf.matMul(pre as tf.Tensor2D, w as tf.Tensor2D),
  outputShape: (where, [batch = 1, columns], weightShape) => {
    const [rows, outputs = 0] = weightShape;
    ensure(columns === rows, where, 'zPre', () => `has ${columns} columns, w ${showShape(weightShape)} needs ${rows}`);
    return [batch, outputs];
  },
  geometry: () => undefined,
  toJSON: () => ({ type: 'dense' }),
};
