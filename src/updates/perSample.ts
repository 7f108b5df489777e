import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../core/tensors.js';
import type { Topology } from '../topologies/topology.js';
import type { Term } from './delta.js';

/**
 * A term as one change for each sample and weight, summed over positions: `Σ_p pre[b, p] ⊗ post[b, p]`.
 *
 * @returns `[batch, …weight shape]`.
 */
export function perSample(term: Term, topology: Topology, weightShape: readonly number[]): tf.Tensor {
  if ('perSample' in term) return term.perSample;
  return tidily(() => {
    const rows = term.pre === 1 ? undefined : topology.preRows(term.pre, weightShape);
    const post = term.post === 1 ? undefined : topology.postRows(term.post);
    const [batch = 1, positions = 1] = (rows ?? post)?.shape ?? [];
    const outputs = weightShape.at(-1) ?? 1;
    const taps = weightShape.reduce((size, next) => size * next, 1) / outputs;
    const pre = tf.transpose(rows ?? tf.ones([batch, positions, taps]), [0, 2, 1]);
    return tf.reshape(tf.matMul(pre, post ?? tf.ones([batch, positions, outputs])), [batch, ...weightShape]);
  });
}
