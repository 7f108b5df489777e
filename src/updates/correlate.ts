import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../core/tensors.js';
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
  const rows = tf.reshape(perSample, [perSample.shape[0] ?? 1, -1, weightShape.at(-1) ?? 1]);
  if (!isLinear(reduction)) return rows;
  return reduction === 'mean' ? tf.mean(rows, 0) : tf.sum(rows, 0);
}

/** `[taps, out]` when the reduction is linear, else `[batch, taps, out]`. */
function product(pair: FactorPair, topology: Topology, weightShape: readonly number[], reduction: BatchReduction): tf.Tensor {
  const taps = weightShape.slice(0, -1).reduce((size, next) => size * next, 1);
  const outputs = weightShape.at(-1) ?? 1;
  const rows = pair.pre === 1 ? undefined : topology.preRows(pair.pre, weightShape);
  const post = pair.post === 1 ? undefined : topology.postRows(pair.post);
  const [batch = 1, positions = 1] = (rows ?? post)?.shape ?? [];
  const pre = rows ?? tf.ones([batch, positions, taps]);
  const out = post ?? tf.ones([batch, positions, outputs]);
  if (!isLinear(reduction)) return tf.matMul(tf.transpose(pre, [0, 2, 1]), out);
  const flat = tf.matMul(tf.transpose(tf.reshape(pre, [-1, taps])), tf.reshape(out, [-1, outputs]) as tf.Tensor2D);
  return reduction === 'mean' ? tf.div(flat, batch) : flat;
}
