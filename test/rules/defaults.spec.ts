import * as tf from '@tensorflow/tfjs-core';
import { isLeft } from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import * as lib from '../../src/entries/everything.js';

const named = lib as unknown as { readonly [name: string]: unknown };
type Validate = (given?: object) => lib.Validated<object>;

describe('validators of parameters', () => {
  it.each(lib.ruleNames)('of %s: speak in the name of the rule, and fill in the defaults', (rule) => {
    const validate = named[`validate${rule.charAt(0).toUpperCase()}${rule.slice(1)}Params`] as Validate;
    const refused = () => {
      const result = validate({ nonsense: 1 });
      return isLeft(result) ? result.left.message : 'nothing was refused';
    };
    expect(refused()).toContain(`${rule}: nonsense is not a parameter`);
    expect(validate()).toMatchObject({ right: named[`${rule}Defaults`] });
  });
});

describe('what is wrong is named', () => {
  const [counts, product] = [lib.noOutcomes, { pre: [2], post: [2], w: [2, 2] }];
  it.each<[string, () => unknown]>([
    ['initStdpState: preShape', () => lib.initStdpState([-1], [1])],
    ['initStdpState: postShape', () => lib.initStdpState([1], [-1])],
    ['countOutcome: outcome must be', () => lib.countOutcome(counts, 'won' as never)],
    ['countOutcome: counts must be a record, got 5', () => lib.countOutcome(5 as never, 'hit')],
    ['countOutcome: hit must be an integer ≥ 0', () => lib.countOutcome({ ...counts, hit: -1 }, 'hit')],
    ['rewardOf: outcome must be', () => lib.rewardOf('won' as never, counts)],
    ['rewardOf: counts must be a record, got 5', () => lib.rewardOf('hit', 5 as never)],
    ['rewardOf: miss must be an integer ≥ 0', () => lib.rewardOf('hit', { ...counts, miss: 0.5 })],
    [
      'productRule: tauX1 has 3 values',
      () => {
        const rule = lib.productRule({ dw: 'dw = 0.1 * x1 * y0', tauX1: [1, 2, 3] });
        return rule.step({ pre: [1, 0], post: [1, 1] }, tf.zeros([2, 2]), rule.init(product));
      },
    ],
  ])('%s', (message, call) => {
    expect(call).toThrow(message);
  });
});

it('outcomes: counted, and rewarded by the share of the opposite ones', () => {
  let counts = lib.noOutcomes;
  for (const outcome of ['hit', 'hit', 'miss', 'silent'] as const) counts = lib.countOutcome(counts, outcome);
  expect(counts).toEqual({ hit: 2, miss: 1, silent: 1 });
  expect([lib.rewardOf('hit', counts), lib.rewardOf('miss', counts), lib.rewardOf('silent', counts)]).toEqual([0.25, -0.5, 0]);
  expect([lib.rewardOf('hit', lib.noOutcomes), lib.rewardOf('miss', lib.noOutcomes)]).toEqual([1, -1]);
});

it('a product rule takes a time constant per input of the inputs, and one per output of the outputs', async () => {
  const rule = lib.productRule({ dw: 'dw = 0.5 * x1 * y0 - 0.25 * x0 * y1', tauX1: [1, 2], tauY1: [3, 4, 5] });
  const state = rule.init({ pre: [2], post: [3], w: [2, 3] });
  expect(rule.step({ pre: [1, 0], post: [1, 0, 1] }, tf.zeros([2, 3]), state)[0].shape).toEqual([2, 3]);
});

it('a reward is one number, or one per sample', async () => {
  const rule = lib.rewardStdp();
  const shapes = { pre: [2, 1], post: [2, 1], w: [1, 1] };
  const changed = async (reward: number | readonly number[]) => {
    const input = { pre: [[1], [1]], post: [[1], [1]], reward: typeof reward === 'number' ? reward : tf.tensor1d([...reward]) };
    return (await rule.step(input, [[0.5]], rule.init(shapes))[0].data())[0] ?? Number.NaN;
  };
  expect(await changed(1)).toBeCloseTo(await changed([1, 1]), 6);
  expect(await changed(-1)).toBeCloseTo(await changed([-1, -1]), 6);
  expect(await changed(1)).not.toBeCloseTo(await changed(-1), 6);
});

describe('by default, post after pre raises and pre after post lowers', () => {
  const hebbian = ['pairStdp', 'twoFactorStdp', 'kernelStdp', 'delayAdjustedStdp', 'delayAdjustedKernelStdp'];
  it.each(hebbian)('%s', async (name) => {
    const rule = (named[name] as () => lib.Rule<object>)();
    const change = async (first: lib.RuleInput, second: lib.RuleInput) => {
      const before = rule.step(first, [[0.5]], rule.init({ pre: [1], post: [1], w: [1, 1] }));
      return ((await rule.step(second, ...before)[0].data())[0] ?? Number.NaN) - 0.5;
    };
    const [pre, post] = [
      { pre: [1], post: [0] },
      { pre: [0], post: [1] },
    ];
    expect(await change(pre, post)).toBeGreaterThan(0);
    expect(await change(post, pre)).toBeLessThan(0);
  });
});
