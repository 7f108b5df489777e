import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import type { Rule } from '../../src/rules/rule.js';
import { tripletStdp } from '../../src/rules/triplet/tripletStdp.js';

type MakeRule = (dt: number) => Rule<object>;

/**
 * O4: 60 pairs, `difference` = t_post − t_pre ms apart, at a rate in Hz; the change of the weight. Nothing happens between
 * spikes, so each step of the rule reaches from one spike to the next.
 */
async function change(make: MakeRule, difference: number, rate: number): Promise<number> {
  const gap = Math.abs(difference);
  const [within, between] = [make(gap), make(1000 / rate - gap)];
  const [first, second] =
    difference > 0
      ? [
          { pre: [1], post: [0] },
          { pre: [0], post: [1] },
        ]
      : [
          { pre: [0], post: [1] },
          { pre: [1], post: [0] },
        ];
  const result = tf.tidy(() => {
    let [w, state] = [tf.zeros([1, 1]) as tf.Tensor, within.init({ pre: [1], post: [1] })];
    for (let pair = 0; pair < 60; pair++) {
      [w, state] = between.step(first, w, state);
      [w, state] = within.step(second, w, state);
    }
    return w;
  });
  const [value = Number.NaN] = await result.data();
  result.dispose();
  return value;
}

/**
 * The printed numbers come from Euler steps of 1 ms, of which each leaves 1 − 1/τ of a trace: so does an exact decay with
 * this time constant. (With τ itself they come out up to 2 % larger: 60·0.005·exp(−10/16.8) = 0.1654 for 0.1624.)
 */
const euler = (tau: number) => -1 / Math.log(1 - 1 / tau);

/** Visual cortex, all-to-all, minimal model (A2⁺ 0, A3⁺ 6.5e-3, A2⁻ 7.1e-3, A3⁻ 0; τ₊ 16.8, τ₋ 33.7, τy 114). */
const triplet: MakeRule = (dt) =>
  tripletStdp({
    dt,
    etaPostPair: 0,
    etaPostTriplet: 6.5e-3,
    etaPrePair: -7.1e-3,
    etaPreTriplet: 0,
    tauPreFast: euler(16.8),
    tauPostFast: euler(33.7),
    tauPostSlow: euler(114),
  }) as Rule<object>;
/** The pair rule with the same time constants and depression. */
const pair: MakeRule = (dt) =>
  pairStdp({
    dt,
    etaPlus: 5e-3,
    etaMinus: 7.1e-3,
    tauPre: euler(16.8),
    tauPost: euler(33.7),
    integration: 'exact',
    hardBound: false,
  }) as Rule<object>;

const rates = [0.1, 10, 20, 40, 50];

describe('Pfister and Gerstner 2006: 60 pairs, to the printed digits', () => {
  it.each([
    ['triplet, Δt = +10 ms', triplet, 10, [0, 0.1162, 0.2207, 0.5037, 0.7184]],
    ['triplet, Δt = −10 ms', triplet, -10, [-0.3152, -0.3301, -0.3426, 0.1482, 0.7052]],
    ['pairs alone, Δt = +10 ms', pair, 10, [0.1624, 0.1335, 0.0096, -0.2902, -0.4427]],
  ] as const)('%s', async (_, make, difference, expected) => {
    for (const [index, rate] of rates.entries())
      expect(await change(make, difference, rate), `at ${rate} Hz`).toBeCloseTo(expected[index] ?? Number.NaN, 4);
  });

  it('the exact decay: one pair at a time is its closed form', async () => {
    const exact: MakeRule = (dt) =>
      tripletStdp({ dt, etaPostPair: 5.3e-3, etaPostTriplet: 8e-3, etaPrePair: -3.5e-3, tauPostSlow: 40 }) as Rule<object>;
    expect(await change(exact, 10, 0.1)).toBeCloseTo(60 * 5.3e-3 * Math.exp(-10 / 16.8), 6);
    expect(await change(exact, -10, 0.1)).toBeCloseTo(-60 * 3.5e-3 * Math.exp(-10 / 33.7), 6);
  });

  it('which the pair rule can not: it depresses where the triplet rule and the measurements potentiate', async () => {
    expect(await change(pair, 10, 50)).toBeLessThan(-0.4);
    expect(await change(triplet, 10, 50)).toBeGreaterThan(0.7);
  });
});
