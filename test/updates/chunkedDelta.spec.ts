import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { mapTensors } from '../../src/core/trees.js';
import {
  applyDelta,
  type Bounds,
  type ChunkSums,
  chunkedDelta,
  chunkSums,
  combineChunks,
  type Delta,
  dense,
  local2d,
  masked,
  productRule,
  type Scaling,
  sparse,
  type Topology,
  topologyFromJSON,
} from '../../src/entries/everything.js';
import { topologyTypes } from '../../src/topologies/topologyFromJSON.js';
import { runs, targetBackend } from '../target.js';

/** What makes a topology of a type that has to be told something. */
const makers: { readonly [type: string]: () => Topology } = {
  local2d: () => local2d({ kernelSize: 2 }),
  sparse: () => sparse({ probability: 0.5, seed: 2 }, { inputs: 5, outputs: 4 }),
  masked: () => masked(dense, tf.tensor2d([1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0], [5, 3])),
};
const make = (type: string): Topology => makers[type]?.() ?? topologyFromJSON({ type });
const scaling: Scaling = { etaPlus: 0.5, etaMinus: 0.25, weightDependence: 'soft', mu: 0 };
const bounds: Bounds = { wMin: 0, wMax: 1, hardBound: true };
const sizeOf = (shape: readonly number[]) => shape.reduce((size, next) => size * next, 1);
const draw = (shape: readonly number[], seed: number) => tf.tensor(randomUniform(sizeOf(shape), seed, 0, 0.3), [...shape]);
const numbers = async ({ potentiation, depression }: Delta) =>
  Promise.all(
    [...potentiation, ...depression].map(async (term) => ('perSample' in term ? Array.from(await term.perSample.data()) : [])),
  );

/** Seventeen samples: nine chunks of two, of which the last has one. */
const [samples, chunk, chunks] = [17, 2, 9];

/** Layers that a topology connects, and a Delta of every form of term. */
function layersOn(topology: Topology) {
  const { pre: input, w: weights } = topology.examples?.[0] ?? expect.fail('no examples');
  const [pre, w] = [draw([samples, ...input], 1), draw(weights, 2)];
  const post = draw(topology.outputShape('test', pre.shape, weights), 3);
  const delta: Delta = {
    potentiation: [
      { pre, post },
      { pre, post: 1 },
    ],
    depression: [
      { pre: 1, post },
      { perSample: draw([samples, ...weights], 4) },
      { perSample: draw([1, ...weights], 5), once: true },
    ],
  };
  /** The sums of chunks `first` … `end − 1`, as who has nothing but their samples makes them. */
  const shard = (first: number, end: number): ChunkSums => {
    const part = (tensor: tf.Tensor) =>
      tensor.shape[0] === samples
        ? tf.slice(tensor, first * chunk, Math.min(end * chunk, samples) - first * chunk)
        : tf.clone(tensor);
    return chunkSums(mapTensors(delta, part), topology, weights, chunk, first);
  };
  const alone = (reduction: 'sum' | 'mean' = 'sum') => chunkedDelta(delta, topology, weights, chunk, reduction);
  return { topology, delta, w, weights, shard, alone };
}

describe.each(targetBackend === 'webgpu' ? ['dense', 'conv2d', 'sparse'] : topologyTypes)('a batch in chunks on %s', (type) => {
  const layers = () => layersOn(make(type));

  it.each(['sum', 'mean'] as const)('changes weights by the %s of its samples', async (reduction) => {
    const { topology, w, delta, alone } = layers();
    const wanted = await applyDelta(w, delta, topology, scaling, bounds, reduction).data();
    for (const way of ['sum', 'mean'] as const) {
      const got = await applyDelta(w, alone(reduction), topology, scaling, bounds, way).data();
      expect(Array.from(got)).toEqual(Array.from(wanted, (value) => expect.closeTo(value, 4)));
    }
  });

  it.each([1, 2, 3, 5, 8])('has the same bits from %i shards, in any order', async (workers) => {
    const { shard, alone } = layers();
    const cuts = Array.from({ length: workers + 1 }, (_, worker) => Math.round((worker * chunks) / workers));
    const shards = cuts.slice(1).map((end, index) => shard(cuts[index] ?? 0, end));
    for (const reduction of ['sum', 'mean'] as const)
      expect(await numbers(combineChunks([...shards].reverse(), reduction))).toEqual(await numbers(alone(reduction)));
  });

  it('has the same bits, whichever worker sums which chunk', async () => {
    const { shard, alone } = layers();
    const wanted = await numbers(alone());
    const runsOf = (owners: readonly number[]) =>
      owners.flatMap((owner, first) => {
        if (first > 0 && owners[first - 1] === owner) return [];
        const length = owners.slice(first).findIndex((other) => other !== owner);
        return [[first, length < 0 ? chunks : first + length] as const];
      });
    const property = fc.asyncProperty(fc.array(fc.nat(2), { minLength: chunks, maxLength: chunks }), async (owners) => {
      expect(await numbers(combineChunks(runsOf(owners).map(([first, end]) => shard(first, end))))).toEqual(wanted);
    });
    await fc.assert(property, { numRuns: runs(4), seed: 1 });
  });
});

