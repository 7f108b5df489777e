import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { tidily } from '../core/tensors.js';
import { batchSums, sampleSums } from '../topologies/synapseSums.js';
import type { Topology } from '../topologies/topology.js';
import { type BatchReduction, isLinear, reduceBatch } from './batchReduction.js';
import type { FactorPair, Term } from './delta.js';

/**
 * One side of a Delta as a tensor in the shape of the weights: `reduce_b Σ_p Σₖ preₖ[b, p] ⊗ postₖ[b, p]`;
 * `undefined` when the side is empty.
 */
export function correlate(
  terms: readonly Term[],
  topology: Topology,
  weightShape: readonly number[],
  reduction: BatchReduction,
  where: string,
): tf.Tensor | undefined {
  if (terms.length === 0) return undefined;
  return tidily(() => {
    const products = terms.map((term) =>
      'perSample' in term ? flattened(term.perSample, weightShape, reduction) : product(term, topology, weightShape, reduction),
    );
    const total = products.reduce((sum, next) => tf.add(sum, next));
    if (isLinear(reduction)) return tf.reshape(total, [...weightShape]);
    return reduceBatch(tf.reshape(total, [-1, ...weightShape]), reduction, where);
  });
}

/** A dense term in the form of a {@link product}. */
function flattened(perSample: tf.Tensor, weightShape: readonly number[], reduction: BatchReduction): tf.Tensor {
  const rows = tf.reshape(perSample, [at(perSample.shape, 0), -1, at(weightShape, -1)]);
  if (!isLinear(reduction)) return rows;
  return reduction === 'mean' ? tf.mean(rows, 0) : tf.sum(rows, 0);
}

/** `[taps, out]` when the reduction is linear, else `[batch, taps, out]`. */
function product(pair: FactorPair, topology: Topology, weightShape: readonly number[], reduction: BatchReduction): tf.Tensor {
  if (!isLinear(reduction)) return sampleSums(pair, topology, weightShape);
  const sums = batchSums(pair, topology, weightShape);
  if (reduction !== 'mean') return sums;
  const samples = pair.pre === 1 ? pair.post : pair.pre;
  return tf.div(sums, at(samples.shape, 0));
}
