import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { orThrow, StdpError } from '../../../src/core/errors.js';
import type { DataSet, LabelledImages } from '../../../src/data/dataSet.js';
import { digitDataSet } from '../../../src/data/digits.js';
import { useKernels } from '../../../src/kernels/tensors/current.js';
import { runCompetitive } from '../../../src/networks/competitive/competitiveExperiment.js';
import { validateCompetitiveSpec } from '../../../src/networks/competitiveSpec/competitiveSpec.js';
import { encodeImages } from '../../../src/networks/latency/encodeImages.js';
import { evaluateNetwork } from '../../../src/networks/latency/evaluateNetwork.js';
import type { Experiment, ExperimentOptions } from '../../../src/networks/latency/experiment.js';
import { extractFeatures } from '../../../src/networks/latency/extractFeatures.js';
import { runExperiment } from '../../../src/networks/latency/runExperiment.js';
import {
  type EncoderSpec,
  encoderDefaults,
  type NetworkSpec,
  validateNetworkSpec,
} from '../../../src/networks/latency/spec/networkSpec.js';
import type { SpikeTimes } from '../../../src/networks/latency/spikeTimes.js';
import { layerWeights } from '../../../src/networks/latency/training/layerWeights.js';
import { shuffleWithinMaps } from '../../../src/networks/latency/training/shuffleWithinMaps.js';
import type { TrainingState } from '../../../src/networks/latency/training/trainingState.js';
import { type TrainingOptions, trainNetwork } from '../../../src/networks/latency/training/trainNetwork.js';
import type { LinearReadout } from '../../../src/networks/readout/linearReadout.js';
import type { WorkerPool } from '../../../src/networks/workers/workerPool.js';
import { randomTimes, tiny } from './tiny.js';

/** A value that the types would not allow. */
const wrong = <T>(value: unknown): T => value as T;

const data = digitDataSet(1, 20, 10);
const spec = orThrow(
  validateNetworkSpec({
    name: 'small',
    layers: [{ maps: 3, kernelSize: 5, pad: 2, threshold: 8 }],
    readout: { grid: 2, iterations: 5 },
  }),
);
const size = 4 * 3;
afterEach(() => useKernels(true));

let run: Required<Pick<Experiment, 'training' | 'score'>> & { readonly readout: LinearReadout };
beforeAll(async () => {
  const { training, readout, score } = await runExperiment(spec, data, { seed: 1 });
  if (readout === undefined || !('bias' in readout) || score === undefined) throw new Error('no score');
  run = { training, readout, score };
});

const evaluate = (change: {
  weights?: unknown;
  readout?: unknown;
  images?: unknown;
  frame?: unknown;
  spec?: unknown;
  workers?: unknown;
}) =>
  evaluateNetwork(
    wrong<NetworkSpec>(change.spec ?? spec),
    wrong<Float32Array[]>(change.weights ?? run.training.weights),
    wrong<LinearReadout>(change.readout ?? run.readout),
    wrong<LabelledImages>(change.images ?? data.test),
    wrong<DataSet>(change.frame ?? data),
    undefined,
    wrong<WorkerPool>(change.workers),
  );

