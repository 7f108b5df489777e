import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensureIs, integerFrom, nothingMore } from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { sumOf, tidily } from '../core/tensors.js';
import { checkTopology } from '../topologies/checkTopology.js';
import type { Topology } from '../topologies/topology.js';
import { checkDelta } from './checkDelta.js';
import { correlate } from './correlate.js';
import type { Delta, Term } from './delta.js';

/** What a shard adds to the Delta of a batch: a record of tensors and numbers, to be sent as it is. */
export interface ChunkSums {
  /** Samples of a chunk. */
  readonly chunk: number;
  /** Sums of its chunks. */
  readonly sums: readonly ChunkSum[];
  /** What counts once for the whole batch: all shards have the same. */
  readonly once: SideSums;
}

/** A node of the tree over all chunks: `first` … `first + chunks − 1`, summed. `chunks` is a power of two that divides `first`. */
export interface ChunkSum {
  readonly first: number;
  readonly chunks: number;
  /** How many the chunks hold. */
  readonly samples: number;
  readonly total: SideSums;
}

/** The sum of each side of a Delta, in the shape of the weights; an empty list where the side has no terms. */
export type SideSums = { readonly [side in keyof Delta]: readonly tf.Tensor[] };

/**
 * The Deltas of the chunks of a shard, summed as far as the tree over all chunks lets it: what a worker sends. A batch is cut into
 * chunks of so many samples, of which the last may have fewer, and a shard is any run of them.
 *
 * @param delta        what a step asks for, of the samples of this shard alone.
 * @param topology     how the layers are wired.
 * @param weightShape  shape of the weights.
 * @param chunk        samples of a chunk: the same for all shards.
 * @param first        number of the shard's first chunk. Default 0.
 * @returns at most two sums for each level of the tree, as new tensors; {@link combineChunks} makes a Delta of those of all shards.
 * @throws {StdpError} when shapes disagree, or a number is out of its range.
 * @example
 * const delta = { potentiation: [{ pre: tf.ones([5, 1]), post: tf.ones([5, 1]) }], depression: [] };
 * const { sums } = chunkSums(delta, dense, [1, 1], 2, 3);   // chunks 3, 4 and 5, of 2, 2 and 1 samples
 * sums.map(({ first, chunks, samples }) => [first, chunks, samples]);   // => [[3, 1, 2], [4, 2, 3]]
 */
export function chunkSums(
  delta: Delta,
  topology: Topology,
  weightShape: readonly number[],
  chunk: number,
  first = 0,
  ...more: readonly never[]
): ChunkSums {
  nothingMore(more, 'chunkSums', 'chunkSums(delta, topology, weightShape, chunk, first)');
  return summed(delta, topology, weightShape, chunk, first, 'chunkSums');
}

/** {@link chunkSums}, with the name that messages begin with. */
export function summed(
  given: Delta,
  topology: Topology,
  weightShape: readonly number[],
  chunk: number,
  first: number,
  where: string,
): ChunkSums {
  checkTopology(topology, where);
  const shape = checkShape(weightShape, where, 'weightShape', topology.weightRank);
  ensureIs(integerFrom(1), chunk, where, 'chunk');
  ensureIs(integerFrom(0), first, where, 'first');
  return tidily(() => {
    const delta = checkDelta(given, topology, shape, where);
    const samples = samplesOf(delta);
    const samplesFrom = (from: number, chunks: number) => Math.min(chunk * chunks, samples - (from - first) * chunk);
    const sumsOf = (pick: (terms: readonly Term[]) => readonly Term[]): SideSums =>
      bothSides((side) => {
        const sum = correlate(pick(delta[side]), topology, shape, 'sum', where);
        return sum === undefined ? [] : [sum];
      });
    const totalOf = (from: number, chunks: number): SideSums =>
      tidily(() => {
        if (chunks > 1) return plus(totalOf(from, chunks / 2), totalOf(from + chunks / 2, chunks / 2));
        const part = (factor: tf.Tensor) => tf.slice(factor, (from - first) * chunk, samplesFrom(from, 1));
        return sumsOf((terms) => terms.filter((term) => !isOnce(term, samples)).map((term) => sliced(term, part)));
      });
    return {
      chunk,
      sums: nodesOf(first, first + Math.ceil(samples / chunk)).map(([from, chunks]) => ({
        first: from,
        chunks,
        samples: samplesFrom(from, chunks),
        total: totalOf(from, chunks),
      })),
      once: sumsOf((terms) => terms.filter((term) => isOnce(term, samples))),
    };
  });
}

/** How many samples a Delta is of: 0 where no term is of samples. */
function samplesOf({ potentiation, depression }: Delta): number {
  const batches = [...potentiation, ...depression].filter((term) => !isMarked(term)).map(batchOf);
  return batches.find((batch) => batch !== 1) ?? batches[0] ?? 0;
}

const batchOf = (term: Term): number => {
  const activity = 'perSample' in term ? term.perSample : term.pre === 1 ? term.post : term.pre;
  return at(activity.shape, 0);
};

const isMarked = (term: Term): boolean => 'perSample' in term && term.once === true;

/** Whether a term counts once for all samples: it says so, or is of one sample among many. */
const isOnce = (term: Term, samples: number): boolean => isMarked(term) || batchOf(term) !== samples;

/** The same of some samples. */
function sliced(term: Term, part: (factor: tf.Tensor) => tf.Tensor): Term {
  if ('perSample' in term) return { perSample: part(term.perSample) };
  if (term.pre === 1) return { pre: 1, post: part(term.post) };
  return { pre: part(term.pre), post: term.post === 1 ? 1 : part(term.post) };
}

/** The largest nodes of the tree that hold the chunks from … to − 1 and no others. */
function nodesOf(from: number, to: number): readonly (readonly [from: number, chunks: number])[] {
  if (from >= to) return [];
  let chunks = 1;
  while (from % (2 * chunks) === 0 && from + 2 * chunks <= to) chunks *= 2;
  return [[from, chunks], ...nodesOf(from + chunks, to)];
}

export const bothSides = <T>(of: (side: keyof Delta) => T): { readonly [side in keyof Delta]: T } => ({
  potentiation: of('potentiation'),
  depression: of('depression'),
});

/** A side that only one has is that one's. */
export const plus = (one: SideSums, other: SideSums): SideSums =>
  bothSides((side) => {
    const sums = [...one[side], ...other[side]];
    return sums.length < 2 ? sums : [sumOf(sums)];
  });
