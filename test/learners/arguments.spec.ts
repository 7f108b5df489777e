import * as tf from '@tensorflow/tfjs-core';
import { none } from 'fp-ts/lib/Option.js';
import { describe, expect, it } from 'vitest';
import { isRecord } from '../../src/core/trees.js';
import { AdaptiveThreshold } from '../../src/learners/adaptiveThreshold.js';
import { ConvergenceTracker } from '../../src/learners/convergenceTracker.js';
import { DelayAdjustedMSTDP, DelayAdjustedSTDP } from '../../src/learners/delayAdjustedTrainers.js';
import { KernelSTDP } from '../../src/learners/kernelTrainers.js';
import { LearningRule } from '../../src/learners/learningRule.js';
import { LinearHomeostasis } from '../../src/learners/linearHomeostasis.js';
import { EligibilitySTDP, FedeSTDP } from '../../src/learners/pysnnRules.js';
import { stdpConfigFromPaper } from '../../src/learners/stdpConfig.js';
import { STDPLearner } from '../../src/learners/stdpLearner.js';
import { MSTDP, MSTDPET, STDP, TripletSTDP } from '../../src/learners/traceTrainers.js';
import { Trainer } from '../../src/learners/trainer.js';
import { TrainerUnit } from '../../src/learners/trainerUnit.js';
import { WTAInhibition } from '../../src/learners/wtaInhibition.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import { validatePairStdpParams } from '../../src/rules/pair/pairStdpParams.js';
import { targetBackend } from '../target.js';

const cell = { w: [[0.5]], pre: [1], post: [1] };
const input = { pre: [1], post: [1] };
const [layer, map] = [{ hidden: cellOf() }, [[[[1]]]]];
function cellOf() {
  return { w: [[0.5]] };
}

/** No call leaves a tensor when it is refused. */
const refused = (call: () => unknown, message: string | RegExp): void => {
  const before = tf.memory().numTensors;
  expect(call).toThrow(message);
  expect(tf.memory().numTensors).toBe(before);
};

type Methods = { readonly [method: string]: readonly unknown[] };

/** Calls a method with whatever it is given, as code without types does. */
const called = (object: object, method: string, ...given: readonly unknown[]): unknown =>
  (object as { readonly [name: string]: (...all: readonly unknown[]) => unknown })[method]?.(...given);

