import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';
import { dense } from './dense.js';
import { ownWiring } from './ownWiring.js';
import type { Topology } from './topology.js';

/** 1 for each pair of two neurons, 0 for a neuron and itself. */
const others = (neurons: number): tf.Tensor2D => tf.sub(1, tf.eye(neurons));

/**
 * A layer onto itself, without self-connections: z `[batch, n]` on both sides, w `[n, n]`, of which the diagonal doesn't exist: it stays
 * what it is, and nothing flows through it.
 *
 *     post[b, j] = Σ_{i ≠ j} pre[b, i] · w[i, j]
 *
 * Inhibition between the neurons of a layer has weights below 0 (`wMin: -1, wMax: 0`).
 *
 * @throws {StdpError} when activities are no tensors of two axes, or the weights aren't square.
 * @example
 * lateral.forward(tf.tensor2d([[1, 0]]), tf.tensor2d([[9, -0.5], [-0.5, 9]])).print();   // => [[0, -0.5]]
 */
export const lateral: Topology = ownWiring({
  ...dense,
  type: 'lateral',
  forward: (pre, w) =>
    tidily(() => {
      const weights = toFloat(w, 'lateral.forward', 'w');
      lateral.outputShape('lateral.forward', toFloat(pre, 'lateral.forward', 'pre').shape, weights.shape, 'pre');
      return dense.forward(pre, tf.mul(weights, others(at(weights.shape, 0))));
    }),
  outputShape: (where, preShape, weightShape, argument) => {
    const [inputs, outputs] = weightShape;
    ensure(inputs === outputs, where, 'w', () => `has shape ${showShape(weightShape)}, a layer onto itself needs [n, n]`);
    return dense.outputShape(where, preShape, weightShape, argument);
  },
  geometry: () => undefined,
  toJSON: () => ({ type: 'lateral' }),
  exists: ([neurons = 0]) => others(neurons),
  examples: [{ pre: [5], w: [5, 5] }],
});
