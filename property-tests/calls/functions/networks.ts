import type * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { isRecord } from '../../../src/core/trees.js';
import * as library from '../../../src/entries/everything.js';
import { type Call, call, ownCall } from '../call.js';
import { items, type Recipe, record, tensor, type Values, value, values } from '../recipes.js';

const { constantFrom, nat, tuple } = fc;

/** Zeros and ones as bytes, or numbers as floats, flat. */
export const bytes = (length: number, seed = 1, of: Values = 'uniform'): Recipe => list(length, of, seed, 'bytes');
export const floats = (length: number, of: Values = 'uniform', seed = 1): Recipe => list(length, of, seed, 'typed');
const list = (length: number, of: Values, seed: number, form: 'bytes' | 'typed'): Recipe => ({
  make: 'list',
  shape: [length],
  values: of,
  form,
  seed,
});

/** Images of 4 × 5 pixels of two classes, grey or of three channels. */
export const images = (count: number, seed = 1, channels = 1): Recipe =>
  record({ pixels: bytes(20 * channels * count, seed), labels: bytes(count, seed + 1), count: value(count) });
const frame = { rows: value(4), columns: value(5), channels: value(1), classes: value(2) };
export const dataSet = (train: number, test: number, channels = 1): Recipe =>
  record({
    name: value('tiny'),
    ...{ ...frame, channels: value(channels) },
    classNames: items(value('a'), value('b')),
    train: images(train, 1, channels),
    test: images(test, 5, channels),
  });

const layer = { maps: 2, kernelSize: 3, pad: 1, threshold: 0.2, winners: 1, inhibitionRadius: 1, etaPlus: 0.1, images: 2 };
const encoder = { size: 3, cutoff: 0, normalizationRadius: 1, bins: 2, fields: 2 };
/** What an encoder makes of images of so many channels. */
const seen = constantFrom(
  { channels: 1, input: 'pixels', colour: 'grey' },
  { channels: 1, input: 'features', colour: 'grey' },
  { channels: 3, input: 'pixels', colour: 'grey' },
  { channels: 3, input: 'pixels', colour: 'opponent' },
  { channels: 3, input: 'pixels', colour: 'channels' },
);
const spec = (layers = 1, source = 'contrast', input = 'pixels', colour = 'grey'): Recipe =>
  record({
    name: value('tiny'),
    encoder: values({ ...encoder, input, colour }),
    layers: items(...Array.from({ length: layers }, () => values(layer))),
    readout: values({ source, grid: 2, iterations: 3 }),
  });

const times = (count: number, seed = 1): Recipe =>
  record({
    values: bytes(count * 40, seed),
    ...Object.fromEntries(
      Object.entries({ count, height: 4, width: 5, channels: 2, steps: 2 }).map(([name, n]) => [name, value(n)]),
    ),
  });

/** Two features an image. */
const features = (count: number, of: Values = 'uniform'): Recipe =>
  record({ values: floats(2 * count, of), count: value(count), size: value(2) });
const readout = (size = 2): Recipe =>
  record({
    classes: value(2),
    mean: floats(size),
    scale: floats(size, 'ones'),
    weights: floats(2 * size, 'graded'),
    bias: floats(2, 'graded', 3),
  });

const nothing = value(undefined);
const small = constantFrom(0, 1, 3);
const sources = constantFrom('contrast', 'spikes', 'potentials');
const squares = async ([x = 0, y = 0]: Float64Array) => ({
  value: (x - 3) ** 2 + y ** 2,
  gradient: Float64Array.of(2 * (x - 3), 2 * y),
});

/** Spike times but for those that rounding ranks otherwise where all is composed. */
const encoded = async (...args: Parameters<typeof library.encodeImages>) => {
  const { values: bytesOf, ...shape } = await library.encodeImages(...args);
  return { ...shape, length: bytesOf.length, late: bytesOf.some((time) => time > shape.steps) };
};

/** What came of an experiment but for what hangs on such ranks. */
const learned = async (...args: Parameters<typeof library.runExperiment>) => {
  const { training, score } = await library.runExperiment(...args);
  return { layer: training.layer, sizes: training.weights.map(({ length }) => length), tested: score?.confusion.length };
};

const scored = async (...args: Parameters<typeof library.evaluateNetwork>) => {
  const { confusion } = await library.evaluateNetwork(...args);
  return confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
};

const classified = async (...args: Parameters<typeof library.classifyImage>) => {
  const { values: margins, by } = await library.classifyImage(...args);
  return [by, margins.length];
};

