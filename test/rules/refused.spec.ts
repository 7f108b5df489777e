import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import * as lib from '../../src/entries/everything.js';
import { fedeUpdate } from '../../src/rules/homeostasis/fedeStdp.js';

const named = lib as unknown as { readonly [rule: string]: (params: object) => unknown };
const pairs = lib.pairStdp();
const shapes = { pre: [2], post: [1], w: [2, 1] };
const spikes = { pre: [1, 0], post: [1] };
const w = [[0.5], [0.5]];
/** A step after which both layers have fired. */
const stepTwice = (rule: lib.Rule<object>) => rule.step(spikes, ...rule.step(spikes, w, rule.init(shapes)));

describe('a window function of one’s own is told by the name of its rule', () => {
  const params = { kernelPost: () => 5 as never };
  it.each([
    ['kernelStdp', () => lib.kernelStdp(params)],
    ['delayAdjustedKernelStdp', () => lib.delayAdjustedKernelStdp(params)],
    ['delayAdjustedKernelStdpDelay', () => lib.delayAdjustedKernelStdpDelay(params)],
  ])('%s', (name, make) => {
    expect(() => stepTwice(make())).toThrow(`${name}: kernelPost must give a tensor`);
  });
});

describe('bounds that cross are told by the name of the rule', () => {
  it.each(['clopathStdp', 'pairStdp', 'productRule', 'fedeStdp', 'eligibilityStdp', 'tripletStdp', 'twoFactorStdp'] as const)(
    '%s',
    (name) => {
      const params = { wMin: 0.9, wMax: 0.1, ...(name === 'productRule' && { dw: 'dw = x1 * y0' }) };
      expect(() => named[name]?.(params)).toThrow(`${name}: wMin`);
    },
  );
});

describe('what a state remembers is finite, but for ages', () => {
  const shapes = { pre: [2], post: [1], w: [2, 1] };
  it.each(lib.ruleNames)('%s', (name) => {
    const rule = lib.ruleFromJSON({ rule: name, params: {}, topology: { type: 'dense' } }) as unknown as lib.Rule<
      Readonly<Record<string, tf.Tensor>>
    >;
    const state = rule.init(shapes);
    const more = {
      ...(name.startsWith('delayAdjusted') && rule.reads.includes('delay') && { delay: [[1], [1]] }),
      ...(rule.reads.includes('reward') && { reward: 1 }),
      ...(rule.reads.includes('voltage') && { voltage: [-60] }),
    };
    for (const [field, tensor] of Object.entries(state)) {
      const endless = tensor.shape.reduceRight<unknown>(
        (row, size) => Array.from({ length: size }, () => row),
        Number.POSITIVE_INFINITY,
      );
      const step = () => rule.step({ ...spikes, ...more }, w, { ...state, [field]: endless as never });
      if (field.startsWith('age')) expect(step).not.toThrow();
      else expect(step).toThrow(`${name}: state.${field} holds Infinity, which is not a finite float32`);
    }
  });
});

it.each(['eligibilityStdp', 'mstdpet', 'rewardStdp'] as const)('%s: a state that no memory holds is refused by name', (name) => {
  const rule = lib.ruleFromJSON({ rule: name, params: {}, topology: { type: 'dense' } });
  expect(() => rule.init({ pre: [1e6], post: [1e6] })).toThrow(`${name}: shapes [1000000, 1000000] holds 1000000000000 values`);
});

