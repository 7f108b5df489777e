import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';
import { checkActivity, fitsTogether } from './checkActivity.js';
import { ownWiring } from './ownWiring.js';
import type { Topology } from './topology.js';

/**
 * Every input meets every output: z `[batch, n]`, w `[nPre, nPost]`, as in `tf.layers.dense`.
 *
 * @throws {StdpError} when activities are no tensors of two axes, or don't fit the weights.
 * @example
 * dense.forward(tf.ones([1, 3]), tf.ones([3, 2])).print();   // => [[3, 3]]
 */
export const dense: Topology = ownWiring({
  type: 'dense',
  rank: 2,
  weightRank: 2,
  preRows: (pre) => tf.expandDims(checkActivity(pre, 2, 'dense.preRows', 'pre'), 1),
  postRows: (post) => tf.expandDims(checkActivity(post, 2, 'dense.postRows', 'post'), 1),
  forward: (pre, w) =>
    tidily(() => {
      const where = 'dense.forward';
      const [rows, weights] = [toFloat(pre, where, 'pre'), toFloat(w, where, 'w')];
      const [batch = 1, outputs = 1] = dense.outputShape(where, rows.shape, weights.shape, 'pre');
      // tfjs's product of nothing is an error; the sum over no inputs is 0.
      if (rows.size * weights.size === 0) return tf.zeros([batch, outputs]);
      return tf.matMul(rows as tf.Tensor2D, weights as tf.Tensor2D);
    }),
  outputShape: (where, preShape, weightShape, argument = 'zPre') => {
    const [[batch = 1, columns], [rows, outputs = 0]] = fitsTogether(where, argument, preShape, weightShape, 2);
    ensure(columns === rows, where, argument, () => `has ${columns} columns, w ${showShape(weightShape)} needs ${rows}`);
    return [batch, outputs];
  },
  geometry: () => ({ kind: 'dense' }),
  toJSON: () => ({ type: 'dense' }),
  weightShape: ([inputs = 0], [outputs = 0]) => [inputs, outputs],
  examples: [{ pre: [5], w: [5, 3] }],
});