describe('pixels', () => {
  const { pixels } = data.test;
  const floats = (): readonly (readonly [string, unknown])[] => [
    ['0 … 1 as Float32Array', Float32Array.from(pixels, (pixel) => pixel / 255)],
    ['0 … 255 as Float32Array', Float32Array.from(pixels)],
    ['as Int32Array', Int32Array.from(pixels)],
    ['0 and 1 as Int32Array', Int32Array.from(pixels, (pixel) => Number(pixel > 99))],
    ['as a list', Array.from(pixels)],
    ['as numbers in a record', { ...Array.from(pixels.subarray(0, 9)) }],
    ['of another size', pixels.subarray(1)],
    ['none', undefined],
  ];

  it.each(floats())('%s are refused by name, in every function that takes images', async (_, odd) => {
    const images = wrong<LabelledImages>({ ...data.test, pixels: odd });
    await expect(encodeImages(images, 28, 28, encoderDefaults)).rejects.toThrow(/^encodeImages: images\.pixels /);
    await expect(evaluate({ images })).rejects.toThrow(/^evaluateNetwork: images\.pixels /);
    for (const part of ['train', 'test']) {
      const experiment = runExperiment(spec, { ...data, [part]: images }, { seed: 1 });
      await expect(experiment).rejects.toThrow(new RegExp(`^runExperiment: data\\.${part}\\.pixels `));
    }
  });

  it('are as many as rows and columns say', async () => {
    await expect(encodeImages(data.test, 20, 20, encoderDefaults)).rejects.toThrow(
      'encodeImages: images.pixels has 7840 entries, 10 images of 400 pixels needs 4000',
    );
    await expect(evaluate({ frame: { ...data, rows: 27 } })).rejects.toThrow(/^evaluateNetwork: images\.pixels has 7840 entries/);
    await expect(runExperiment(spec, { ...data, columns: 14 }, { seed: 1 })).rejects.toThrow(
      /^runExperiment: data\.train\.pixels/,
    );
    for (const odd of [0, -28, 28.5, Number.NaN, undefined, '28', 1e9]) {
      await expect(encodeImages(data.test, wrong(odd), 28, encoderDefaults)).rejects.toThrow(/^encodeImages: height must be/);
      await expect(encodeImages(data.test, 28, wrong(odd), encoderDefaults)).rejects.toThrow(/^encodeImages: width must be/);
    }
  });

  it('are of the size that the network was read out on, and that they tell themselves', async () => {
    expect(run.readout.image).toEqual([28, 28]);
    for (const [rows, columns] of [
      [14, 56],
      [20, 20],
    ] as const) {
      const images = { ...data.test, pixels: data.test.pixels.slice(0, 10 * rows * columns) };
      await expect(evaluate({ images, frame: { ...data, rows, columns } })).rejects.toThrow(
        `evaluateNetwork: readout was fitted on images of 28 × 28 pixels, these have ${rows} × ${columns}`,
      );
    }
    const idx = { ...data.test, rows: 28, columns: 28 };
    await expect(encodeImages(idx, 14, 56, encoderDefaults)).rejects.toThrow(
      'encodeImages: images are of 28 × 28 pixels, not of 14 × 56',
    );
    expect((await encodeImages(idx, 28, 28, encoderDefaults)).count).toBe(10);
    for (const image of [[28], [28, 0], 28, ['28', '28']])
      await expect(evaluate({ readout: { ...run.readout, image } })).rejects.toThrow('readout.image must be [rows, columns]');
  });

  it('are never none', async () => {
    const none = { pixels: new Uint8Array(), labels: new Uint8Array(), count: 0 };
    await expect(evaluate({ images: none })).rejects.toThrow('evaluateNetwork: images holds no images');
    for (const part of ['train', 'test'])
      await expect(runExperiment(spec, { ...data, [part]: none }, { seed: 1 })).rejects.toThrow(`data.${part} holds no images`);
  });

  it.each([undefined, null, Number.NaN, -1, 2.5, 1e12, '10', 9, 11])('of %s images where there are 10', async (count) => {
    const images = wrong<LabelledImages>({ ...data.test, count });
    await expect(encodeImages(images, 28, 28, encoderDefaults)).rejects.toThrow(/^encodeImages: images\.(count|pixels) /);
    await expect(evaluate({ images })).rejects.toThrow(/^evaluateNetwork: images\.(count|pixels) /);
  });
});

it.each<readonly [object, string]>([
  [{ foo: 1 }, 'data.foo is not part of the data, which holds name, rows, columns, channels, classes, classNames, train, test'],
  [{ name: 5 }, 'data.name must be a text, got 5'],
  [{ name: undefined }, 'data.name must be a text, got undefined'],
  [{ channels: 2 }, 'data.channels must be 1 (grey), 3 (red, green and blue) or 6 (latencies of events), got 2'],
  [{ channels: 3 }, 'data.train.pixels has '],
  [{ channels: undefined }, 'data.channels must be 1 (grey), 3 (red, green and blue) or 6 (latencies of events), got undefined'],
  [{ classNames: undefined }, 'data.classNames must be a list of 10 names, another for each class, got undefined'],
  [{ classNames: data.classNames.slice(1) }, 'data.classNames must be a list of 10 names'],
  [{ classNames: data.classNames.map(() => 'a') }, 'data.classNames must be a list of 10 names'],
  [{ test: { ...data.test, lables: data.test.labels } }, 'data.test.lables is not part of the data.test'],
  [{ train: { ...data.train, foo: 1 } }, 'data.train.foo is not part of the data.train'],
])('%o is of no data set', async (change, problem) => {
  const odd = wrong<DataSet>({ ...data, ...change });
  await expect(runExperiment(spec, odd, { seed: 1 })).rejects.toThrow(`runExperiment: ${problem}`);
  const competitive = orThrow(validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 2 } }));
  await expect(runCompetitive(competitive, odd, { seed: 1 })).rejects.toThrow(`runCompetitive: ${problem}`);
});

