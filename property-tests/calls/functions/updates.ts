import type * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import * as library from '../../../src/entries/everything.js';
import { type Call, call, ownCall } from '../call.js';
import { anyLayers } from '../layers.js';
import { items, type Recipe, record, tensor, value, values } from '../recipes.js';

const { constantFrom, nat, tuple } = fc;

const bounds = ['power', 'scaledPower', 'multiplicative', 'scaledMultiplicative', 'sharp'] as const;
const shapes = constantFrom<readonly number[]>([3], [2, 3], [], [1, 1], [0, 2], [2, 2, 1, 3]);
const reductions = constantFrom('sum', 'mean', 'max');
const sums = constantFrom('sum', 'mean');

const half: fc.Arbitrary<Recipe> = tuple(constantFrom(...bounds), constantFrom(0.5, 2)).map(([bound, exponent]) =>
  values({ bound, limit: 1, exponent, range: 2 }),
);
const full: fc.Arbitrary<Recipe> = constantFrom(...bounds).map((bound) =>
  record({ upper: values({ bound, limit: 1, range: 3 }), lower: values({ bound, limit: -1 }) }),
);

const update = values({ etaPlus: 0.5, etaMinus: [0.25], weightDependence: 'soft', mu: 0 });
const limits = values({ wMin: 0, wMax: 1, hardBound: true, weightDecay: 0.1 });

/** A Delta that fits layers and weights, and what a function that takes one needs besides. */
const deltas = tuple(anyLayers, nat(50)).map(([{ topology, shapes: of }, seed]) => {
  const batched = (shape: readonly number[]) => (shape.length === topology.rank ? shape : [1, ...shape]);
  const [pre, post] = [batched(of.pre), batched(of.post)];
  const samples = pre[0] ?? 1;
  const delta = record({
    potentiation: items(record({ pre: tensor(pre, 'graded', seed), post: tensor(post, 'spikes', seed + 1) })),
    depression: items(
      record({ pre: tensor(pre, 'spikes', seed + 2), post: value(1) }),
      record({ perSample: tensor([samples, ...of.w], 'uniform', seed + 3) }),
    ),
  });
  return { topology: value(topology), delta, w: of.w, seed };
});

const waiting = (shape: readonly number[]): Recipe =>
  record({ positive: items(tensor(shape, 'uniform', 3), tensor(shape, 'uniform', 4)), negative: items() });

/** Chunks `from` … `to − 1`, of two samples each, one by one. */
const shard = (w: readonly number[], from: number, to: number): Recipe =>
  record({
    chunk: value(2),
    sums: items(
      ...Array.from({ length: to - from }, (_, index) =>
        record({
          first: value(from + index),
          chunks: value(1),
          samples: value(2),
          total: record({ potentiation: items(tensor(w, 'uniform', from + index)), depression: items() }),
        }),
      ),
    ),
    once: record({ potentiation: items(), depression: items(tensor(w, 'uniform', 9)) }),
  });

/** How a change meets the weights. */
export const updateCalls: readonly Call[] = [
  ownCall(
    'applyDelta',
    tuple(deltas, reductions).map(([{ topology, delta, w, seed }, reduction]) => [
      tensor(w, 'uniform', seed),
      delta,
      topology,
      update,
      limits,
      value(reduction),
    ]),
    library.applyDelta,
  ),
  ownCall(
    'chunkSums',
    tuple(deltas, nat(3), nat(9)).map(([{ topology, delta, w }, chunk, first]) => [
      delta,
      topology,
      value([...w]),
      value(chunk + 1),
      value(first),
    ]),
    library.chunkSums,
  ),
  ownCall(
    'chunkedDelta',
    tuple(deltas, nat(3), sums).map(([{ topology, delta, w }, chunk, reduction]) => [
      delta,
      topology,
      value([...w]),
      value(chunk + 1),
      value(reduction),
    ]),
    library.chunkedDelta,
  ),
  ownCall(
    'combineChunks',
    tuple(shapes, nat(3), sums).map(([w, from, reduction]) => [items(shard(w, 0, from), shard(w, from, 5)), value(reduction)]),
    library.combineChunks,
  ),
  ownCall(
    'boundUpper',
    tuple(shapes, half).map(([shape, bound]) => [tensor(shape), tensor(shape, 'graded', 2), bound]),
    library.boundUpper,
  ),
  ownCall(
    'boundLower',
    tuple(shapes, half).map(([shape, bound]) => [tensor(shape), tensor(shape, 'graded', 2), bound]),
    library.boundLower,
  ),
  ownCall(
    'fullBound',
    constantFrom(...bounds).map((bound) => [values({ bound, min: 0, max: 1, exponentUpper: 2, exponentLower: [1] })]),
    library.fullBound,
  ),
  ownCall(
    'boundedChange',
    tuple(shapes, full).map(([shape, bound]) => [tensor(shape), tensor(shape, 'graded', 2), tensor(shape, 'spikes', 3), bound]),
    library.boundedChange,
  ),
  ownCall(
    'collect',
    tuple(deltas, reductions).map(([{ topology, delta, w, seed }, batchReduction]) => [
      waiting(w),
      delta,
      tensor(w, 'uniform', seed),
      topology,
      values({ etaPlus: 1, etaMinus: 0.5, batchReduction }),
    ]),
    library.collect,
  ),
  ownCall(
    'applyUpdates',
    tuple(shapes, full, reductions).map(([shape, bound, reduction]) => [tensor(shape), waiting(shape), bound, value(reduction)]),
    library.applyUpdates,
  ),
  call(
    'functions in an update',
    shapes.map((shape) => [tensor(shape), value((p: tf.Tensor) => p)]),
    (p: tf.Tensor, bound: never) => library.applyUpdates(p, { positive: [p, p], negative: [] }, bound, bound),
  ),
];
