import * as tf from '@tensorflow/tfjs-core';
import type { Topology } from '../../src/topologies/topology.js';

/**
 * A topology as a user would write it: neurons in a ring, each of which meets those up to `reach` away on either side, more weakly
 * with distance. w `[n, 2·reach + 1]`: of each input, the synapse for each distance.
 */
export function ring(reach: number): Topology {
  const distances = Array.from({ length: 2 * reach + 1 }, (_, index) => index - reach);
  const turned = (layer: tf.Tensor, by: number): tf.Tensor => {
    const neurons = layer.shape[1] ?? 1;
    return tf.gather(
      layer,
      Array.from({ length: neurons }, (_, at) => (((at + by) % neurons) + neurons) % neurons),
      1,
    );
  };
  return {
    type: 'ring',
    rank: 2,
    weightRank: 2,
    preRows: (pre) => tf.expandDims(pre, 1),
    postRows: (post) =>
      tf.expandDims(
        tf.stack(
          distances.map((distance) => turned(post, distance)),
          2,
        ),
        1,
      ),
    forward: (pre, w) => {
      const sent = tf.mul(tf.expandDims(pre, 2), w);
      const arriving = tf.unstack(sent, 2).map((part, index) => turned(part, reach - index));
      return arriving.reduce(
        (sum, part, index) => tf.add(sum, tf.mul(part, 1 / (1 + Math.abs(index - reach)))),
        tf.zerosLike(pre),
      );
    },
    outputShape: (_, preShape) => preShape,
    geometry: () => undefined,
    toJSON: () => ({ type: 'ring', reach }),
    examples: [{ pre: [7], w: [7, 2 * reach + 1] }],
  };
}