describe('labels', () => {
  it('are of classes that the read-out knows', async () => {
    const labels = data.test.labels.map((label, image) => (image === 3 ? 12 : label));
    await expect(evaluate({ images: { ...data.test, labels }, frame: { ...data, classes: 20 } })).rejects.toThrow(
      'evaluateNetwork: images.labels holds 12 at 3, what was trained knows 10 classes',
    );
  });

  it.each([
    [Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 10), 'holds 10, there are 10 classes'],
    [[0, 1, 2, 3, 4, 5, 6, 7, 8, -1], 'holds -1 at 9'],
    [Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 0.5), 'holds 0.5 at 9'],
    [['0', 1, 2, 3, 4, 5, 6, 7, 8, 9], 'holds "0" at 0'],
    [[0, 1, 2], 'has 3 entries'],
    [undefined, 'must be a Uint8Array or a list'],
  ])('%o are refused', async (labels, problem) => {
    const images = wrong<LabelledImages>({ ...data.test, labels });
    await expect(evaluate({ images })).rejects.toThrow(`evaluateNetwork: images.labels ${problem}`);
    await expect(runExperiment(spec, { ...data, test: images }, { seed: 1 })).rejects.toThrow(
      `runExperiment: data.test.labels ${problem}`,
    );
  });

  it('of another type count for what they are', async () => {
    const { labels } = data.test;
    for (const same of [Array.from(labels), Int32Array.from(labels), Float64Array.from(labels)])
      expect(await evaluate({ images: { ...data.test, labels: same } })).toEqual(run.score);
  });

  it.each([0, 4097, 2.5, Number.NaN, undefined, '10'])('of %s classes are refused', async (classes) => {
    await expect(evaluate({ frame: { ...data, classes } })).rejects.toThrow('evaluateNetwork: data.classes must be an integer');
    await expect(runExperiment(spec, { ...data, classes: wrong(classes) }, { seed: 1 })).rejects.toThrow('data.classes must be');
  });
});

