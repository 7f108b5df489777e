import * as tf from '@tensorflow/tfjs-core';
import type { Topology } from '../../topologies/topology.js';
import type { Projection } from '../projection.js';

/** What each synapse sees of its postsynaptic neuron. */
const seenBy = (topology: Topology, post: tf.Tensor, w: tf.Tensor): tf.Tensor =>
  tf.reshape(topology.postRows(tf.expandDims(post, 0), w.shape), w.shape);

/** Weights after their postsynaptic neurons have fired: those lose a fraction. */
export const weakened = (w: tf.Tensor, topology: Topology, post: tf.Tensor, fraction: number): tf.Tensor =>
  tf.mul(w, tf.sub(1, tf.mul(seenBy(topology, post, w), fraction)));

/** Weights that sum to a total at each postsynaptic neuron; where they sum to 0, a factor leaves them. */
export function scaled(
  w: tf.Tensor,
  topology: Topology,
  { total, by = 'factor' }: NonNullable<Projection['scaling']>,
): tf.Tensor {
  const sumOf = (values: tf.Tensor) => tf.squeeze(topology.forward(tf.ones([1, inputsOf(topology)]), values), [0]);
  const sums = sumOf(w);
  if (by === 'factor') {
    const isZero = tf.equal(sums, 0);
    const factors = tf.where(isZero, tf.onesLike(sums), tf.div(total, tf.where(isZero, tf.onesLike(sums), sums)));
    return tf.mul(w, seenBy(topology, factors, w));
  }
  const amounts = tf.div(tf.sub(total, sums), tf.maximum(sumOf(tf.onesLike(w)), 1));
  return tf.add(w, seenBy(topology, amounts, w));
}

const inputsOf = (topology: Topology): number => Number(topology.perOutput?.inputs);
