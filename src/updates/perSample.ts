import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { tidily } from '../core/tensors.js';
import { sampleSums } from '../topologies/synapseSums.js';
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
    const sums = sampleSums(term, topology, weightShape);
    return tf.reshape(sums, [at(sums.shape, 0), ...weightShape]);
  });
}
