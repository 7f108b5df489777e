import { beforeAll, describe, expect, it } from 'vitest';
import { orThrow, StdpError } from '../../../src/core/errors.js';
import { fork } from '../../../src/core/random.js';
import type { DataSet } from '../../../src/data/dataSet.js';
import { digitDataSet } from '../../../src/data/digits.js';
import type { CompetitiveWeights } from '../../../src/kernels/host/competitiveLayer.js';
import {
  type CompetitiveOptions,
  type CompetitiveResult,
  evaluateCompetitive,
  runCompetitive,
} from '../../../src/networks/competitive/competitiveExperiment.js';
import { respond, type Stimulus } from '../../../src/networks/competitive/respond.js';
import {
  type CompetitiveTraining,
  trainCompetitive,
  untrainedLayer,
} from '../../../src/networks/competitive/trainCompetitive.js';
import { elect, neuronLabels, tallyAnswers, voteTable } from '../../../src/networks/competitive/vote.js';
import type { ClassRates } from '../../../src/networks/competitiveSpec/classRates.js';
import { type CompetitiveSpec, validateCompetitiveSpec } from '../../../src/networks/competitiveSpec/competitiveSpec.js';
import type { CompetitiveState } from '../../../src/networks/competitiveSpec/competitiveState.js';
import { digits, small } from './small.js';

/** A value that the types would not allow. */
const wrong = <T>(value: unknown): T => value as T;
const words = (text: string): RegExp => new RegExp(`^${text.replaceAll(/[[\].()]/g, '\\$&')}`);

const data = digitDataSet(1, 30, 10);
const spec = small(60, 5);
let run: Required<CompetitiveResult>;
beforeAll(async () => {
  const { training, rates, score } = await runCompetitive(spec, data, { seed: 1 });
  if (rates === undefined || score === undefined) throw new Error('no score');
  run = { training, rates, score };
});

const evaluate = (change: { learned?: unknown; rates?: unknown; data?: unknown; spec?: unknown; options?: unknown }) =>
  evaluateCompetitive(
    wrong<CompetitiveSpec>(change.spec ?? spec),
    wrong<CompetitiveWeights>(change.learned ?? run.training),
    wrong<ClassRates>(change.rates ?? run.rates),
    wrong<DataSet>(change.data ?? data),
    wrong<CompetitiveOptions>(change.options ?? { seed: 1 }),
  );

const stimulus = (change: Partial<Record<keyof Stimulus, unknown>> = {}): Stimulus =>
  wrong({ spec, learned: run.training, images: data.test, spikes: fork(1, 0), ...change });