const layerSteps = (rule: library.Rule<object>, params: object, w: tf.TensorLike, batch: number, pre: tf.TensorLike) => {
  const { init, step } = library.plasticLayer(rule, params);
  const first = init(w, batch);
  try {
    const [{ w: next }, spikes] = disposingRest(step(first, pre));
    return [next, spikes];
  } finally {
    disposeAll(first);
  }
};

/** The weights and spikes of a step; the rest is disposed. */
function disposingRest([next, spikes]: readonly [library.LayerState<object>, tf.Tensor]) {
  const { w, ...rest } = next;
  disposeAll(rest, [w, spikes]);
  return [{ w }, spikes] as const;
}

function disposeAll(tree: unknown, but: readonly unknown[] = []): void {
  if (!isRecord(tree)) return;
  for (const branch of Object.values(tree)) {
    const { dispose }: { readonly dispose?: unknown } = Object(branch);
    if (typeof dispose !== 'function') disposeAll(branch, but);
    else if (!but.includes(branch)) (branch as tf.Tensor).dispose();
  }
}

/** Networks of latency-coded layers and their read-out. */
export const networkCalls: readonly Call[] = [
  ownCall(
    'encodeImages',
    tuple(small, nat(9), seen).map(([count, seed, { channels, input, colour }]) => [
      images(count, seed, channels),
      value(4),
      value(5),
      values({ ...encoder, input, colour }),
      nothing,
      nothing,
      nothing,
    ]),
    encoded,
  ),
  ownCall(
    'extractFeatures',
    tuple(small, sources).map(([count, source]) => [
      times(count),
      items(tensor([3, 3, 2, 2])),
      spec(1, source),
      nothing,
      nothing,
      nothing,
    ]),
    library.extractFeatures,
  ),
  ownCall(
    'trainNetwork',
    tuple(small, constantFrom(1, 2)).map(([count, layers]) => [
      spec(layers),
      times(count),
      record({
        seed: value(1),
        from: record({ layer: value(0), imagesSeen: value(0), weights: items(floats(36)), convergence: items() }),
      }),
    ]),
    library.trainNetwork,
  ),
  ownCall(
    'runExperiment',
    tuple(small, sources, seen).map(([count, source, { channels, input, colour }]) => [
      spec(1, source, input, colour),
      dataSet(count, 2, channels),
      values({ seed: 1, control: true, onProgress: undefined, signal: undefined }),
    ]),
    learned,
  ),
  ownCall(
    'evaluateNetwork',
    small.map((count) => [spec(), items(floats(36)), readout(8), images(count), record(frame), nothing, nothing]),
    scored,
  ),
  ownCall(
    'classifyImage',
    small.map((seed) => [
      record({
        kind: value('latency'),
        network: spec(),
        data: record(frame),
        arrays: record({ layers: items(floats(36)), readout: readout(8) }),
      }),
      bytes(20, seed),
    ]),
    classified,
  ),
  ownCall(
    'layerWeights',
    constantFrom(1, 2).map((layers) => [
      spec(layers),
      values({ channels: 2 }),
      items(...[floats(36), floats(36)].slice(0, layers)),
    ]),
    library.layerWeights,
  ),
  ownCall(
    'shuffleWithinMaps',
    constantFrom(0, 1, 4).map((taps) => [floats(2 * taps), value(2), value(1)]),
    library.shuffleWithinMaps,
  ),
  ownCall(
    'fitLinearReadout',
    constantFrom(1, 5).map((count) => [features(count), bytes(count), value(2), values({ lambda: 0.1, iterations: 3 })]),
    library.fitLinearReadout,
  ),
  ownCall(
    'classify',
    small.map((count) => [readout(), features(count), nothing]),
    library.classify,
  ),
  ownCall(
    'minimize',
    constantFrom('zeros' as const, 'uniform' as const).map((of) => [
      value(squares),
      value(Float64Array.from([of === 'zeros' ? 0 : 7, 1])),
      values({ iterations: 5, memory: 3, tolerance: 1e-3 }),
    ]),
    library.minimize,
  ),
  ownCall(
    'scorePredictions',
    small.map((count) => [bytes(count), bytes(count, 2), value(2)]),
    library.scorePredictions,
  ),
  call(
    'plasticLayer',
    constantFrom(1, 2).map((batch) => [
      value(library.pairStdp({ integration: 'exact' })),
      record({ neuron: values({ tauMem: 10 }), inhibition: value(0.5) }),
      tensor([3, 2]),
      value(batch),
      tensor([batch, 3], 'spikes'),
    ]),
    layerSteps,
  ),
];