describe.each([
  ['STDP', STDP],
  ['TripletSTDP', TripletSTDP],
  ['MSTDP', MSTDP],
  ['MSTDPET', MSTDPET],
  ['KernelSTDP', KernelSTDP],
  ['DelayAdjustedSTDP', DelayAdjustedSTDP],
  ['DelayAdjustedMSTDP', DelayAdjustedMSTDP],
  ['LinearHomeostasis', LinearHomeostasis],
] as const)('%s', (name, make) => {
  const Make = make as unknown as new (...params: readonly unknown[]) => Trainer<object>;

  it('takes parameters by name, not one after the other', () => {
    for (const first of [0.5, '0.5', null, [0.5]])
      refused(() => new Make(first, -0.5, 5, 5), `${name}: params must be a record, got `);
    refused(() => new Make(0.5, -0.5, 5, 5), `parameters are given by name, as in new ${name}({ … })`);
  });

  it('refuses in its own name', () => {
    const trainer = new Make();
    refused(() => trainer.registerCell('a', cell, { etaPos: 1 } as never), `${name}: etaPos is not a parameter`);
    trainer.registerCell('a', cell);
    refused(() => trainer.step('a', { pre: [1, 2], post: [1] }), `${name}: pre has 2 columns`);
    trainer.dispose();
  });

  it('refuses rates of other layers when a cell is registered, as its steps would', () => {
    const trainer = new Make();
    const { params } = trainer.registerCell('a', cell).rule;
    const lists = Object.entries(params).flatMap(([param, given]: [string, unknown]): readonly [string, unknown][] => {
      if (typeof given === 'number') return [[param, [given, given]]];
      return isRecord(given) && typeof given['eta'] === 'number' ? [[param, { ...given, eta: [given['eta'], 1] }]] : [];
    });
    const tried = lists.map(([param, list]) => {
      let message = 'taken';
      try {
        trainer.registerCell(param, cell, { [param]: list } as never);
      } catch (reason) {
        message = String(reason);
      }
      expect(message, param).toMatch(/must be|has 2 values, the layer has 1 neurons/);
      return message.includes('has 2 values');
    });
    expect(tried).toContain(true);
    trainer.dispose();
  });

  it('refuses the same inputs while training is off', () => {
    const trainer = new Make();
    trainer.registerCell('a', cell);
    const wrong = [{ foo: 1 }, null, { pre: [1, 2], post: [1] }, { pre: [1] }, { ...input, reward: 'x' }, { ...input, stray: 1 }];
    for (const on of [true, false]) {
      trainer.train(on);
      for (const given of wrong) refused(() => trainer.step('a', given as never), new RegExp(`^${name}: `));
    }
    trainer.step('a', input);
    trainer.dispose();
  });

  it('takes the reward in the input, and nothing beside it', () => {
    const trainer = new Make();
    trainer.registerCell('a', cell);
    refused(
      () => called(trainer, 'step', 'a', input, 1),
      `${name}: a further argument is not taken, got 1: step(cell, { pre, post, reward })`,
    );
    trainer.dispose();
  });

  it('takes no more than its methods know, nor does a unit', () => {
    refused(() => new Make({}, 5), `${name}: a further argument is not taken, got 5: parameters are one record`);
    const trainer = new Make();
    const unit = trainer.registerCell('a', cell);
    for (const [method, ...given] of [['apply'], ['reset'], ['train', true], ['registerCell', 'b', cell, {}]] as const)
      refused(() => called(trainer, method, ...given, -1), `${name}: a further argument is not taken, got -1: ${method}(`);
    for (const [method, ...given] of [['step', input], ['apply'], ['reset']] as const)
      refused(() => called(unit, method, ...given, -1), `TrainerUnit: a further argument is not taken, got -1: ${method}(`);
    trainer.dispose();
  });

  it('is gone once it was disposed, and so are its units', () => {
    const trainer = new Make();
    const unit = trainer.registerCell('a', cell);
    trainer.dispose();
    for (const use of [
      () => trainer.step('a', input),
      () => trainer.apply(),
      () => trainer.reset(),
      () => trainer.unit('a'),
      () => trainer.registerCell('b', cell),
    ])
      refused(use, `${name}: the trainer was disposed`);
    for (const use of [() => unit.getParameter(), () => unit.step(input), () => unit.apply(), () => unit.reset()])
      refused(use, 'TrainerUnit: the object was disposed');
    trainer.dispose();
  });
});

it.each([
  ['EligibilitySTDP', EligibilitySTDP],
  ['FedeSTDP', FedeSTDP],
] as const)('%s takes no more than its methods know', (name, make) => {
  const Make = make as unknown as new (...given: readonly unknown[]) => EligibilitySTDP;
  refused(() => new Make(layer, {}, 5), `${name}: a further argument is not taken, got 5: layers and parameters`);
  const rule = new Make(layer);
  for (const [method, ...given] of [['updateState', { hidden: input }], ['step', 2], ['resetState']] as const)
    refused(() => called(rule, method, ...given, 3), `${name}: a further argument is not taken, got 3: ${method}(`);
  rule.dispose();
});

