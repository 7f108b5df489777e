import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { ensureIs, integerFrom, nothingMore, oneOf } from '../core/params/validation.js';
import { show, showShape } from '../core/show.js';
import { sameShape, tidily, toFloat } from '../core/tensors.js';
import { isRecord, tensorsOf } from '../core/trees.js';
import { bothSides, type ChunkSum, type ChunkSums, plus, type SideSums } from './chunkSums.js';
import type { Delta } from './delta.js';

/**
 * A Delta of the sums of all shards, joined in a binary tree over the numbers of the chunks: the same bits, however the chunks were
 * shared out and in whatever order the sums come.
 *
 * @param shards     what {@link chunkSums} gave for each shard.
 * @param reduction  `'sum'` (default) or `'mean'`: how the samples combine.
 * @returns one term a side, whose samples are summed already; new tensors. {@link applyDelta} takes it.
 * @throws {StdpError} when a chunk is missing or there twice, or shards are of different weights.
 * @example
 * const one = { potentiation: [{ pre: tf.ones([1, 1]), post: tf.ones([1, 1]) }], depression: [] };
 * const four = { potentiation: [{ pre: tf.ones([4, 1]), post: tf.ones([4, 1]) }], depression: [] };
 * const shards = [chunkSums(one, dense, [1, 1], 2, 2), chunkSums(four, dense, [1, 1], 2)];   // chunk 2, and 0 and 1
 * combineChunks(shards);   // => { potentiation: [{ perSample: [[[5]]], once: true }], depression: [] }
 */
export function combineChunks(shards: readonly ChunkSums[], reduction: 'sum' | 'mean' = 'sum', ...more: readonly never[]): Delta {
  const where = 'combineChunks';
  nothingMore(more, where, 'combineChunks(shards, reduction)');
  ensureIs(oneOf('sum', 'mean'), reduction, where, 'reduction');
  return tidily(() => combined(checkShards(shards, where), reduction));
}

/** Shards that fit each other, joined. */
export function combined(shards: readonly ChunkSums[], reduction: 'sum' | 'mean'): Delta {
  const sums = shards.flatMap((shard) => shard.sums);
  const nodes = new Map(sums.map((sum) => [sum.first, sum]));
  const end = Math.max(0, ...sums.map(({ first, chunks }) => first + chunks));
  const samples = sums.reduce((total, sum) => total + sum.samples, 0);
  const node = (from: number, chunks: number): SideSums => {
    const known = nodes.get(from);
    if (known?.chunks === chunks) return known.total;
    const middle = from + chunks / 2;
    const left = node(from, chunks / 2);
    return middle < end ? plus(left, node(middle, chunks / 2)) : left;
  };
  return tidily(() => {
    const total = end === 0 ? noSums : node(0, 2 ** Math.ceil(Math.log2(end)));
    const reduced = reduction === 'mean' ? bothSides((side) => total[side].map((sum) => tf.div(sum, samples))) : total;
    const result = plus(reduced, at(shards, 0).once);
    return bothSides((side) => result[side].map((sum) => ({ perSample: tf.expandDims(sum, 0), once: true as const })));
  });
}

const noSums: SideSums = { potentiation: [], depression: [] };

/** Throws unless the shards hold each chunk of a batch once, in sums of one shape. */
function checkShards(given: readonly ChunkSums[], where: string): readonly ChunkSums[] {
  ensure(Array.isArray(given) && given.length > 0, where, 'shards', () => `must be a list of shards, got ${show(given)}`);
  const shards = given.map((shard, index) => checkShard(shard, where, `shards[${index}]`));
  const { chunk, once } = at(shards, 0);
  for (const [index, shard] of shards.entries()) {
    const argument = `shards[${index}]`;
    ensure(shard.chunk === chunk, where, argument, () => `has chunks of ${shard.chunk} samples, shards[0] has ${chunk}`);
    const same = bothSides((side) => shard.once[side].length === once[side].length);
    const problem = 'has not what counts once in shards[0], or has it alone: mark it by { perSample, once: true }';
    ensure(same.potentiation && same.depression, where, argument, () => problem);
  }
  const sums = shards.flatMap((shard) => shard.sums).sort((one, other) => one.first - other.first);
  let next = 0;
  for (const [index, { first, chunks, samples }] of sums.entries()) {
    const expected = next;
    ensure(first >= expected, where, 'shards', () => `have chunk ${first} twice`);
    ensure(first <= expected, where, 'shards', () => `have no chunk ${expected}`);
    next += chunks;
    const most = chunk * chunks;
    const isFull = samples === most || (index === sums.length - 1 && samples < most && samples > most - chunk);
    ensure(isFull, where, 'shards', () => `have ${samples} samples in ${chunks} chunks of ${chunk} from ${first} on`);
  }
  const [model, ...others] = tensorsOf(shards);
  for (const { shape } of others)
    ensure(
      sameShape(shape, model?.shape ?? []),
      where,
      'shards',
      () => `are of weights ${showShape(shape)} and ${showShape(model?.shape ?? [])}`,
    );
  return shards;
}

function checkShard(shard: unknown, where: string, argument: string): ChunkSums {
  ensure(isRecord(shard), where, argument, () => `must be what chunkSums returned, got ${show(shard)}`);
  const { chunk, sums, once } = shard;
  ensureIs(integerFrom(1), chunk, where, `${argument}.chunk`);
  ensure(Array.isArray(sums), where, `${argument}.sums`, () => `must be a list, got ${show(sums)}`);
  return {
    chunk: Number(chunk),
    sums: sums.map((sum: unknown, index) => checkSum(sum, where, `${argument}.sums[${index}]`)),
    once: checkSides(once, where, `${argument}.once`),
  };
}

function checkSum(sum: unknown, where: string, argument: string): ChunkSum {
  ensure(isRecord(sum), where, argument, () => `must be { first, chunks, samples, total }, got ${show(sum)}`);
  const count = (name: string, least: number): number => {
    ensureIs(integerFrom(least), sum[name], where, `${argument}.${name}`);
    return Number(sum[name]);
  };
  const [first, chunks, samples] = [count('first', 0), count('chunks', 1), count('samples', 1)];
  const isNode = Number.isInteger(Math.log2(chunks)) && first % chunks === 0;
  ensure(isNode, where, `${argument}.chunks`, () => `must be a power of two that divides first, got ${chunks} and ${first}`);
  return { first, chunks, samples, total: checkSides(sum['total'], where, `${argument}.total`) };
}

function checkSides(sides: unknown, where: string, argument: string): SideSums {
  ensure(isRecord(sides), where, argument, () => `must be { potentiation, depression }, got ${show(sides)}`);
  return bothSides((side) => {
    const sums: unknown = sides[side];
    const problem = () => `must be a list of at most one tensor, got ${show(sums)}`;
    ensure(Array.isArray(sums) && sums.length < 2, where, `${argument}.${side}`, problem);
    return sums.map((sum: tf.Tensor) => toFloat(sum, where, `${argument}.${side}`));
  });
}
