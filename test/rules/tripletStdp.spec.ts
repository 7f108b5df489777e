import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { twoFactorStdp } from '../../src/rules/pair/twoFactorStdp.js';
import type { TripletStdpParams } from '../../src/rules/triplet/tripletStdp.js';
import { tripletStdp } from '../../src/rules/triplet/tripletStdp.js';

const run = async (params: Partial<TripletStdpParams>, pre: readonly number[], post: readonly number[]) => {
  const rule = tripletStdp(params);
  let w: tf.Tensor = tf.tensor2d([[0.5]]);
  let state = rule.init({ pre: [1], post: [1] });
  pre.forEach((spike, time) => {
    [w, state] = rule.step({ pre: [spike], post: [post[time] ?? 0] }, w, state);
  });
  return Number((await w.data())[0]) - 0.5;
};

const none = { etaPostPair: 0, etaPostTriplet: 0, etaPrePair: 0, etaPreTriplet: 0 };
const taus = { tauPreFast: 10, tauPreSlow: 40, tauPostFast: 20, tauPostSlow: 50 };

describe('tripletStdp', () => {
  it('post – pre – post: A3⁺·exp(−Δt₁/τ₊)·exp(−Δt₂/τy)', async () => {
    const wanted = 0.1 * Math.exp(-2 / 10) * Math.exp(-3 / 50);
    expect(await run({ ...none, ...taus, etaPostTriplet: 0.1 }, [0, 1, 0, 0], [1, 0, 0, 1])).toBeCloseTo(wanted, 6);
  });

  it('pre – post – pre: −A3⁻·exp(−Δt₁/τ₋)·exp(−Δt₂/τx)', async () => {
    const wanted = -0.1 * Math.exp(-2 / 20) * Math.exp(-3 / 40);
    expect(await run({ ...none, ...taus, etaPreTriplet: -0.1 }, [1, 0, 0, 1], [0, 1, 0, 0])).toBeCloseTo(wanted, 6);
  });

  it("'previous' reads the slow trace of the step before, not decayed since", async () => {
    const given = { ...none, ...taus, etaPostTriplet: 0.1, slowTrace: 'previous' } as const;
    const wanted = 0.1 * Math.exp(-2 / 10) * Math.exp(-2 / 50);
    expect(await run(given, [0, 1, 0, 0], [1, 0, 0, 1])).toBeCloseTo(wanted, 6);
  });

  it('pairs alone, with a rate of 0 for triplets, are the pair rule', async () => {
    const [pre, post] = [
      [1, 0, 1, 1, 0, 1, 0],
      [0, 1, 0, 1, 0, 0, 1],
    ];
    const pair = twoFactorStdp({ etaPost: 0.02, etaPre: -0.03, tauPre: 10, tauPost: 20 });
    let w: tf.Tensor = tf.tensor2d([[0.5]]);
    let state = pair.init({ pre: [1], post: [1] });
    pre.forEach((spike, time) => {
      [w, state] = pair.step({ pre: [spike], post: [post[time] ?? 0] }, w, state);
    });
    const wanted = Number((await w.data())[0]) - 0.5;
    expect(await run({ ...none, ...taus, etaPostPair: 0.02, etaPrePair: -0.03 }, pre, post)).toBeCloseTo(wanted, 6);
  });

  it('a delayed triplet between samples decays all its traces from the older one', async () => {
    const rule = tripletStdp({ ...none, ...taus, etaPreTriplet: -0.1, maxDelay: 2, delayed: true });
    let w: tf.Tensor = tf.tensor2d([[0.5]]);
    let state = rule.init({ pre: [1], post: [1] });
    const train = [
      [1, 0],
      [0, 0],
      [1, 0],
      [0, 1],
      [0, 0],
      [0, 0],
    ] as const;
    for (const [pre, post] of train) [w, state] = rule.step({ pre: [pre], post: [post], delay: [[1.5]] }, w, state);
    // The second pre spike is seen at 4 (held), where its slow trace, 2 ms old, has decayed by another half ms.
    const wanted = -0.1 * Math.exp(-1 / 20) * Math.exp(-2.5 / 40);
    expect(Number((await w.data())[0]) - 0.5).toBeCloseTo(wanted, 6);
  });

  it('gradients reach rates and slow time constants, and agree with finite differences', async () => {
    const change = (etaPostTriplet: tf.Tensor, tauPostSlow: tf.Tensor): tf.Scalar => {
      const rule = tripletStdp({ ...none, ...taus, etaPostTriplet, tauPostSlow });
      let w: tf.Tensor = tf.tensor2d([[0.5]]);
      let state = rule.init({ pre: [1], post: [1] });
      for (const [pre, post] of [
        [0, 1],
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const)
        [w, state] = rule.step({ pre: [pre], post: [post] }, w, state);
      return tf.sum(w) as tf.Scalar;
    };
    const at = [0.5, 2];
    const value = async ([eta = 0, tau = 0]: readonly number[]) =>
      Number((await change(tf.scalar(eta), tf.scalar(tau)).data())[0]);
    const grads = tf.grads((eta, tau) => change(eta as tf.Tensor, tau as tf.Tensor));
    for (const [index, gradient] of grads(at.map((entry) => tf.scalar(entry))).entries()) {
      const moved = (by: number) => value(at.map((entry, other) => (other === index ? entry * (1 + by) : entry)));
      const wanted = ((await moved(0.01)) - (await moved(-0.01))) / (0.02 * (at[index] ?? 1));
      expect(Math.abs(wanted)).toBeGreaterThan(0.05);
      expect(Math.abs(Number((await gradient.data())[0]) - wanted)).toBeLessThan(1e-3 * Math.max(1, Math.abs(wanted)));
    }
  });

  it('leaves exactly what it returns, and refuses nonsense', () => {
    const rule = tripletStdp({ maxDelay: 1 });
    const [w, delay, state] = [tf.ones([1, 1]), tf.ones([1, 1]), rule.init({ pre: [1], post: [1] })];
    const before = tf.memory().numTensors;
    rule.step({ pre: [1], post: [1], delay }, w, state);
    expect(tf.memory().numTensors - before).toBe(1 + 7);
    expect(() => tripletStdp({ tauPostSlow: -1 })).toThrow('tripletStdp: tauPostSlow must be a positive number of ms, got -1');
    expect(() => tripletStdp({ slowTrace: 'after' as never })).toThrow("slowTrace must be one of 'before', 'previous'");
  });
});