describe('weights', () => {
  it.each<readonly [string, (weights: readonly Float32Array[]) => unknown, RegExp]>([
    ['of fewer values', ([w]) => [w?.subarray(1)], /weights\[0\] has 149 entries, \[5, 5, 2, 3\] needs 150/],
    ['of more layers', ([w]) => [w, w], /weights are of 2 layers, there are 1/],
    ['NaN', ([w]) => [w?.map((value, index) => (index === 7 ? Number.NaN : value))], /weights\[0\] holds NaN at 7/],
    ['infinite', ([w]) => [w?.map(() => Number.POSITIVE_INFINITY)], /weights\[0\] holds Infinity at 0/],
    ['below 0', ([w]) => [w?.map((value) => -value)], /weights\[0\] holds -/],
    ['null in JSON', ([w]) => [Array.from(w ?? [], () => null)], /weights\[0\] holds null at 0, no number/],
    ['as JSON makes of typed arrays', (weights) => JSON.parse(JSON.stringify(weights)), /weights\[0\] must be a Float32Array/],
    ['none', () => [undefined], /weights\[0\] must be a Float32Array/],
    ['no list', ([w]) => w, /weights must be a list/],
  ])('%s are refused in evaluateNetwork and trainNetwork', async (_, make, problem) => {
    const weights = make(run.training.weights);
    await expect(evaluate({ weights })).rejects.toThrow(new RegExp(`^evaluateNetwork: ${problem.source}`));
    const times = await encodeImages(data.train, 28, 28, encoderDefaults);
    const from = wrong<TrainingState>({ ...run.training, layer: 0, imagesSeen: 3, weights });
    await expect(trainNetwork(spec, times, { seed: 1, from })).rejects.toThrow(
      new RegExp(`^trainNetwork: from\\.${problem.source}`),
    );
    await expect(runExperiment(spec, data, { seed: 1, from })).rejects.toThrow(
      new RegExp(`^runExperiment: from\\.${problem.source}`),
    );
  });

  it('that are plain lists, and read-outs of such, are restored', async () => {
    const listed = (readout: LinearReadout): unknown => ({
      ...readout,
      ...Object.fromEntries((['mean', 'scale', 'weights', 'bias'] as const).map((name) => [name, Array.from(readout[name])])),
    });
    const weights: unknown = JSON.parse(JSON.stringify(run.training.weights.map((w) => Array.from(w))));
    const readout: unknown = JSON.parse(JSON.stringify(listed(run.readout)));
    expect(await evaluate({ weights, readout })).toEqual(run.score);
  });

  it.each<readonly [string, () => unknown, string]>([
    ['another shape', () => tf.zeros([5, 5, 2, 4]), 'weights[0] has shape [5, 5, 2, 4], the layer needs [5, 5, 2, 3]'],
    ['another order of axes', () => tf.zeros([3, 5, 5, 2]), 'weights[0] has shape [3, 5, 5, 2]'],
    ['NaN', () => tf.fill([5, 5, 2, 3], Number.NaN), 'weights[0] holds NaN at 0'],
    ['a list', () => [[1]], 'weights[0] must be a tensor'],
    ['text', () => tf.tensor(new Array<string>(150).fill('a'), [5, 5, 2, 3]), 'weights[0] must be a tensor of numbers'],
  ])('as tensors: %s is refused in extractFeatures', async (_, make, problem) => {
    const times = await encodeImages(data.test, 28, 28, encoderDefaults);
    const w = make();
    const before = tf.memory().numTensors;
    await expect(extractFeatures(times, wrong([w]), spec)).rejects.toThrow(`extractFeatures: ${problem}`);
    expect(tf.memory().numTensors).toBe(before);
    if (w instanceof tf.Tensor) w.dispose();
  });

  it('as whole numbers, and cast from truth values, are taken as what they are', async () => {
    const times = await encodeImages(data.test, 28, 28, encoderDefaults);
    const ones = tf.ones<tf.Rank.R4>([5, 5, 2, 3]);
    const wanted = await extractFeatures(times, [ones], spec);
    for (const same of [tf.cast(ones, 'int32'), tf.cast(tf.greater(ones, 0.5), 'float32')])
      expect(await extractFeatures(times, wrong([same]), spec)).toEqual(wanted);
  });

  it('are as many as a layer has, in layerWeights and shuffleWithinMaps too', () => {
    expect(() => layerWeights(spec, { channels: 2 }, [new Float32Array(149)])).toThrow(
      'layerWeights: weights[0] has 149 entries',
    );
    expect(() => layerWeights(spec, { channels: 2 }, wrong([run.training.weights[0], new Float32Array(3)]))).toThrow(
      'layerWeights: weights are of 2 layers, there are 1',
    );
    expect(() => layerWeights(spec, wrong(undefined), [])).toThrow('layerWeights: times must be a record');
    expect(() => shuffleWithinMaps(new Float32Array(7), 2, 1)).toThrow('weights has 7 entries, which are no rows of 2 maps');
    expect(() => shuffleWithinMaps(new Float32Array(6), 0, 1)).toThrow('maps must be an integer ≥ 1');
    expect(() => shuffleWithinMaps(new Float32Array(6), 2, wrong('a'))).toThrow('shuffleWithinMaps: seed must be');
    expect(() => shuffleWithinMaps(Float32Array.of(Number.NaN), 1, 1)).toThrow('holds NaN at 0');
    expect(shuffleWithinMaps(new Float32Array(), 2, 1)).toEqual(new Float32Array());
  });
});

