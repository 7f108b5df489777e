import fc from 'fast-check';
import { isRecord } from '../../../src/core/trees.js';
import * as library from '../../../src/entries/everything.js';
import { type Call, ownCall } from '../call.js';
import { type Recipe, record, value, values } from '../recipes.js';
import { bytes, dataSet, floats, images } from './networks.js';

const { constantFrom } = fc;

const neurons = 2;

/** Pixels of 1 in 255 spike in about every third step. */
const spec = (vote = 'rate'): Recipe =>
  record({
    name: value('tiny'),
    dt: value(1),
    input: values({ duration: 10, maxRate: 1000 * 255 * 0.3, rest: 5, maxRetries: 1, minSpikes: 1, retryRate: 10 }),
    layer: values({ neurons, threshold: 1, thetaPlus: 0.1 }),
    learning: values({ images: 3, norm: 10 }),
    readout: values({ images: 3, vote }),
  });

const learned = { weights: floats(20 * neurons), theta: floats(neurons) };
const state = record({ imagesSeen: value(1), ...learned, activity: value([{ images: 1, spikes: 2 }]) });
const rates = record({ classes: value(2), rates: floats(2 * neurons) });
const generator = values({ seed: 1, stream: 2 });
const small = constantFrom(0, 1, 3);
const votes = constantFrom('rate', 'mean');

/** Whether so much is asked for, and allowed, that it takes minutes. */
const long = (args: readonly unknown[]): boolean =>
  args.some((given): boolean => {
    if (typeof given === 'number') return given > 1e6;
    return isRecord(given) && ['learning', 'input', 'layer', 'images', 'duration', 'neurons'].some((name) => long([given[name]]));
  });

const answers = async (stimulus: library.Stimulus, signal?: AbortSignal, workers?: library.WorkerPool) => {
  const all: [number, Int32Array][] = [];
  await library.respond(stimulus, (first, raster) => all.push([first, raster]), signal, workers);
  return all;
};

const tallied = (count: number, classes: number, label: number, raster: Int32Array) => {
  const tally = library.tallyAnswers(count, classes);
  tally.add(label, raster);
  return tally.rates();
};

/** Competitive layers and their votes. */
export const competitiveCalls: readonly Call[] = [
  ownCall(
    'classifyImage',
    constantFrom(...['rate', 'mean']).map((vote) => [
      record({
        kind: value('competitive'),
        network: spec(vote),
        seed: value(1),
        data: record({}),
        arrays: record({ ...learned, answers: rates }),
      }),
      bytes(20),
    ]),
    library.classifyImage,
  ),
  ownCall(
    'untrainedLayer',
    constantFrom(20, 50).map((pixels) => [spec(), value(pixels), value(1)]),
    library.untrainedLayer,
    { skip: long },
  ),
  ownCall(
    'trainCompetitive',
    constantFrom(1, 3).map((count) => [spec(), images(count), record({ seed: value(1), from: state, signal: value(undefined) })]),
    library.trainCompetitive,
    { skip: long },
  ),
  ownCall(
    'runCompetitive',
    votes.map((vote) => [spec(vote), dataSet(3, 2), values({ seed: 1, onLearned: undefined, workers: undefined })]),
    library.runCompetitive,
    { skip: long },
  ),
  ownCall(
    'evaluateCompetitive',
    small.map((count) => [
      spec(),
      record(learned),
      rates,
      record({ test: images(count), classes: value(2) }),
      values({ seed: 1, onProgress: undefined }),
    ]),
    library.evaluateCompetitive,
    { skip: long },
  ),
  ownCall(
    'respond',
    small.map((count) => [
      record({ spec: spec(), learned: record(learned), images: images(count), spikes: generator }),
      value(undefined),
      value(undefined),
    ]),
    answers,
    { skip: ([stimulus]) => long([isRecord(stimulus) ? stimulus['spec'] : stimulus]) },
  ),
  ownCall(
    'tallyAnswers',
    constantFrom([0, -1, 1], [], [-1]).map((raster) => [value(neurons), value(2), value(1), value(Int32Array.from(raster))]),
    tallied,
  ),
  ownCall(
    'neuronLabels',
    constantFrom(1).map(() => [rates]),
    library.neuronLabels,
  ),
  ownCall(
    'voteTable',
    votes.map((vote) => [rates, value(vote)]),
    library.voteTable,
  ),
  ownCall(
    'elect',
    constantFrom([0, -1, 1], []).map((raster) => [value(Int32Array.from(raster)), floats(4, 'graded'), value(2)]),
    library.elect,
  ),
  ownCall(
    'diehlCook2015',
    constantFrom(1, 400).map((count) => [value(count)]),
    library.presets.diehlCook2015.network,
  ),
];
