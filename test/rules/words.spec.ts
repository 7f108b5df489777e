import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import * as lib from '../../src/entries/everything.js';

/** Every rule by its function, and the words that its parameters know. */
const words: readonly (readonly [
  name: string,
  make: (params?: object) => lib.Rule<object>,
  words: { readonly [param: string]: readonly string[] },
])[] = [
  [
    'pairStdp',
    (params) => lib.pairStdp(params),
    {
      traceMode: ['cumulative', 'nearest'],
      integration: ['exact', 'euler'],
      coincidence: ['both', 'potentiation', 'depression', 'none'],
      weightDependence: lib.weightDependences,
      batchReduction: ['sum', 'mean', 'max'],
    },
  ],
  [
    'twoFactorStdp',
    (params) => lib.twoFactorStdp(params),
    {
      traceMode: ['cumulative', 'nearest'],
      interpolation: ['previous', 'nearest'],
      batchReduction: ['sum', 'mean', 'max'],
    },
  ],
  [
    'tripletStdp',
    (params) => lib.tripletStdp(params),
    {
      traceMode: ['cumulative', 'nearest'],
      slowTrace: ['before', 'previous'],
      interpolation: ['previous', 'nearest'],
      batchReduction: ['sum', 'mean', 'max'],
    },
  ],
  [
    'eligibilityStdp',
    (params) => lib.eligibilityStdp(params),
    {
      traceMode: ['cumulative', 'nearest'],
      integration: ['exact', 'euler'],
      coincidence: ['both', 'potentiation', 'depression', 'none'],
      readout: ['present', 'previous'],
      positions: ['sum', 'mean'],
      batchReduction: ['sum', 'mean', 'max'],
    },
  ],
  [
    'fedeStdp',
    (params) => lib.fedeStdp(params),
    {
      traceMode: ['cumulative', 'nearest'],
      integration: ['exact', 'euler'],
      gate: ['spike', 'always'],
      normalization: ['sample', 'batch'],
      positions: ['sum', 'mean'],
      batchReduction: ['sum', 'mean', 'max'],
    },
  ],
  [
    'symmetricStdp',
    (params) => lib.symmetricStdp(params),
    { coincidence: ['once', 'both', 'none'], traceMode: ['cumulative', 'nearest'], batchReduction: ['sum', 'mean', 'max'] },
  ],
  ['clopathStdp', (params) => lib.clopathStdp(params), { batchReduction: ['sum', 'mean', 'max'] }],
  [
    'homeostasis',
    (params) => lib.homeostasis(params),
    { parameter: ['weight', 'delay'], batchReduction: ['sum', 'mean', 'max'] },
  ],
  ['latencyStdp', (params) => lib.latencyStdp(params), { weightDependence: ['soft', 'additive'] }],
  ['rewardStdp', (params) => lib.rewardStdp(params), { weightDependence: ['soft', 'additive'] }],
  [
    'delayAdjustedStdp',
    (params) => lib.delayAdjustedStdp(params),
    { gate: ['spike', 'always'], batchReduction: ['sum', 'mean', 'max'] },
  ],
  ['delayAdjustedStdpDelay', (params) => lib.delayAdjustedStdpDelay(params), { batchReduction: ['sum', 'mean', 'max'] }],
  ['delayAdjustedKernelStdp', (params) => lib.delayAdjustedKernelStdp(params), { batchReduction: ['sum', 'mean', 'max'] }],
  [
    'delayAdjustedKernelStdpDelay',
    (params) => lib.delayAdjustedKernelStdpDelay(params),
    { batchReduction: ['sum', 'mean', 'max'] },
  ],
  ['kernelStdp', (params) => lib.kernelStdp(params), { interpolation: ['previous', 'nearest'] }],
  ['mstdp', (params) => lib.mstdp(params), {}],
  ['mstdpet', (params) => lib.mstdpet(params), {}],
];

describe.each(words)('%s', (name, make, known) => {
  it('says its name when it refuses a parameter', () => {
    expect(() => make({ nonsense: 1 })).toThrow(`${name}: nonsense is not a parameter`);
    expect(() => make(5 as never)).toThrow(`${name}: params must be a record, got 5`);
    expect(make().name).toBe(name);
  });

  it.each(Object.entries(known))('knows the words of %s, and no other', (param, all) => {
    for (const word of all) expect(make({ [param]: word }).params).toHaveProperty(param, word);
    const { message } = caught(() => make({ [param]: 'nonsense' }));
    expect(message).toContain(`${name}: ${param} must be one of ${all.map((word) => `'${word}'`).join(', ')}`);
    expect(() => make({ [param]: '' })).toThrow(`${name}: ${param} must be one of`);
  });
});

function caught(run: () => unknown): Error {
  try {
    run();
  } catch (reason) {
    return reason as Error;
  }
  return new Error('nothing was thrown');
}

describe('a rule of one’s own says what its definition lacks', () => {
  const whole = { name: 'mine', params: {}, init: () => ({}), delta: () => [{ potentiation: [], depression: [] }, {}] };
  it.each<[string, object]>([
    ['makeRule: definition must be a record, got 5', 5 as never],
    ['makeRule: definition.name must be a text, got 5', { ...whole, name: 5 }],
    ['makeRule: definition.params must be a record, got 5', { ...whole, params: 5 }],
    ['makeRule: definition.init must be a function, got 5', { ...whole, init: 5 }],
    ['makeRule: definition.delta must be a function, got 5', { ...whole, delta: 5 }],
  ])('%s', (message, definition) => {
    expect(() => lib.makeRule(definition as never)).toThrow(message);
  });
});

describe('homeostasis', () => {
  it.each([
    ['weight', 0.7],
    ['delay', 0.3],
  ] as const)('a silent neuron raises its %s where that helps it, and lowers it where it hinders', async (parameter, wanted) => {
    const rule = lib.homeostasis({ parameter, target: 0.5, plasticity: 0.2, wMin: 0, wMax: 1 });
    const [silent] = rule.step({ pre: [0], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
    expect((await silent.data())[0]).toBeCloseTo(wanted, 5);
    const [busy] = rule.step({ pre: [0], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
    expect((await busy.data())[0]).toBeCloseTo(1 - wanted, 5); // a rate of 1 is as far above the target as 0 is below
  });
});

describe('eligibility', () => {
  it('is the sum over the positions of a convolution, or their mean', async () => {
    const change = async (positions: 'sum' | 'mean') => {
      const rule = lib.eligibilityStdp({ positions, etaPlus: 0.1, etaMinus: 0, coincidence: 'both' }, lib.conv2d());
      const state = rule.init({ pre: [1, 2, 2, 1], post: [1, 2, 2, 1], w: [1, 1, 1, 1] });
      const [, next] = rule.step({ pre: tf.ones([1, 2, 2, 1]), post: tf.ones([1, 2, 2, 1]) }, tf.zeros([1, 1, 1, 1]), state);
      return (await (next as { readonly eligibility: tf.Tensor }).eligibility.data())[0] ?? Number.NaN;
    };
    expect((await change('sum')) / (await change('mean'))).toBeCloseTo(4, 5);
  });
});