it.each<readonly [string, (readout: LinearReadout) => object, string]>([
  ['fewer means', ({ mean }) => ({ mean: mean.subarray(1) }), `features has ${size} columns, the read-out needs ${size - 1}`],
  ['fewer weights', ({ weights }) => ({ weights: weights.subarray(1) }), 'readout.weights has 119 entries'],
  ['a bias of another number', () => ({ bias: new Float32Array(3) }), 'readout.bias has 3 entries'],
  ['NaN', ({ weights }) => ({ weights: weights.map(() => Number.NaN) }), 'readout.weights holds NaN at 0'],
  ['a scale of 0', ({ scale }) => ({ scale: scale.map(() => 0) }), 'readout.scale holds 0 at 0'],
  ['another number of classes', () => ({ classes: 9 }), 'readout.weights has 120 entries'],
  ['no classes', () => ({ classes: undefined }), 'readout.classes must be an integer in [1, 4096]'],
])('a read-out with %s is refused', async (_, change, problem) => {
  await expect(evaluate({ readout: { ...run.readout, ...change(run.readout) } })).rejects.toThrow(`evaluateNetwork: ${problem}`);
});

describe('spike times', () => {
  const times = randomTimes(12);
  it.each<readonly [string, Partial<Record<keyof SpikeTimes, unknown>>, RegExp]>([
    ['without a count', { count: undefined }, /times\.count must be an integer ≥ 0/],
    ['of more images than there are', { count: 13 }, /times\.values has 1344 entries/],
    ['of another height', { height: 9 }, /times\.values has/],
    ['of no width', { width: 0 }, /times\.width must be an integer in/],
    ['of no channels', { channels: Number.NaN }, /times\.channels must be/],
    ['of too many steps', { steps: 256 }, /times\.steps must be an integer in \[1, 255\]/],
    ['that are no whole numbers', { values: new Float32Array(1344).fill(0.5) }, /times\.values holds 0.5 at 0/],
    ['with what no times have', { foo: 1 } as object, /times\.foo is not part of the times/],
    ['none', { values: undefined }, /times\.values must be/],
  ])('%s are refused', async (_, change, problem) => {
    const odd = wrong<SpikeTimes>({ ...times, ...change });
    await expect(trainNetwork(tiny(1), odd, { seed: 1 })).rejects.toThrow(new RegExp(`^trainNetwork: ${problem.source}`));
    const w = tf.ones<tf.Rank.R4>([3, 3, 2, 3]);
    await expect(extractFeatures(odd, [w], tiny(1))).rejects.toThrow(new RegExp(`^extractFeatures: ${problem.source}`));
    w.dispose();
  });

  it.each([true, false])('beyond the last step mean never, with kernels %s', async (on) => {
    useKernels(on);
    const later = {
      ...times,
      values: times.values.map((time, index) => (time < times.steps ? time : times.steps + (index % 250))),
    };
    expect(later.values.some((time) => time > 200)).toBe(true);
    const spec = tiny(2, { source: 'spikes', grid: 2 });
    const training = await trainNetwork(spec, times, { seed: 1 });
    expect(await trainNetwork(spec, later, { seed: 1 })).toEqual(training);
    for (const source of ['spikes', 'potentials', 'contrast'] as const) {
      const weights = layerWeights(spec, times, training.weights);
      const features = (of: SpikeTimes) => extractFeatures(of, weights, tiny(2, { source, grid: 2 }));
      expect(await features(later)).toEqual(await features(times));
      tf.dispose([...weights]);
    }
  });

  it('that went through JSON as lists give the same', async () => {
    const listed = wrong<SpikeTimes>({ ...times, values: Array.from(times.values) });
    expect(await trainNetwork(tiny(1), listed, { seed: 1 })).toEqual(await trainNetwork(tiny(1), times, { seed: 1 }));
  });
});