describe('what is wrong is named', () => {
  const half = { kernel: 'exponential', eta: 1, tau: 20 } as const;
  const x = [0.5, 1] as unknown as tf.Tensor;
  it.each<[string, () => unknown]>([
    [
      'eligibilityStdp: post has 2 columns',
      () => lib.eligibilityStdp().step({ ...spikes, post: [1, 1] }, w, lib.eligibilityStdp().init(shapes)),
    ],
    [
      'eligibilityStdp: post is not a tensor',
      () => lib.eligibilityStdp().step({ ...spikes, post: 'x' as never }, w, lib.eligibilityStdp().init(shapes)),
    ],
    [
      'pairStdp: input.delay is not read by this rule, which reads pre, post',
      () => pairs.step({ ...spikes, delay: w }, w, pairs.init(shapes)),
    ],
    [
      'kernelStdp: input.voltage is not read by this rule, which reads pre, post, delay',
      () => lib.kernelStdp().step({ ...spikes, voltage: [1] }, w, lib.kernelStdp().init(shapes)),
    ],
    ['productRule: dw must be a text, got 5', () => lib.productRule({ dw: 5 as never })],
    ["productRule: dw needs a number, a variable or '(' at position 6, got the end", () => lib.productRule({ dw: 'dw = ' })],
    ["got '§'", () => lib.productRule({ dw: 'dw = §' })],
    ['stepOf: rule must be a rule, such as pairStdp(), got 5', () => lib.stepOf(5 as never)],
    [
      'pairStdp: options.donate must be true or false, got 5',
      () => pairs.step(spikes, w, pairs.init(shapes), { donate: 5 as never }),
    ],
    ['pairStdp: options must be a record, got 5', () => pairs.step(spikes, w, pairs.init(shapes), 5 as never)],
    [
      'pairStdp: options.other is not an option; known is donate',
      () => pairs.step(spikes, w, pairs.init(shapes), { other: 1 } as never),
    ],
    ['stdpKernel: kernel must be', () => lib.stdpKernel({ ...half, tau: undefined as never }, x, 'post')],
    ['(kernel: tau must be', () => lib.stdpKernel({ ...half, tau: -1 }, x, 'post')],
    ['stdpKernel: side must be one of', () => lib.stdpKernel(half, x, 'both' as never)],
    ['stdpKernel: difference is not a tensor', () => lib.stdpKernel(half, 'x' as never, 'post')],
    ['stdpKernel: kernel must give a tensor [2], gave 5', () => lib.stdpKernel(() => 5 as never, x, 'post')],
    ['stdpKernel: kernel gave shape [3], needs [2]', () => lib.stdpKernel(() => tf.ones([3]), x, 'post')],
    ['stdpKernel: kernel must give a tensor [], got', () => lib.stdpKernel({ ...half, eta: tf.ones([2]) }, 1 as never, 'post')],
    ['decayStdpState: state must be { tPre, tPost }, got 5', () => lib.decayStdpState(5 as never, [1], [1])],
    ['decayStdpState: state.tPre', () => lib.decayStdpState({ tPre: 'x', tPost: x } as never, [1, 1], [1, 1])],
    ['decayStdpState: state.tPost', () => lib.decayStdpState({ tPre: x, tPost: 'x' } as never, [1, 1], [1, 1])],
  ])('%s', (message, call) => {
    expect(call).toThrow(message);
  });

  it.each<[string, unknown]>([
    ['must be a rule, such as pairStdp(), got 5', 5],
    ['must be a rule, such as pairStdp(), got { init: a function }', { init: () => ({}) }],
    ['must be a rule, such as pairStdp(), got { delta: a function }', { delta: () => ({}) }],
    ['must be a rule, such as pairStdp(), got a function; rules by winners have no window', () => 1],
  ])('stdpWindow: rule %s', async (message, rule) => {
    await expect(lib.stdpWindow(rule as never)).rejects.toThrow(`stdpWindow: rule ${message}`);
  });

  it.each<[string, object]>([
    ['range must be a number > 0 in ms, got 0', { range: 0 }],
    ['dt must be a number > 0 in ms, got 0', { dt: 0 }],
    ['after must be a number ≥ 0 in ms, got -1', { after: -1 }],
    ['rewardIn must be one of', { rewardIn: 'never' }],
    ['w0 must lie within the bounds of the rule, 0 to 1, got 2', { w0: 2 }],
  ])('stdpWindow: %s', async (message, options) => {
    await expect(lib.stdpWindow(pairs, options)).rejects.toThrow(`stdpWindow: ${message}`);
  });

  it.each<[string, number[]]>([
    ['winnerMask has shape [1, 1], needs [1, height, width, 1]', [1, 1]],
    ['winnerMask has shape [1, 2, 1, 1], postTimes have [1, 1, 1, 1]', [1, 2, 1, 1]],
  ])('computeStdpBatchUpdate: %s', async (message, shape) => {
    const times = tf.ones([1, 1, 1, 1]);
    const update = lib.computeStdpBatchUpdate(times, times, tf.fill([1, 1, 1, 1], 0.5), { winnerMask: tf.ones(shape) });
    await expect(update).rejects.toThrow(`computeStdpBatchUpdate: ${message}`);
  });
});