describe.each<[string, new (...given: readonly unknown[]) => object, readonly unknown[], Methods]>([
  [
    'STDPLearner',
    STDPLearner as never,
    [{}],
    {
      initializeWeights: [[2], 1],
      computeUpdate: [[0.5], [1], 2],
      computeBatchUpdate: [map, [[[1]]], [[[1]]], [[[1]]], {}],
      updateWeightsForWinner: [[[[0.5]]], [[[1]]], 1, 0, 0, 1, 1, 0],
      hasConverged: [[0.5]],
      getConvergence: [[0.5]],
      resetStats: [],
      carry: [],
      restore: [{}],
    },
  ],
  [
    'WTAInhibition',
    WTAInhibition as never,
    [{}, 1, [1, 1], 10],
    {
      forward: [map, map, map, 1],
      getWinnerMask: [],
      getThresholds: [1],
      statistics: [],
      winnerRatio: [],
      resetStatistics: [],
      carry: [],
      restore: [{}],
    },
  ],
  [
    'AdaptiveThreshold',
    AdaptiveThreshold as never,
    [1, [1, 1], {}],
    {
      update: [map],
      getThresholds: [1],
      firingRates: [],
      meanThreshold: [],
      resetStatistics: [],
      resetAll: [10],
      carry: [],
      restore: [{}],
    },
  ],
  [
    'ConvergenceTracker',
    ConvergenceTracker as never,
    [1, [1, 1], {}],
    {
      update: [map, map],
      winCounts: [],
      convergedMask: [],
      nConverged: [],
      convergenceRatio: [],
      isConverged: [0.9],
      reset: [],
      carry: [],
      restore: [{}],
    },
  ],
])('%s takes no more than it knows', (name, Make, given, methods) => {
  it('when it is made', () => {
    refused(() => new Make(...given, -1), `${name}: a further argument is not taken, got -1: new ${name}(`);
  });

  it('in every method', async () => {
    const made = new Make(...given);
    const known = Object.getOwnPropertyNames(Make.prototype).filter(
      (method) => typeof Object.getOwnPropertyDescriptor(Make.prototype, method)?.value === 'function',
    );
    expect(Object.keys(methods).sort()).toEqual(known.filter((method) => !['constructor', 'dispose'].includes(method)).sort());
    for (const [method, own] of Object.entries(methods)) {
      const before = tf.memory().numTensors;
      const call = async () => await called(made, method, ...own, -1);
      await expect(call(), method).rejects.toThrow(`${name}: a further argument is not taken, got -1: ${method}(`);
      expect(tf.memory().numTensors).toBe(before);
    }
    called(made, 'dispose');
  });
});

describe('a cell', () => {
  const trainer = () => new STDP();
  it.each<[string, unknown, string]>([
    ['of weights of another size', { ...cell, w: [[0.5], [0.5]] }, 'STDP: cell.pre has 1 columns, w [2, 1] needs 2'],
    ['of too few outputs', { ...cell, post: [2] }, "STDP: cell.post [2] doesn't fit, pre and w [1, 1] need [1, 1]"],
    ['of weights of another rank', { ...cell, w: [0.5] }, 'STDP: cell.w has shape [1], a dense layer needs rank 2'],
    ['without weights', { pre: [1], post: [1] }, 'STDP: cell.w is missing: a cell is { w, pre, post }'],
    ['without inputs', { w: [[0.5]], post: [1] }, 'STDP: cell.pre is missing'],
    ['without outputs', { w: [[0.5]], pre: [1] }, 'STDP: cell.post is missing'],
    ['of layers of two ranks', { ...cell, post: [1, 1] }, 'STDP: cell.post must have 1 axes, got [1, 1]'],
    ['of layers that are no shapes', { ...cell, pre: 1 }, 'STDP: cell.pre must be a shape'],
    ['with a field that is none', { ...cell, bound: {} }, 'STDP: cell.bound is not part of a cell'],
    ['with bounds that are none', { ...cell, bounds: { uper: {} } }, 'STDP: bounds.uper is not a bound'],
    ['of no topology', { ...cell, topology: 'dense' }, 'STDP: topology must be a topology'],
    ['of nothing', null, 'STDP: cell must be a record { w, pre, post }, got null'],
  ])('%s is refused when it is registered', (_, given, message) => {
    refused(() => trainer().registerCell('a', given as never), message);
  });

  it('needs a name, and is asked for by it', () => {
    refused(() => trainer().registerCell(1 as never, cell), 'STDP: name must be a text, got 1');
    refused(() => trainer().step(null as never, input), 'STDP: cell must be a unit or its name, got null');
    refused(() => trainer().train('off' as never), `STDP: on must be true or false, got "off"`);
  });
});

it('a trainer wants a rule: not checked parameters, not what was never unpacked', () => {
  refused(() => new Trainer('Mine', {} as never), 'Mine: makeRule must be a function');
  refused(
    () => new Trainer('Mine', validatePairStdpParams as never),
    'Mine: rule must be a learning rule such as pairStdp(), got { _tag: "Right"',
  );
  refused(() => new Trainer('Mine', () => 5 as never), 'Mine: rule must be a learning rule such as pairStdp(), got 5');
  for (const unnamed of [5, undefined, null])
    refused(() => new TrainerUnit(unnamed as never, pairStdp(), cell), 'TrainerUnit: name must be a text, got');
  refused(() => new TrainerUnit('a', {} as never, cell), 'TrainerUnit: rule must be a learning rule');
});