describe('options and networks', () => {
  const times = randomTimes(3);
  it.each<readonly [object | undefined, string]>([
    [{ seed: 1, wokers: 2 }, 'wokers is not a parameter'],
    [{}, 'seed must be an integer ≥ 0 or a random generator, got undefined'],
    [{ seed: 'a' }, 'seed must be'],
    [{ seed: -1 }, 'seed must be'],
    [undefined, 'seed must be'],
    [{ seed: 1, signal: true }, 'signal must be an AbortSignal'],
    [{ seed: 1, onProgress: 5 }, 'onProgress must be a function'],
    [{ seed: 1, from: 5 }, 'from must be a record'],
    [{ seed: 1, from: null }, 'from must be a record'],
    [{ seed: 1, from: 0 }, 'from must be a record'],
    [{ seed: 1, from: { layer: 3, imagesSeen: 0, weights: [], convergence: [] } }, 'from.layer must be an integer in [0, 1]'],
    [
      { seed: 1, from: { layer: 0, imagesSeen: 0, weights: [], convergence: [], foo: 1 } },
      'from.foo is not part of the from, which holds layer, imagesSeen, weights, convergence',
    ],
    [{ seed: 1, from: { layer: 0, imagesSeen: -1, weights: [], convergence: [] } }, 'from.imagesSeen must be'],
    [{ seed: 1, from: { layer: 0, imagesSeen: 0, weights: [], convergence: [{}] } }, 'from.convergence must be a list'],
  ])('%j are refused', async (options, problem) => {
    const given = wrong<TrainingOptions & ExperimentOptions>(options);
    await expect(trainNetwork(tiny(1), times, given)).rejects.toThrow(`trainNetwork: ${problem}`);
    await expect(runExperiment(spec, data, given)).rejects.toThrow(`runExperiment: ${problem}`);
  });

  it('who works must be a pool', async () => {
    for (const workers of [4, {}, { size: 2 }]) {
      await expect(runExperiment(spec, data, wrong({ seed: 1, workers }))).rejects.toThrow(
        'runExperiment: workers must be a pool',
      );
      await expect(evaluate({ workers })).rejects.toThrow('evaluateNetwork: workers must be a pool');
    }
  });

  it.each<readonly [unknown, string]>([
    [undefined, 'spec must be what orThrow'],
    [{ _tag: 'Right', right: spec }, 'spec must be what orThrow'],
    [{ ...spec, layer: [] }, 'network.layer is not a parameter'],
    [{ ...spec, layers: [] }, 'network.layers must be a list of at least one layer'],
    [{ ...spec, layers: [{ treshold: 5 }] }, 'network.layers[0].treshold is not a parameter'],
    [{ ...spec, readout: { ...spec.readout, source: 'Spikes' } }, 'network.readout.source must be one of'],
    [{ ...spec, encoder: { ...spec.encoder, sigmaSurround: 1 } }, "network.encoder.sigmaSurround can't be told from sigmaCentre"],
    [{ ...spec, encoder: { ...spec.encoder, bins: Number.NaN } }, 'network.encoder.bins must be an integer from 1 to 255'],
  ])('%j is refused in the name of who was given it', async (odd, problem) => {
    const given = wrong<NetworkSpec>(odd);
    await expect(runExperiment(given, data, { seed: 1 })).rejects.toThrow(`runExperiment: ${problem}`);
    await expect(trainNetwork(given, times, { seed: 1 })).rejects.toThrow(`trainNetwork: ${problem}`);
    await expect(extractFeatures(times, [], given)).rejects.toThrow(`extractFeatures: ${problem}`);
    if (odd !== undefined) await expect(evaluate({ spec: odd })).rejects.toThrow(`evaluateNetwork: ${problem}`);
  });

  it('an encoder is checked by itself', async () => {
    for (const odd of [undefined, { bins: 0 }, { ...encoderDefaults, bin: 3 }, { ...encoderDefaults, size: 1 }])
      await expect(encodeImages(data.test, 28, 28, wrong<EncoderSpec>(odd))).rejects.toThrow(/^encodeImages: encoder/);
  });

  it('whatever else is wrong is a StdpError', async () => {
    for (const odd of [undefined, null, 5, 'text', [], new Map()]) {
      await expect(encodeImages(wrong(odd), 28, 28, encoderDefaults)).rejects.toBeInstanceOf(StdpError);
      await expect(runExperiment(spec, wrong(odd), { seed: 1 })).rejects.toBeInstanceOf(StdpError);
      await expect(trainNetwork(spec, wrong(odd), { seed: 1 })).rejects.toBeInstanceOf(StdpError);
      await expect(extractFeatures(wrong(odd), [], spec)).rejects.toBeInstanceOf(StdpError);
    }
  });
});
