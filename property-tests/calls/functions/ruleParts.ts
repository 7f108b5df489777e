import fc from 'fast-check';
import { isRecord } from '../../../src/core/trees.js';
import * as library from '../../../src/entries/everything.js';
import { type Call, call, ownCall } from '../call.js';
import { shapes } from '../layers.js';
import { items, record, tensor, value, values } from '../recipes.js';

const { constantFrom } = fc;
const fields = constantFrom([1, 1, 1, 1], [2, 2, 1, 3], [2, 1, 2, 2]);
const latency = { etaPlus: 0.01, etaMinus: 0.005 };
const winner = values({ channel: 0, y: 0, x: 0, time: 2 });
const batch = constantFrom<readonly [number, readonly number[], readonly number[], readonly number[]]>(
  [1, [1, 1, 1, 1], [3, 3, 1], [3, 3, 1]],
  [2, [2, 2, 1, 3], [3, 3, 1], [2, 2, 3]],
  [0, [2, 2, 1, 3], [3, 3, 1], [2, 2, 3]],
);
const image = (shape: readonly number[]) => [(shape[0] ?? 1) + 1, (shape[1] ?? 1) + 1, shape[2] ?? 1];
/** Classes, and neurons of each. */
const groups = constantFrom<readonly [number, number]>([1, 1], [2, 1], [2, 2], [3, 4]);
const timesOf = (neurons: number) => Array.from({ length: neurons }, (_, neuron) => ((neuron * 3) % 5) / 5);
const counts = values({ hit: 3, miss: 1, silent: 0 });

/** A window of many points is right, and takes seconds. */
const asksForLong = ([, options]: readonly unknown[]): boolean =>
  isRecord(options) && [options['range'], options['after']].some((time) => typeof time === 'number' && time > 100);

/** What learning by winners and by times computes, and what rules are put together from. */
export const rulePartCalls: readonly Call[] = [
  ownCall(
    'computeStdpUpdate',
    fields.map((shape) => [tensor(shape), tensor(shape, 'ones'), value(2), values(latency)]),
    library.computeStdpUpdate,
  ),
  ownCall(
    'computeStdpBatchUpdate',
    batch.map(([size, w, pre, post]) => [
      tensor(w),
      tensor([size, ...pre], 'uniform'),
      tensor([size, ...post], 'uniform', 2),
      record({ stride: value(1), winnerMask: tensor([size, ...post], 'ones') }),
      values(latency),
    ]),
    library.computeStdpBatchUpdate,
  ),
  ownCall(
    'latencyStdpWinners',
    fields.map((shape) => [tensor(shape), tensor(image(shape)), items(winner), values(latency), values({ strides: 1, pad: 0 })]),
    library.latencyStdpWinners,
  ),
  ownCall(
    'rewardStdpWinners',
    fields.map((shape) => [
      tensor(shape),
      tensor(image(shape)),
      items(winner),
      value(-0.5),
      values(latency),
      values({ strides: 1, pad: 0 }),
    ]),
    library.rewardStdpWinners,
  ),
  ...Object.entries({ s2StdpWinners: library.s2StdpWinners, sstdpWinners: library.sstdpWinners }).map(([name, learn]) =>
    ownCall(
      name,
      groups.map(([classes, perClass]) => [
        tensor([3, classes * perClass]),
        tensor([3], 'uniform'),
        record({ times: value(timesOf(classes * perClass)), potentials: value(timesOf(classes * perClass)) }),
        value(classes - 1),
        values({ gap: 0.1, perClass, targets: 1 }),
      ]),
      learn,
    ),
  ),
  ownCall(
    'regulateThresholds',
    groups.map(([classes, perClass]) => [
      value(timesOf(classes * perClass)),
      record({ times: value(timesOf(classes * perClass)), potentials: value(timesOf(classes * perClass)) }),
      value(0),
      value(0.5),
      value(0.25),
      values({ perClass, targets: perClass }),
    ]),
    library.regulateThresholds,
  ),
  ownCall(
    'rewardOf',
    constantFrom('hit', 'miss', 'silent').map((outcome) => [value(outcome), counts]),
    library.rewardOf,
  ),
  ownCall(
    'countOutcome',
    constantFrom('hit', 'miss', 'silent').map((outcome) => [counts, value(outcome)]),
    library.countOutcome,
  ),
  ownCall(
    'doubledRates',
    constantFrom(0, 500, 1200).map((seen) => [values(latency), value(seen), values({ every: 500, etaMax: 0.15, ratio: 0.75 })]),
    library.doubledRates,
  ),
  ownCall(
    'stdpKernel',
    fc
      .tuple(constantFrom(...library.kernelNames), shapes, constantFrom('pre', 'post'))
      .map(([kernel, shape, side]) => [values({ kernel, eta: 0.1, tau: 20 }), tensor(shape, 'graded'), value(side)]),
    library.stdpKernel,
  ),
  call(
    'stepOf',
    constantFrom(1, 2).map((outputs) => [
      value(library.pairStdp()),
      items(tensor([2, outputs]), record({ tPre: tensor([2], 'zeros'), tPost: tensor([outputs], 'zeros') })),
      record({ pre: tensor([2], 'spikes'), post: tensor([outputs], 'spikes', 2) }),
    ]),
    (rule: never, carry: never, input: never) => library.stepOf<object>(rule)(carry, input),
  ),
  call(
    'stdpWindow',
    constantFrom(...library.ruleNames.filter((name) => name !== 'productRule' && name !== 'homeostasis')).map((rule) => [
      record({ rule: value(rule), params: record({}), topology: values({ type: 'dense' }) }),
      values({ range: 3, w0: 0.5, reward: 1, rewardIn: 'everyStep', after: 1 }),
    ]),
    async (json: never, options: never) => {
      const { times, changes } = await library.stdpWindow(library.ruleFromJSON(json), options);
      return [times, changes];
    },
    { skip: asksForLong },
  ),
  call(
    'makeRule',
    constantFrom('sum', 'mean').map((batchReduction) => [
      record({
        name: value('hebb'),
        params: record({}),
        topology: value(library.dense),
        init: value(() => ({})),
        delta: value(({ pre, post }: library.BatchedInput, _: unknown, state: object) => [
          { potentiation: [{ pre, post }], depression: [] },
          state,
        ]),
        update: values({ ...library.pairStdp().update, batchReduction }),
      }),
      record({ pre: tensor([2], 'spikes'), post: tensor([3], 'spikes', 2) }),
      tensor([2, 3]),
    ]),
    (definition: never, input: never, w: never) => library.makeRule<object>(definition).step(input, w, {}),
  ),
];
