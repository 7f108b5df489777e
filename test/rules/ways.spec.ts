import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { kernelsOnHost } from '../../src/kernels/tensors/current.js';
import { presentIn, presentInSides } from '../../src/rules/coincidence.js';
import { pairConstantsOf, seriesOf } from '../../src/rules/fastPath.js';
import { kernelStdp } from '../../src/rules/lastSpike/kernelStdp.js';
import { latencyStdpWinners } from '../../src/rules/latency/latencyStdpWinners.js';
import { makeRule } from '../../src/rules/makeRule.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import type { StdpState } from '../../src/rules/pair/stdpState.js';
import type { RuleInput } from '../../src/rules/ruleInput.js';
import { clopathStdp } from '../../src/rules/voltage/clopathStdp.js';

const shapes = { pre: [3], post: [2], w: [3, 2] };
const trains = (pre: number, post: number) => ({ pre: tf.ones([pre, 3]), post: tf.ones([post, 2]) });

describe('the faster ways of a rule', () => {
  const rule = pairStdp();
  const w = () => tf.fill([3, 2], 0.5);

  it('are its own, and those of a copy with the same step; not those of one with another', () => {
    expect([seriesOf(rule), pairConstantsOf(rule)].map((way) => way === undefined)).toEqual([false, false]);
    expect([seriesOf({ ...rule }), pairConstantsOf({ ...rule })]).toEqual([seriesOf(rule), pairConstantsOf(rule)]);
    const other = { ...rule, step: ((...given) => rule.step(...given)) as typeof rule.step };
    expect([seriesOf(other), pairConstantsOf(other)]).toEqual([undefined, undefined]);
  });

  it('take a whole series at once, where the trains are of one length and there is something', () => {
    const takes = (input: unknown) => seriesOf<StdpState>(rule)?.(input as RuleInput, w(), rule.init(shapes)) !== undefined;
    expect(takes(trains(4, 4))).toBe(kernelsOnHost());
    expect([trains(4, 5), trains(0, 0), 5, { pre: tf.scalar(1), post: tf.scalar(1) }].map(takes)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('take a step at once', async () => {
    const state = rule.init(shapes);
    const { kernelNames } = await tf.profile(() => rule.step({ pre: tf.ones([3]), post: tf.ones([2]) }, w(), state)[0]);
    expect(kernelNames.includes('BatchMatMul')).toBe(!kernelsOnHost());
  });

  it('leave layers of no neurons alone', async () => {
    const empty = { pre: [0], post: [2], w: [0, 2] };
    const [next, state] = rule.step({ pre: tf.zeros([0]), post: tf.ones([2]) }, tf.zeros([0, 2]), rule.init(empty));
    expect([next.shape, state.tPre.shape]).toEqual([[0, 2], [0]]);
    expect((await state.tPost.data())[0]).toBeGreaterThan(0);
  });
});

it('present spikes are read by the halves that a coincidence counts in', () => {
  expect((['both', 'pre', 'post', 'none'] as const).map(presentIn)).toEqual([
    { pre: true, post: true },
    { pre: false, post: true },
    { pre: true, post: false },
    { pre: false, post: false },
  ]);
  expect((['both', 'potentiation', 'depression', 'none'] as const).map(presentInSides)).toEqual([
    { pre: true, post: true },
    { pre: true, post: false },
    { pre: false, post: true },
    { pre: false, post: false },
  ]);
});

describe('clopathStdp', () => {
  it('remembers as many potentials as the delay has steps, after the axis of the batch', () => {
    const rule = clopathStdp({ delay: 2, dt: 0.5 });
    const history = (pre: number[], post: number[]) =>
      Object.entries(rule.init({ pre, post, w: [3, 2] })).flatMap(([name, value]) =>
        name === 'uHistory' || name === 'uHistoryPost' ? [(value as tf.Tensor).shape] : [],
      );
    expect(history([3], [2])).toEqual([[4, 2]]);
    expect(history([5, 3], [5, 2])).toEqual([[5, 4, 2]]);
  });

  it('takes a time constant per input', () => {
    const rule = clopathStdp({ tauPre: [1, 2, 3] });
    const input = { pre: tf.ones([3]), post: tf.ones([2]), voltage: tf.zeros([2]) };
    expect(rule.step(input, tf.zeros([3, 2]), rule.init(shapes))[0].shape).toEqual([3, 2]);
    const other = clopathStdp({ tauPre: [1, 2] });
    expect(() => other.step(input, tf.zeros([3, 2]), other.init(shapes))).toThrow('clopathStdp: tauPre has 2 values');
  });
});

describe('what is wrong is named', () => {
  const winner = { channel: 0, y: 0, x: 0, time: 1 };
  const learn = (winners: unknown) => () => latencyStdpWinners(tf.ones([1, 1, 1, 1]), tf.ones([1, 1, 1]), winners as never);
  it.each<[string, () => unknown]>([
    [
      'kernelStdp: delay came, but maxDelay is 0',
      () => {
        const rule = kernelStdp();
        return rule.step(
          { ...trains(1, 1), delay: tf.zeros([3, 2]) },
          tf.zeros([3, 2]),
          rule.init({ pre: [1, 3], post: [1, 2], w: [3, 2] }),
        );
      },
    ],
    ['latencyStdpWinners: winners must be { channel, y, x, time } each, got 5', learn([5])],
    ['latencyStdpWinners: winners must be what getKWinners found, got 5', learn(5)],
    ['latencyStdpWinners: winners must each have a time in steps', learn([{ ...winner, time: '1' }])],
    ['latencyStdpWinners: winners holds channel 1 at (0, 0), the output has 1 maps of 1 × 1', learn([{ ...winner, channel: 1 }])],
    ['latencyStdpWinners: winners holds channel 0 at (-1, 0)', learn([{ ...winner, y: -1 }])],
    ['latencyStdpWinners: winners holds channel 0 at (0, 0.5)', learn([{ ...winner, x: 0.5 }])],
    [
      'mine: delta must give [delta, state], gave [1]',
      () => {
        const { topology, update } = pairStdp();
        const rule = makeRule({ name: 'mine', params: {}, topology, update, init: () => ({}), delta: () => [1] as never });
        return rule.step(trains(1, 1), tf.zeros([3, 2]), rule.init({ pre: [1, 3], post: [1, 2], w: [3, 2] }));
      },
    ],
  ])('%s', (message, call) => {
    expect(call).toThrow(message);
  });
});

it('a rule that reads nothing but spikes says so', () => {
  expect([pairStdp().reads, kernelStdp().reads]).toEqual([[], ['delay']]);
});