describe('what was learned', () => {
  it.each<readonly [string, (state: CompetitiveState) => object, string]>([
    ['fewer weights', ({ weights }) => ({ weights: weights.subarray(1) }), 'weights has 3919 entries'],
    ['other neurons', ({ theta }) => ({ theta: theta.subarray(1) }), 'theta has 4 entries'],
    ['NaN', ({ weights }) => ({ weights: weights.map(() => Number.NaN) }), 'weights holds NaN at 0'],
    ['below 0', ({ weights }) => ({ weights: weights.map(() => -1) }), 'weights holds -1 at 0'],
    ['infinite thresholds', ({ theta }) => ({ theta: theta.map(() => Number.POSITIVE_INFINITY) }), 'theta holds Infinity at 0'],
    [
      'what JSON makes of typed arrays',
      ({ weights }) => ({ weights: { ...weights.slice(0, 3) } }),
      'weights must be a Float32Array',
    ],
    ['no thresholds', () => ({ theta: undefined }), 'theta must be a Float32Array'],
  ])('with %s is refused wherever it is taken up', async (_, change, problem) => {
    const odd = { ...run.training, ...change(run.training) };
    await expect(evaluate({ learned: odd })).rejects.toThrow(words(`evaluateCompetitive: learned.${problem}`));
    await expect(respond(stimulus({ learned: odd }), () => undefined)).rejects.toThrow(
      words(`respond: stimulus.learned.${problem}`),
    );
    const from = { ...odd, imagesSeen: 0 };
    await expect(trainCompetitive(spec, data.train, { seed: 1, from })).rejects.toThrow(
      words(`trainCompetitive: from.${problem}`),
    );
    await expect(runCompetitive(spec, data, { seed: 1, from })).rejects.toThrow(words(`runCompetitive: from.${problem}`));
  });

  it('is restored from plain lists, the rates too', async () => {
    const { weights, theta, ...rest } = run.training;
    const listed: unknown = JSON.parse(JSON.stringify({ ...rest, weights: Array.from(weights), theta: Array.from(theta) }));
    const rates: unknown = JSON.parse(JSON.stringify({ classes: 10, rates: Array.from(run.rates.rates) }));
    expect(await evaluate({ learned: listed, rates })).toEqual(run.score);
    const half = await trainCompetitive(small(30, 5), data.train, { seed: 1 });
    const kept: unknown = JSON.parse(
      JSON.stringify({ ...half, weights: Array.from(half.weights), theta: Array.from(half.theta) }),
    );
    const goOn = (from: unknown) => trainCompetitive(spec, data.train, { seed: 1, from: wrong<CompetitiveState>(from) });
    expect(await goOn(kept)).toEqual(await goOn(half));
  });

  it.each<readonly [object, string]>([
    [{ imagesSeen: -1 }, 'imagesSeen must be an integer ≥ 0'],
    [{ imagesSeen: undefined }, 'imagesSeen must be an integer ≥ 0'],
    [{ imagesSeen: 61 }, 'imagesSeen is 61, the layer learns from 60 images'],
    [{ imagesSeen: 1e9 }, 'imagesSeen is 1000000000, the layer learns from 60 images'],
    [{ foo: 1 }, 'foo is not part of the from, which holds'],
    [{ activity: undefined }, 'activity must be a list'],
    [{ activity: [{ images: Number.NaN, spikes: 0 }] }, 'activity must be a list'],
  ])('%o is no state to go on from', async (change, problem) => {
    const from = wrong<CompetitiveState>({ ...run.training, ...change });
    await expect(trainCompetitive(spec, data.train, { seed: 1, from })).rejects.toThrow(`trainCompetitive: from.${problem}`);
    await expect(runCompetitive(spec, data, { seed: 1, from })).rejects.toThrow(`runCompetitive: from.${problem}`);
  });
});

describe('images', () => {
  const { test } = data;
  it.each<readonly [string, object, RegExp]>([
    ['floats', { pixels: Float32Array.from(test.pixels, (pixel) => pixel / 255) }, /pixels must be a Uint8Array/],
    ['integers', { pixels: Int32Array.from(test.pixels) }, /pixels must be a Uint8Array/],
    ['no count', { count: undefined }, /count must be an integer ≥ 0/],
    ['a count of another number', { count: 3 }, /pixels has 7840 entries/],
    ['a count of 0', { count: 0 }, /(pixels has 7840 entries|holds no images)/],
  ])('with %s are refused', async (_, change, problem) => {
    const odd = wrong<DataSet['test']>({ ...test, ...change });
    const named = (where: string) => new RegExp(`^${where}${problem.source}`);
    await expect(trainCompetitive(spec, odd, { seed: 1 })).rejects.toThrow(named('trainCompetitive: images\\.?'));
    await expect(runCompetitive(spec, { ...data, train: odd }, { seed: 1 })).rejects.toThrow(
      named('runCompetitive: data\\.train\\.?'),
    );
    await expect(evaluate({ data: { ...data, test: odd } })).rejects.toThrow(named('evaluateCompetitive: data\\.test\\.?'));
    await expect(respond(stimulus({ images: odd }), () => undefined)).rejects.toThrow(named('respond: stimulus\\.images\\.?'));
  });

  it('are as many as there are labels, where nobody says how large they are', async () => {
    const twoInOne = { ...test, count: test.count / 2 };
    await expect(trainCompetitive(spec, twoInOne, { seed: 1 })).rejects.toThrow(
      `trainCompetitive: images.labels has ${test.count} entries, images.count needs ${test.count / 2}`,
    );
  });

  it('need labels of classes that the neurons know', async () => {
    const odd = { ...test, labels: test.labels.map((label, image) => (image === 3 ? 12 : label)) };
    await expect(evaluate({ data: { ...data, classes: 20, test: odd } })).rejects.toThrow(
      'evaluateCompetitive: data.test.labels holds 12 at 3, what was trained knows 10 classes',
    );
  });

  it('need labels that are classes', async () => {
    const odd = { ...test, labels: test.labels.map((label) => label + 1) };
    await expect(evaluate({ data: { ...data, test: odd } })).rejects.toThrow('data.test.labels holds 10, there are 10 classes');
    await expect(
      runCompetitive(spec, { ...data, train: { ...data.train, labels: new Uint8Array(3) } }, { seed: 1 }),
    ).rejects.toThrow('runCompetitive: data.train.labels has 3 entries');
  });

  it('are never none, and may be one to learn from', async () => {
    const none = { pixels: new Uint8Array(), labels: new Uint8Array(), count: 0 };
    await expect(evaluate({ data: { ...data, test: none } })).rejects.toThrow('evaluateCompetitive: data.test holds no images');
    for (const part of ['train', 'test'])
      await expect(runCompetitive(spec, { ...data, [part]: none }, { seed: 1 })).rejects.toThrow(`data.${part} holds no images`);
    await expect(trainCompetitive(spec, none, { seed: 1 })).rejects.toThrow('trainCompetitive: images holds no images');
    const one = { pixels: test.pixels.slice(0, 784), count: 1 };
    expect((await trainCompetitive(small(3, 1), one, { seed: 1 })).imagesSeen).toBe(3);
  });
});

