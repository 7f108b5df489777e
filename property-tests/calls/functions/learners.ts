import type * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { toUndefined } from 'fp-ts/lib/Option.js';
import type { Cell, RuleInput, Trainer } from '../../../src/entries/everything.js';
import * as library from '../../../src/entries/everything.js';
import { type Call, call, ownCall } from '../call.js';
import { anyLayers, inputOf } from '../layers.js';
import { type Recipe, record, tensor, value, values } from '../recipes.js';

const { constantFrom, nat, tuple } = fc;

interface Disposable {
  dispose(): void;
}

/** What `use` makes of an object that is disposed afterwards. */
async function using<T extends Disposable, R>(object: T, use: (object: T) => R): Promise<Awaited<R>> {
  try {
    return await use(object);
  } finally {
    object.dispose();
  }
}

/** A trainer, by one cell that sees two steps. */
const trainer = (name: string, make: new (params: never) => Trainer<object>, params: fc.Arbitrary<object>): Call =>
  ownCall(
    name,
    tuple(params, anyLayers, nat(50)).map(([given, layer, seed]) => {
      const { topology, shapes } = layer;
      const learnsDelay = name.endsWith('D') || !/Delay|Kernel/.test(name);
      return [
        values(given),
        value('cell'),
        record({
          w: tensor(shapes.w, 'uniform', seed),
          pre: value([...shapes.pre]),
          post: value([...shapes.post]),
          topology: value(topology),
        }),
        inputOf(layer, seed, {
          reward: value(0.5),
          ...(!learnsDelay && name !== 'KernelSTDP' && { delay: tensor(shapes.w, 'uniform', seed + 3) }),
        }),
        record({}),
      ];
    }),
    (given: never, cell: string, layers: Cell, input: RuleInput, overrides: never) =>
      using(new make(given), (object) => {
        const unit = object.registerCell(cell, layers, overrides);
        object.step(cell, input);
        object.step(unit, input);
        object.apply();
        return unit.getParameter();
      }),
  );

const threshold = values({ initialThreshold: 10, targetRate: 0.2, learningRate: 0.01 });
const places = constantFrom<readonly [number, number, number]>([1, 1, 2], [2, 2, 1], [1, 1, 1]);
const layered = (shape: readonly [number, number, number]): readonly Recipe[] => [value(shape[2]), value(shape.slice(0, 2))];
const batches = (shape: readonly number[]): readonly number[] => [2, ...shape];

type Sizes = readonly [number, number];
type Given = tf.Tensor;

const competition: readonly Call[] = [
  ownCall(
    'AdaptiveThreshold',
    places.map((shape) => [...layered(shape), threshold, tensor(batches(shape), 'spikes'), value(2), value(11)]),
    (channels: number, sizes: Sizes, params: never, spikes: Given, batch: number, first: number) =>
      using(new library.AdaptiveThreshold(channels, sizes, params), async (object) => {
        object.update(spikes);
        const mean = await object.meanThreshold();
        const thresholds = object.getThresholds(batch);
        try {
          object.resetAll(first);
          object.resetStatistics();
          return [mean, thresholds, object.firingRates()];
        } catch (reason) {
          thresholds.dispose();
          throw reason;
        }
      }),
  ),
  ownCall(
    'ConvergenceTracker',
    places.map((shape) => [
      ...layered(shape),
      values({ minWins: 1, deltaThreshold: 0.5 }),
      tensor(batches(shape), 'spikes'),
      tensor([3, shape[2]], 'graded'),
      value(0.5),
    ]),
    (channels: number, sizes: Sizes, params: never, winners: Given, deltas: Given, share: number) =>
      using(new library.ConvergenceTracker(channels, sizes, params), async (object) => {
        object.update(winners, deltas);
        const converged = await object.isConverged(share);
        return [converged, await object.nConverged(), object.winCounts(), object.convergedMask()];
      }),
  ),
  ownCall(
    'WTAInhibition',
    tuple(places, constantFrom('global', 'local', 'both')).map(([shape, mode]) => [
      values({ mode, localRadius: 1, targetRate: 0.2 }),
      ...layered(shape),
      value(10),
      tensor(batches(shape), 'spikes'),
      tensor(batches(shape)),
      tensor(batches(shape), 'uniform', 3),
      value(0.3),
    ]),
    (
      config: never,
      channels: number,
      sizes: Sizes,
      first: number,
      spikes: Given,
      membrane: Given,
      before: Given,
      needed: number,
    ) =>
      using(new library.WTAInhibition(config, channels, sizes, first), async (object) => {
        const result = object.forward(spikes, membrane, before, needed);
        const counts = await object.statistics();
        object.resetStatistics();
        return [result, counts, await object.winnerRatio(), toUndefined(object.getWinnerMask())];
      }),
  ),
];

const configs = constantFrom<object>(
  {},
  { etaPlus: 0.1, wMin: -1, wMax: 1 },
  { wMin: -2, wMax: 0, weightInitMean: -1, weightDependence: 'additive' },
);

