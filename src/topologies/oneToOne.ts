import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { checkShape } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';
import { checkActivity } from './checkActivity.js';
import { ownWiring } from './ownWiring.js';
import type { Topology } from './topology.js';

/**
 * Each input meets the output of the same place: z `[batch, n]` on both sides, w `[n]`.
 *
 *     post[b, i] = pre[b, i] · w[i]        Δw[i] = Σ_b pre[b, i] · post[b, i]
 *
 * @throws {StdpError} when activities are no tensors of two axes, or don't fit the weights.
 * @example
 * oneToOne.forward(tf.tensor2d([[1, 0, 2]]), tf.tensor1d([0.5, 0.5, 0.25])).print();   // => [[0.5, 0, 0.5]]
 */
export const oneToOne: Topology = ownWiring({
  type: 'oneToOne',
  rank: 2,
  weightRank: 1,
  preRows: (pre) => {
    const [batch = 1, inputs = 0] = checkActivity(pre, 2, 'oneToOne.preRows', 'pre').shape;
    return tf.reshape(pre, [batch, 1, 1, inputs]);
  },
  postRows: (post) => tf.expandDims(checkActivity(post, 2, 'oneToOne.postRows', 'post'), 1),
  forward: (pre, w) =>
    tidily(() => {
      const where = 'oneToOne.forward';
      const [rows, weights] = [toFloat(pre, where, 'pre'), toFloat(w, where, 'w')];
      oneToOne.outputShape(where, rows.shape, weights.shape, 'pre');
      return tf.mul(rows, weights);
    }),
  outputShape: (where, preShape, weightShape, argument = 'zPre') => {
    const [batch = 1, inputs = 0] = checkShape(preShape, where, argument, 2);
    const [synapses = 0] = checkShape(weightShape, where, 'w', 1);
    ensure(inputs === synapses, where, argument, () => `has ${inputs} columns, w ${showShape(weightShape)} needs ${synapses}`);
    return [batch, synapses];
  },
  geometry: () => undefined,
  toJSON: () => ({ type: 'oneToOne' }),
  weightShape: ([inputs = 0]) => [inputs],
  examples: [{ pre: [5], w: [5] }],
});