describe('options, networks and rates', () => {
  it.each<readonly [object | undefined, string]>([
    [{ seed: 1, wokers: 2 }, 'wokers is not a parameter'],
    [{}, 'seed must be'],
    [undefined, 'seed must be'],
    [{ seed: 1, signal: 5 }, 'signal must be an AbortSignal'],
    [{ seed: 1, onProgress: 'x' }, 'onProgress must be a function'],
    [{ seed: 1, from: null }, 'from must be a record'],
    [{ seed: 1, from: 0 }, 'from must be a record'],
  ])('%j are refused', async (options, problem) => {
    const given = wrong<CompetitiveOptions & CompetitiveTraining>(options);
    await expect(trainCompetitive(spec, digits, given)).rejects.toThrow(`trainCompetitive: ${problem}`);
    await expect(runCompetitive(spec, data, given)).rejects.toThrow(`runCompetitive: ${problem}`);
    if (options !== undefined && !('from' in options))
      await expect(evaluate({ options })).rejects.toThrow(`evaluateCompetitive: ${problem}`);
  });

  it.each<readonly [unknown, string]>([
    [{ _tag: 'Right', right: {} }, 'spec must be what orThrow'],
    [{ ...spec, dt: -1 }, 'network.dt must be a number > 0'],
    [{ ...spec, layer: { ...spec.layer, neuron: 3 } }, 'network.layer.neuron is not a parameter'],
    [{ ...spec, readout: { images: 5, vote: 'Rate' } }, 'network.readout.vote must be one of'],
    [{ ...spec, input: { ...spec.input, maxRetries: 1e9 } }, 'network.input.maxRetries must be an integer in [0, 1000]'],
    [{ ...spec, layer: { ...spec.layer, neurons: 1e6 } }, 'network.layer.neurons must be at most'],
  ])('%j is refused in the name of who was given it', async (odd, problem) => {
    const given = wrong<CompetitiveSpec>(odd);
    await expect(runCompetitive(given, data, { seed: 1 })).rejects.toThrow(`runCompetitive: ${problem}`);
    await expect(trainCompetitive(given, digits, { seed: 1 })).rejects.toThrow(`trainCompetitive: ${problem}`);
    expect(() => untrainedLayer(given, 784, 1)).toThrow(`untrainedLayer: ${problem}`);
  });

  it.each([0, -1, 2.5, Number.NaN, undefined, '784'])('no layer is made for %s pixels', (pixels) => {
    expect(() => untrainedLayer(spec, wrong(pixels), 1)).toThrow('untrainedLayer: pixels must be an integer ≥ 1');
  });

  it('rates are as many as neurons and classes make', async () => {
    const { classes, rates } = run.rates;
    for (const [odd, problem] of [
      [{ classes, rates: rates.subarray(1) }, 'rates.rates has 49 entries'],
      [{ classes: 9, rates }, 'rates.rates has 50 entries'],
      [{ classes, rates: rates.map(() => Number.NaN) }, 'rates.rates holds NaN at 0'],
      [{ classes, rates: rates.map(() => -1) }, 'rates.rates holds -1 at 0'],
      [{ classes: 0, rates }, 'rates.classes must be'],
    ] as const) {
      await expect(evaluate({ rates: odd })).rejects.toThrow(`evaluateCompetitive: ${problem}`);
      if (odd.classes === 9 || odd.rates.length === 49) {
        expect(() => neuronLabels(odd)).toThrow('neuronLabels: rates.rates has');
        expect(() => voteTable(odd, 'rate')).toThrow('voteTable: rates.rates has');
      }
    }
    expect(() => voteTable(run.rates, wrong('Rate'))).toThrow("voteTable: vote must be one of 'rate', 'mean'");
  });

  it('votes are of neurons and classes that there are', () => {
    const tally = tallyAnswers(2, 2);
    expect(() => tally.add(2, Int32Array.of(0))).toThrow('tallyAnswers: label must be an integer in [0, 1], got 2');
    expect(() => tally.add(wrong('0'), Int32Array.of(0))).toThrow('tallyAnswers: label');
    expect(() => tally.add(0, Int32Array.of(2))).toThrow('tallyAnswers: raster holds 2');
    expect(() => tally.add(0, wrong(Float32Array.of(0.5)))).toThrow('tallyAnswers: raster holds 0.5');
    expect(tally.rates().rates).toEqual(new Float32Array(4));
    expect(() => tallyAnswers(wrong(undefined), 2)).toThrow('tallyAnswers: neurons must be');
    expect(() => tallyAnswers(2, 5000)).toThrow('tallyAnswers: classes must be an integer in [1, 4096]');
    const table = voteTable({ classes: 2, rates: Float32Array.of(1, 3, 4, 0) }, 'rate');
    expect(() => elect(Int32Array.of(2), table, 2)).toThrow('elect: raster holds 2');
    expect(() => elect(Int32Array.of(0), table, 3)).toThrow('elect: table must hold numbers of 3 classes');
    expect(() => elect(Int32Array.of(0), Float64Array.of(Number.NaN, 1), 2)).toThrow(
      'elect: table holds what is no finite number',
    );
    expect(() => elect(wrong(undefined), table, 2)).toThrow(StdpError);
  });

  it('who is told must be a function', async () => {
    await expect(respond(stimulus(), wrong(5))).rejects.toThrow('respond: onAnswers must be a function');
    await expect(respond(stimulus({ spikes: 'a' }), () => undefined)).rejects.toThrow('respond: stimulus.spikes must be');
    await expect(respond(wrong(undefined), () => undefined)).rejects.toThrow('respond: stimulus must be a record');
  });
});

describe('a layer that never fires', () => {
  const silent = (images: number) =>
    orThrow(validateCompetitiveSpec({ ...small(images), layer: { ...small(images).layer, threshold: 1000 } }));

  it.each([
    [20, 20],
    [1000, 250],
  ])('of %i images is told of after %i', async (images, seen) => {
    await expect(trainCompetitive(silent(images), digits, { seed: 1 })).rejects.toThrow(
      `trainCompetitive: network.layer was silent in all of ${seen} images: no potential came above its threshold 1000`,
    );
    await expect(runCompetitive(silent(images), data, { seed: 1 })).rejects.toThrow('runCompetitive: network.layer was silent');
  });

  it('is told of when it learned nothing and has no votes', async () => {
    const from = { ...untrainedLayer(silent(20), 784, 1), imagesSeen: 20 };
    await expect(runCompetitive(silent(20), data, { seed: 1, from })).rejects.toThrow(
      'network.layer was silent in all of 30 images: no neuron has a vote',
    );
  });
});

it('an evaluation that was stopped has no score, and says how many images were done', async () => {
  const options = { seed: 1, signal: AbortSignal.abort() };
  await expect(evaluate({ options })).rejects.toThrow('evaluateCompetitive: images were stopped after 0 of 10');
});