it('a batch update is the mean over the updates of each map, whatever the others have', async () => {
  const times = (time: number, maps: number) => tf.fill([1, 1, 2, maps], time);
  const winnerMask = tf.tensor4d([0, 1, 1, 1], [1, 1, 2, 2]);
  const changes = await lib.computeStdpBatchUpdate(tf.fill([1, 1, 1, 2], 0.5), times(0, 1), times(1, 2), { winnerMask });
  const [once = Number.NaN, twice] = await changes.data();
  expect(once).toBeGreaterThan(0);
  expect(twice).toBeCloseTo(once, 7);
});

describe('fedeUpdate', () => {
  it('is what its example says, the mean over samples and positions', async () => {
    const params = { etaPlus: 0.1, etaMinus: 0.1 };
    const [change] = await fedeUpdate([[0.5]], [[[[3]]]], params).data();
    expect(change).toBeCloseTo(0.5 + 0.1 * (Math.E - 1), 5);
    expect(fedeUpdate(tf.zeros([2, 3]), tf.zeros([0, 1, 2, 3])).shape).toEqual([2, 3]);
    const [second] = await fedeUpdate([[0.5]], [[[[3]]], [[[1]]]], params).data();
    const [raised, lowered] = [Math.E + Math.exp(1 / 3) - 2, Math.exp(2 / 3) - 1]; // of both samples, by the largest of all
    expect(second).toBeCloseTo(0.5 + (0.1 * (raised - lowered)) / 2, 5);
  });

  it.each([
    [2, 3],
    [1, 2, 4, 3],
  ])('takes a rate per output, of weights %i × %i …', (...shape) => {
    expect(fedeUpdate(tf.zeros(shape), tf.ones([1, 1, ...shape]), { etaPlus: [1, 2, 3] }).shape).toEqual(shape);
  });

  it.each<[string, () => unknown]>([
    ['fedeUpdate: trace has shape [1], needs [batch, positions, ]', () => fedeUpdate(0.5, [1])],
    [
      'fedeUpdate: trace has shape [1, 1, 2, 1], needs [batch, positions, 2, 2]',
      () => fedeUpdate(tf.zeros([2, 2]), tf.zeros([1, 1, 2, 1])),
    ],
    ['fedeUpdate: trace has shape [1, 2, 2], needs', () => fedeUpdate(tf.zeros([2, 2]), tf.zeros([1, 2, 2]))],
    ['fedeUpdate: trace has shape [], needs [batch, positions, ]', () => fedeUpdate(0.5, 1)],
    ['fedeUpdate: trace has shape [1, 1], needs [batch, positions, ]', () => fedeUpdate(0.5, [[1]])],
    ['fedeUpdate: etaPlus has 3 values', () => fedeUpdate(tf.zeros([2, 2]), tf.zeros([1, 1, 2, 2]), { etaPlus: [1, 2, 3] })],
    ['fedeUpdate: nonsense is not a parameter', () => fedeUpdate([[0.5]], [[[[3]]]], { nonsense: 1 } as never)],
  ])('%s', (message, call) => {
    expect(call).toThrow(message);
  });
});
