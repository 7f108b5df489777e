import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { mstdp } from '../../src/rules/reward/mstdp.js';
import { mstdpet } from '../../src/rules/reward/mstdpet.js';
import { conv2d } from '../../src/topologies/conv2d.js';

const first = async (tensor: tf.Tensor) => Number((await tensor.data())[0]);
const start = { pre: [1], post: [1] };

describe('mstdp', () => {
  const rates = { etaPost: 0.1, etaPre: -0.1, tauPre: 10 };
  const pairThen = (reward?: number | tf.Tensor) => {
    const rule = mstdp(rates);
    const between = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init(start));
    return rule.step({ pre: [0], post: [1], ...(reward !== undefined && { reward }) }, ...between)[0];
  };

  it.each([2, 0, -1])('a reward of %f multiplies the change', async (reward) => {
    expect(await first(pairThen(reward))).toBeCloseTo(0.5 + reward * 0.1 * Math.exp(-1 / 10), 6);
    expect(await first(pairThen(tf.scalar(reward)))).toBeCloseTo(await first(pairThen(reward)), 6);
  });

  it('without a reward weights stay and traces advance', async () => {
    const rule = mstdp(rates);
    const [w, { tPre }] = rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init(start));
    expect([await first(w), await first(tPre)]).toEqual([0.5, 1]);
  });

  it('each sample has its own reward, and its own side', async () => {
    const rule = mstdp({ etaPost: 0.1, etaPre: 0, scale: 0.5 });
    const input = { pre: [[1], [1]], post: [[1], [1]], reward: [4, -1] };
    const [delta] = rule.delta(input, [[0.5]], rule.init({ pre: [2, 1], post: [2, 1] }));
    expect(delta.potentiation.length + delta.depression.length).toBe(2);
    const [w] = rule.step(input, [[0.5]], rule.init({ pre: [2, 1], post: [2, 1] }));
    expect(await first(w)).toBeCloseTo(0.5 + 0.1 * 0.5 * (4 - 1), 6);
  });

  it('a mean over samples with rewards divides by the batch, where the peer divides by the entries of each sign', async () => {
    const rule = mstdp({ etaPost: 0.1, etaPre: 0, batchReduction: 'mean' });
    const input = { pre: [[1], [1]], post: [[1], [1]], reward: [4, -1] };
    const [w] = rule.step(input, [[0.5]], rule.init({ pre: [2, 1], post: [2, 1] }));
    expect(await first(w)).toBeCloseTo(0.5 + (0.1 * (4 - 1)) / 2, 6);
  });

  it('refuses rewards of another length', () => {
    const rule = mstdp();
    const step = () => rule.step({ pre: [1], post: [1], reward: [1, 2] }, [[0]], rule.init(start));
    expect(step).toThrow('mstdp: reward must be a finite number or one per sample [1], got [2]');
    expect(() => mstdp({ scale: Number.NaN })).toThrow('mstdp: scale must be a finite number, got NaN');
  });
});

describe('mstdpet', () => {
  const params = { etaPost: 0.1, etaPre: 0, tauPre: 10, tauEligibility: 25 };

  it('a reward reaches the pairs of the past, decayed', async () => {
    const rule = mstdpet(params);
    let [w, state] = rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init(start));
    for (let time = 1; time < 5; time++) [w, state] = rule.step({ pre: [0], post: [0] }, w, state);
    expect(await first(w)).toBe(0.5);
    [w] = rule.step({ pre: [0], post: [0], reward: 3 }, w, state);
    expect(await first(w)).toBeCloseTo(0.5 + (3 * 0.1 * Math.exp(-5 / 25)) / 25, 6);
  });

  it('eligibility that decays at once is mstdp, in units of its time constant', async () => {
    const instant = 1e-3;
    const [fast, plain] = [
      mstdpet({ ...params, tauEligibility: instant, scale: instant }),
      mstdp({ etaPost: 0.1, etaPre: 0, tauPre: 10 }),
    ];
    let a = { w: tf.tensor2d([[0.5]]) as tf.Tensor, state: fast.init(start) };
    let b = { w: tf.tensor2d([[0.5]]) as tf.Tensor, state: plain.init(start) };
    for (const [pre, post] of [
      [1, 0],
      [0, 1],
      [1, 1],
      [0, 0],
    ] as const) {
      const input = { pre: [pre], post: [post], reward: 1 };
      const [wFast, fastState] = fast.step(input, a.w, a.state);
      const [wPlain, plainState] = plain.step(input, b.w, b.state);
      a = { w: wFast, state: fastState };
      b = { w: wPlain, state: plainState };
    }
    expect(await first(a.w)).toBeGreaterThan(0.6);
    expect(await first(a.w)).toBeCloseTo(await first(b.w), 6);
  });

  it('on a convolution init needs the shape of the weights', () => {
    const rule = mstdpet({}, conv2d());
    const shapes = { pre: [4, 4, 1], post: [3, 3, 2] };
    expect(() => rule.init(shapes)).toThrow('mstdpet: shapes.w is missing');
    expect(rule.init({ ...shapes, w: [2, 2, 1, 2] }).postEligibility.shape).toEqual([2, 2, 1, 2]);
  });

  it('gradients reach the reward, the rates and the eligibility time constant, and agree with finite differences', async () => {
    const change = (tauEligibility: tf.Tensor, etaPost: tf.Tensor, reward: tf.Tensor): tf.Scalar => {
      const rule = mstdpet({ ...params, tauEligibility, etaPost });
      let [w, state] = rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init(start));
      for (let time = 0; time < 3; time++) [w, state] = rule.step({ pre: [0], post: [time], reward }, w, state);
      return tf.sum(w) as tf.Scalar;
    };
    const at = [2, 0.1, -3];
    const value = (given: readonly number[]) => {
      const [tau = 0, eta = 0, reward = 0] = given;
      return first(change(tf.scalar(tau), tf.scalar(eta), tf.tensor1d([reward])));
    };
    const grads = tf.grads((tau, eta, reward) => change(tau as tf.Tensor, eta as tf.Tensor, reward as tf.Tensor));
    const found = grads([tf.scalar(2), tf.scalar(0.1), tf.tensor1d([-3])]);
    for (const [index, gradient] of found.entries()) {
      const moved = (by: number) => value(at.map((entry, other) => (other === index ? entry * (1 + by) : entry)));
      const wanted = ((await moved(0.01)) - (await moved(-0.01))) / (0.02 * (at[index] ?? 1));
      expect(Math.abs(wanted)).toBeGreaterThan(0.05);
      expect(Math.abs((await first(gradient)) - wanted)).toBeLessThan(1e-3 * Math.max(1, Math.abs(wanted)));
    }
  });

  it('leaves exactly what it returns', () => {
    const rule = mstdpet({ maxDelay: 1 });
    const [w, delay, state] = [tf.ones([1, 1]), tf.ones([1, 1]), rule.init(start)];
    const before = tf.memory().numTensors;
    rule.step({ pre: [1], post: [1], delay, reward: 1 }, w, state);
    expect(tf.memory().numTensors - before).toBe(1 + 6);
  });
});