const images: readonly Call[] = [
  ownCall(
    'STDPLearner',
    tuple(configs, nat(9)).map(([config, seed]) => [values(config), value([2, 2, 1]), value(seed)]),
    async (config: never, shape: readonly number[], seed: number) => {
      const learner = new library.STDPLearner(config);
      const w = learner.initializeWeights(shape, seed);
      try {
        return [learner.stats, await learner.hasConverged(w), await learner.getConvergence(w)];
      } finally {
        w.dispose();
      }
    },
  ),
  ownCall(
    'STDPLearner',
    tuple(configs, nat(9)).map(([config, seed]) => [
      values(config),
      tensor([2, 2, 1], 'uniform', seed),
      tensor([3, 4, 1], 'uniform', seed + 1),
      value(0.5),
      value(1),
      value(1),
      value(2),
      value(1),
      value(0),
    ]),
    async (
      config: never,
      w: Given,
      times: Given,
      time: number,
      y: number,
      x: number,
      size: number,
      stride: number,
      pad: number,
    ) => {
      const learner = new library.STDPLearner(config);
      return [await learner.updateWeightsForWinner(w, times, time, y, x, size, stride, pad), learner.stats];
    },
  ),
  ownCall(
    'STDPLearner',
    tuple(configs, nat(9)).map(([config, seed]) => [
      values(config),
      tensor([2, 2, 1, 2], 'uniform', seed),
      tensor([2, 3, 3, 1], 'uniform', seed + 1),
      tensor([2, 2, 2, 2], 'uniform', seed + 2),
      tensor([2, 2, 2, 2], 'spikes', seed + 3),
      values({ stride: 1, padding: 0 }),
    ]),
    async (config: never, w: Given, pre: Given, post: Given, mask: Given, options: never) => {
      const learner = new library.STDPLearner(config);
      return [await learner.computeBatchUpdate(w, pre, post, mask, options), learner.stats];
    },
  ),
  ownCall(
    'STDPLearner',
    configs.map((config) => [values(config), tensor([2, 3]), tensor([2, 3], 'uniform', 2), value(0.5)]),
    (config: never, w: Given, times: Given, time: number) => new library.STDPLearner(config).computeUpdate(w, times, time),
  ),
  ownCall(
    'stdpConfigFromPaper',
    constantFrom('kheradpisheh2018', 'IGARSS2023').map((paper) => [value(paper)]),
    library.stdpConfigFromPaper,
  ),
];

/** A rule by layers: activity, a reward, and what it makes of the weights. */
const layers = (name: string, make: new (given: never, params: never) => library.EligibilitySTDP | library.FedeSTDP): Call =>
  ownCall(
    name,
    tuple(anyLayers, nat(50)).map(([layer, seed]) => [
      record({
        hidden: record({ w: tensor(layer.shapes.w, 'uniform', seed), topology: value(layer.topology), params: record({}) }),
      }),
      values({ etaPlus: 0.1, tauPre: 10 }),
      record({ hidden: inputOf(layer, seed) }),
      value(0.5),
      value('hidden'),
    ]),
    (given: never, params: never, activity: never, reward: number, hidden: string) =>
      using(new make(given, params), (rule) => {
        rule.updateState(activity);
        rule.step(reward);
        rule.updateState(activity);
        rule.step();
        return rule.weights(hidden);
      }),
  );

const rates = constantFrom<object>({}, { dt: 0.5 });

/** Objects that keep a state. */
export const learnerCalls: readonly Call[] = [
  ...competition,
  ...images,
  layers('EligibilitySTDP', library.EligibilitySTDP),
  layers('FedeSTDP', library.FedeSTDP),
  trainer('STDP', library.STDP, rates),
  trainer('TripletSTDP', library.TripletSTDP, rates),
  trainer('MSTDP', library.MSTDP, rates),
  trainer('MSTDPET', library.MSTDPET, rates),
  trainer('KernelSTDP', library.KernelSTDP, rates),
  trainer('DelayAdjustedSTDP', library.DelayAdjustedSTDP, rates),
  trainer('DelayAdjustedSTDPD', library.DelayAdjustedSTDPD, rates),
  trainer('DelayAdjustedMSTDP', library.DelayAdjustedMSTDP, rates),
  trainer('DelayAdjustedMSTDPD', library.DelayAdjustedMSTDPD, rates),
  trainer('DelayAdjustedKernelSTDP', library.DelayAdjustedKernelSTDP, rates),
  trainer('DelayAdjustedKernelSTDPD', library.DelayAdjustedKernelSTDPD, rates),
  trainer('LinearHomeostasis', library.LinearHomeostasis, constantFrom({}, { plasticity: 0.1, target: 0.5 })),
  call(
    'TrainerUnit',
    tuple(anyLayers, nat(50)).map(([layer, seed]) => {
      const cell = { pre: value([...layer.shapes.pre]), post: value([...layer.shapes.post]) };
      return [
        value('cell'),
        value(library.pairStdp({}, layer.topology)),
        record({ w: tensor(layer.shapes.w, 'uniform', seed), ...cell, bounds: value(undefined) }),
        inputOf(layer, seed),
      ];
    }),
    (name: string, rule: never, cell: Cell, input: RuleInput) =>
      using(new library.TrainerUnit(name, rule, cell), (unit) => {
        unit.step(input);
        unit.apply();
        unit.reset();
        return unit.getParameter();
      }),
  ),
];
