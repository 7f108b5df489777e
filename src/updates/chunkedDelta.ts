import { ensureIs, nothingMore, oneOf } from '../core/params/validation.js';
import { tidily } from '../core/tensors.js';
import type { Topology } from '../topologies/topology.js';
import { summed } from './chunkSums.js';
import { combined } from './combineChunks.js';
import type { Delta } from './delta.js';

/**
 * A Delta with its samples summed in chunks of a fixed size, and the sums joined in a binary tree over the numbers of the chunks:
 *
 *     Δ = tree_c Σ_{b in chunk c} Σ_p Σₖ preₖ[b, p] ⊗ postₖ[b, p]
 *
 * It is {@link combineChunks} of one shard, so learning goes on bit for bit the same when workers sum shards of the batch
 * ({@link chunkSums}): one, two or eight of them, on one machine or on many.
 *
 * @param chunk      samples of a chunk. Few make many sums, each as large as the weights; 16 to 64 cost little.
 * @param reduction  `'sum'` (default) or `'mean'`: how the samples combine.
 * @returns one term a side, whose samples are summed already; new tensors. {@link applyDelta} takes it.
 * @throws {StdpError} when shapes disagree, or a number or name is out of its range.
 * @example
 * const delta = { potentiation: [{ pre: tf.ones([5, 1]), post: tf.ones([5, 1]) }], depression: [] };
 * const summed = chunkedDelta(delta, dense, [1, 1], 2);
 * summed;   // => { potentiation: [{ perSample: [[[5]]], once: true }], depression: [] }
 * const bounds = { wMin: 0, wMax: 1, hardBound: true };
 * applyDelta([[0]], summed, dense, { etaPlus: 0.1, etaMinus: 0.1, weightDependence: 'additive', mu: 0 }, bounds).print();   // => [[0.5]]
 */
export function chunkedDelta(
  delta: Delta,
  topology: Topology,
  weightShape: readonly number[],
  chunk: number,
  reduction: 'sum' | 'mean' = 'sum',
  ...more: readonly never[]
): Delta {
  const where = 'chunkedDelta';
  nothingMore(more, where, 'chunkedDelta(delta, topology, weightShape, chunk, reduction)');
  ensureIs(oneOf('sum', 'mean'), reduction, where, 'reduction');
  return tidily(() => combined([summed(delta, topology, weightShape, chunk, 0, where)], reduction));
}
