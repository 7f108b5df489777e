import type * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import * as library from '../../../src/entries/everything.js';
import { asksForGigabytes, type Call, call, ownCall } from '../call.js';
import { shapes } from '../layers.js';
import { items, record, tensor, value, values } from '../recipes.js';

const { constantFrom } = fc;
const lengths = constantFrom(0, 1, 5);
const seeds = constantFrom(value(1), values({ seed: 1, stream: 2 }));
const drawn = fc.tuple(lengths, seeds);
const numbers = (shape: readonly number[]): readonly unknown[] =>
  Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, index) => index);
const json = (shape: readonly number[]) =>
  record({ shape: value([...shape]), dtype: value('float32'), values: value(numbers(shape)) });
const trace = { tau: 10, amplitude: 1, dt: 1, traceMode: 'cumulative', integration: 'exact' } as const;
const summed = (sum: tf.Tensor, { x, size }: { readonly x: tf.Tensor; readonly size?: unknown }) => [
  library.traceStep(sum, x, trace),
  size ?? null,
];
const more = { without: true, skip: asksForGigabytes } as const;

/** A place for states. */
let kept: tf.io.ModelArtifacts = {};
const memory = {
  save: async (made: tf.io.ModelArtifacts) => {
    kept = made;
  },
  load: async () => kept,
};

/** A file of a state. */
const bytes = await library.stateToBytes({ step: 1, list: [1, -0] });

/** Random numbers, saved tensors, and steps threaded through time. */
export const coreCalls: readonly Call[] = [
  ownCall(
    'randomGenerator',
    seeds.map((seed) => [seed]),
    library.randomGenerator,
    more,
  ),
  ownCall(
    'fork',
    seeds.map((seed) => [seed, value(3)]),
    library.fork,
    more,
  ),
  ownCall(
    'randomUniform',
    drawn.map(([length, seed]) => [value(length), seed, value(-1), value(2)]),
    library.randomUniform,
    more,
  ),
  ownCall(
    'randomNormal',
    drawn.map(([length, seed]) => [value(length), seed, value(0.5), value(2)]),
    library.randomNormal,
    more,
  ),
  ownCall(
    'randomPermutation',
    drawn.map(([length, seed]) => [value(length), seed]),
    library.randomPermutation,
    more,
  ),
  ownCall(
    'tensorToJSON',
    shapes.map((shape) => [tensor(shape)]),
    library.tensorToJSON,
  ),
  ownCall(
    'tensorFromJSON',
    shapes.map((shape) => [json(shape)]),
    library.tensorFromJSON,
  ),
  ownCall(
    'recordToJSON',
    shapes.map((shape) => [record({ tPre: tensor(shape), tPost: tensor(shape, 'spikes') })]),
    library.recordToJSON,
  ),
  ownCall(
    'recordFromJSON',
    shapes.map((shape) => [record({ tPre: json(shape), tPost: json(shape) })]),
    library.recordFromJSON,
  ),
  ownCall(
    'saveState',
    shapes.map((shape) => [value(memory), record({ w: tensor(shape), count: value(-0), list: items(tensor(shape, 'spikes')) })]),
    library.saveState,
    { without: true },
  ),
  ownCall('loadState', constantFrom([value(memory)]), library.loadState, { without: true }),
  ownCall(
    'stateToBytes',
    shapes.map((shape) => [record({ w: tensor(shape), count: value(-0) }), values({ format: 'npz' })]),
    library.stateToBytes,
    { without: true },
  ),
  ownCall(
    'stateFromBytes',
    constantFrom([value(bytes), record({ step: value(0), list: items(value(3)) }), value('a file')]),
    library.stateFromBytes,
    { without: true },
  ),
  call(
    'scan',
    fc
      .tuple(constantFrom(0, 1, 3), constantFrom<readonly number[]>([1], [2], [2, 3]))
      .map(([steps, shape]) => [
        value(summed),
        tensor(shape, 'zeros'),
        record({ x: tensor([steps, ...shape]), size: items(...Array.from({ length: steps }, (_, step) => value(step))) }),
      ]),
    library.scan,
  ),
  ownCall(
    'orThrow',
    constantFrom(library.validatePairStdpParams({}), library.validateLifParams({ tauMem: 5 })).map((either) => [value(either)]),
    library.orThrow,
    more,
  ),
];