describe('what was disposed', () => {
  it.each<[string, () => { dispose(): void }, (object: never) => readonly (() => unknown)[]]>([
    [
      'AdaptiveThreshold',
      () => new AdaptiveThreshold(1, [1, 1]),
      (object: AdaptiveThreshold) => [
        () => object.update(map),
        () => object.getThresholds(),
        () => object.firingRates(),
        () => object.resetStatistics(),
        () => object.resetAll(),
      ],
    ],
    [
      'ConvergenceTracker',
      () => new ConvergenceTracker(1, [1, 1]),
      (object: ConvergenceTracker) => [
        () => object.update(map),
        () => object.winCounts(),
        () => object.convergedMask(),
        () => object.reset(),
      ],
    ],
    [
      'WTAInhibition',
      () => new WTAInhibition({}, 1, [1, 1]),
      (object: WTAInhibition) => [
        () => object.forward(map, map),
        () => object.getThresholds(),
        () => object.getWinnerMask(),
        () => object.resetStatistics(),
      ],
    ],
    [
      'EligibilitySTDP',
      () => new EligibilitySTDP(layer),
      (object: EligibilitySTDP) => [
        () => object.updateState({ hidden: input }),
        () => object.step(),
        () => object.weights('hidden'),
        () => object.state('hidden'),
        () => object.resetState(),
      ],
    ],
  ])('%s says so', (name, make, uses) => {
    const object = make();
    object.dispose();
    for (const use of uses(object as never)) refused(use, `${name}: the object was disposed: make a new one`);
  });
});

describe('LearningRule', () => {
  class Mine extends LearningRule<object, { rate: number }> {
    gives: unknown = 1;
    protected override nextState = () => ({});
    protected override change = () => this.gives as tf.Tensor;
  }

  it.each<[string, () => unknown, string]>([
    [
      'no layers',
      () => new EligibilitySTDP(null as never),
      'EligibilitySTDP: layers must be a record of layers by name, got null',
    ],
    ['a layer that is none', () => new FedeSTDP({ a: 5 } as never), 'FedeSTDP: layers.a must be a record'],
    [
      'a field that is none',
      () => new FedeSTDP({ a: { ...cellOf(), param: {} } } as never),
      'FedeSTDP: layers.a.param is not known',
    ],
    [
      "a layer's parameter",
      () => new EligibilitySTDP({ a: { ...cellOf(), params: { dt: 0 } } }),
      'EligibilitySTDP: dt must be a number > 0, got 0',
    ],
    ['parameters of no record', () => new EligibilitySTDP(layer, 5 as never), 'EligibilitySTDP: params must be a record'],
  ])('refuses %s', (_, call, message) => {
    refused(call, message);
  });

  it('refuses activity, rewards and changes that are none, and takes none of it in', async () => {
    const rule = new EligibilitySTDP({ a: cellOf(), b: cellOf() });
    refused(() => rule.updateState(null as never), 'EligibilitySTDP: activity must be a record');
    refused(() => rule.updateState({ a: input, b: { pre: [1, 2], post: [1] } }), 'EligibilitySTDP: b.pre has 2 columns');
    expect(rule.state('a')).toEqual(none);
    refused(() => rule.updateState({ a: { ...input, reward: 1 } as never }), 'EligibilitySTDP: a.reward is not known');
    refused(() => rule.step('1' as never), 'EligibilitySTDP: reward must be a finite number, got "1"');
    rule.dispose();
    const mine = new Mine(layer, { rate: 1 });
    mine.updateState({ hidden: input });
    refused(() => mine.step(), 'Mine: change of hidden must give a tensor [1, 1], gave 1');
    mine.dispose();
  });

  it('leaves tensors among its parameters to their owner', () => {
    const etaPlus = tf.scalar(0.1);
    new EligibilitySTDP(layer, { etaPlus }).dispose();
    expect(etaPlus.isDisposed).toBe(false);
  });

  it('learns nothing from a batch of no samples', async () => {
    const rule = new EligibilitySTDP(layer);
    rule.updateState({ hidden: { pre: tf.zeros([0, 1]), post: tf.zeros([0, 1]) } });
    rule.step();
    expect(await rule.weights('hidden').array()).toEqual([[0.5]]);
    rule.dispose();
  });
});