describe('chunkSums', () => {
  const shard = (first: number, end: number) => layersOn(dense).shard(first, end);
  const given = () => layersOn(dense);

  it('sends two sums a level at most, and leaves no others', () => {
    const { delta, weights } = given();
    const before = tf.memory().numTensors;
    const { sums, once } = chunkSums(delta, dense, weights, 1, 7);
    expect(sums.map(({ first, chunks: length, samples: counted }) => [first, length, counted])).toEqual([
      [7, 1, 1],
      [8, 8, 8],
      [16, 8, 8],
    ]);
    expect(once.potentiation).toHaveLength(0);
    expect(tf.memory().numTensors - before).toBe(7);
  });

  it('sums nothing of no samples', async () => {
    const none = { potentiation: [{ pre: tf.zeros([0, 2]), post: tf.zeros([0, 1]) }], depression: [] };
    expect(chunkSums(none, dense, [2, 1], 4)).toEqual({ chunk: 4, sums: [], once: { potentiation: [], depression: [] } });
    expect(chunkedDelta(none, dense, [2, 1], 4, 'mean')).toEqual({ potentiation: [], depression: [] });
  });

  it('knows what a rule asks once for the whole batch', async () => {
    const rule = productRule('dw = x0 * y0 - 0.5 * w');
    const ask = (batch: number) => {
      const [pre, post] = [tf.ones([batch, 1]), tf.ones([batch, 1])];
      return rule.delta({ pre, post }, [[0.5]], rule.init({ pre: [batch, 1], post: [batch, 1] }))[0];
    };
    const shards = [chunkSums(ask(2), dense, [1, 1], 2), chunkSums(ask(1), dense, [1, 1], 2, 1)];
    expect(await numbers(combineChunks(shards))).toEqual([[3], [0.25]]);
    expect(await numbers(chunkedDelta(ask(3), dense, [1, 1], 2, 'mean'))).toEqual([[1], [0.25]]);
  });

  it.each<[string, () => unknown]>([
    ['chunkSums: chunk must be an integer ≥ 1, got 0', () => chunkSums(given().delta, dense, given().weights, 0)],
    ['chunkSums: first must be an integer ≥ 0, got -1', () => chunkSums(given().delta, dense, given().weights, 1, -1)],
    [
      "chunkedDelta: reduction must be one of 'sum', 'mean', got",
      () => chunkedDelta(given().delta, dense, [5, 3], 1, 'max' as never),
    ],
    ['chunkedDelta: weightShape must have 2 axes', () => chunkedDelta(given().delta, dense, [1], 1)],
    ['combineChunks: shards must be a list of shards, got []', () => combineChunks([])],
    ['combineChunks: shards have no chunk 3', () => combineChunks([shard(0, 3), shard(4, 9)])],
    ['combineChunks: shards have no chunk 0', () => combineChunks([shard(4, 9)])],
    ['combineChunks: shards have chunk 4 twice', () => combineChunks([shard(4, 9), shard(0, 5)])],
    [
      'combineChunks: shards have 1 samples in 1 chunks of 2 from 8 on',
      () => combineChunks([shard(0, 9), chunkSums(given().delta, dense, given().weights, 2, 9)]),
    ],
    [
      'combineChunks: shards[1] has chunks of 3 samples, shards[0] has 2',
      () => combineChunks([shard(0, 3), chunkSums(given().delta, dense, given().weights, 3, 3)]),
    ],
    [
      'combineChunks: shards[1] has not what counts once in shards[0], or has it alone',
      () => combineChunks([shard(0, 3), chunkSums({ ...given().delta, depression: [] }, dense, given().weights, 2, 3)]),
    ],
    [
      'applyDelta: delta.potentiation[0].once must be left out, or true of a term of one sample',
      () =>
        applyDelta(
          tf.zeros([1, 1]),
          { potentiation: [{ perSample: tf.ones([2, 1, 1]), once: true }], depression: [] },
          dense,
          scaling,
          bounds,
        ),
    ],
  ])('refuses: %s', (message, run) => {
    expect(run).toThrow(message);
  });
});