it('a class without a name is told of as a LearningRule', () => {
  const classes = [
    class extends LearningRule<object, object> {
      protected override nextState = () => ({});
      protected override change = () => tf.zeros([1, 1]);
    },
  ];
  const Nameless = classes[0] ?? expect.fail();
  expect(Nameless.name).toBe('');
  refused(() => new Nameless(layer, 5 as never), /^LearningRule: defaults must be a record/);
  refused(() => new Nameless({}, {}), /^LearningRule: layers is empty/);
});

describe('STDPLearner', () => {
  it('has converged between its own bounds', async () => {
    const learner = new STDPLearner({ wMin: 0, wMax: 10, weightInitMean: 5 });
    expect(await learner.hasConverged([5])).toBe(false);
    expect(await learner.getConvergence([5])).toBeCloseTo(0.25, 6);
    expect(await learner.hasConverged([0, 10])).toBe(true);
  });

  it('may inhibit: bounds below 0', async () => {
    const learner = new STDPLearner({ wMin: -1, wMax: 0, weightInitMean: -0.8 });
    const w = learner.initializeWeights([2, 2, 1]);
    const changed = await learner.updateWeightsForWinner(w, tf.zeros([3, 3, 1]), 1, 0, 0, 2);
    expect((await tf.max(changed).data())[0]).toBeLessThan(0);
    expect((await tf.min(tf.sub(changed, w)).data())[0]).toBeGreaterThan(0);
  });

  it('leaves nothing when weights are not finite', async () => {
    const [learner, w, times] = [new STDPLearner(), tf.fill([1, 1, 1], Number.NaN), tf.zeros([1, 1, 1])];
    const before = tf.memory().numTensors;
    await expect(learner.updateWeightsForWinner(w, times, 1, 0, 0, 1)).rejects.toThrow('STDPLearner: w holds NaN or Infinity');
    expect(tf.memory().numTensors).toBe(before);
    expect(learner.updateCount).toBe(0);
  });

  it.each<[() => unknown, string]>([
    [() => new STDPLearner().initializeWeights(5 as never), 'STDPLearner: shape must be a shape'],
    [() => new STDPLearner().initializeWeights([1], 'seed' as never), 'STDPLearner: seed must be an integer ≥ 0'],
    [() => new STDPLearner(0.004 as never), 'STDPLearner: params must be a record, got 0.004'],
    [
      () => stdpConfigFromPaper(2018 as never),
      "stdpConfigFromPaper: paper must be one of 'kheradpisheh2018', 'igarss2023', got 2018",
    ],
  ])('%s is refused', (call, message) => {
    refused(call, message);
  });
});

it.each<[string, () => unknown, string]>([
  ['maps', () => new AdaptiveThreshold(0.5, [1, 1]), 'AdaptiveThreshold: nChannels must be an integer ≥ 1, got 0.5'],
  ['one side', () => new AdaptiveThreshold(1, 5 as never), 'AdaptiveThreshold: spatialShape must be [height, width], got 5'],
  ['sides', () => new ConvergenceTracker(1, [1, -1]), 'ConvergenceTracker: spatialShape must be an integer ≥ 1, got -1'],
  ['a layer', () => new WTAInhibition({}, 1, [1] as never), 'WTAInhibition: spatialShape must be [height, width], got [1]'],
])('sizes that are none are refused: %s', (_, call, message) => {
  refused(call, message);
});

// Forty million neurons are quick on wasm alone, and counted in the same way everywhere.
it.runIf(targetBackend === 'wasm')(
  'counts of a competition go on beyond 2^24',
  async () => {
    const wta = new WTAInhibition({ enableHomeostasis: false, mode: 'local', localRadius: 0 });
    const many = tf.ones([2, 2049, 2048, 1]);
    for (let count = 0; count < 5; count++) tf.dispose({ ...wta.forward(many, many) });
    const one = tf.ones([1, 1, 1, 1]);
    for (let count = 0; count < 3; count++) tf.dispose({ ...wta.forward(one, one) });
    expect((await wta.statistics()).totalSpikes).toBe(5 * 2 * 2049 * 2048 + 3);
    wta.dispose();
  },
  60_000,
);

it('a rule that is made by hand serves a unit', async () => {
  const unit = new TrainerUnit('a', pairStdp({ etaPlus: 0.1, etaMinus: 0, integration: 'exact' }), cell);
  unit.step(input);
  unit.apply();
  const [w] = await unit.getParameter().data();
  expect(w).toBeCloseTo(0.6, 6);
  unit.dispose();
});
