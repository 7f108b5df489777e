import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type SymmetricStdpParams, symmetricStdp } from '../../src/rules/pair/symmetricStdp.js';
import { vogelsStdp } from '../../src/rules/pair/vogelsStdp.js';
import { stdpWindow } from '../../src/window/stdpWindow.js';

describe('symmetricStdp', () => {
  it('one simultaneous pair counts once, as its window says', () => {
    expect(symmetricStdp().params).toMatchObject({ coincidence: 'once' });
    expect(vogelsStdp().params).toMatchObject({ coincidence: 'once' });
  });

  it.each([
    ['once', 1],
    ['both', 2],
    ['none', 0],
  ] as const)('its window is eta·(exp(−|Δt|/τ) − alpha), coincidence %s', async (coincidence, atZero) => {
    const params: Partial<SymmetricStdpParams> = { eta: 0.1, alpha: 0.3, tauPre: 10, tauPost: 25, coincidence };
    const { times, changes } = await stdpWindow(symmetricStdp(params), { range: 30 });
    times.forEach((time, index) => {
      const pair = time === 0 ? atZero : Math.exp(time > 0 ? -time / 10 : time / 25);
      expect(changes[index]).toBeCloseTo(0.1 * (pair - 0.3), 6);
    });
  });

  it('nearest: a trace holds the latest spike alone', async () => {
    const rule = symmetricStdp({ eta: 0.1, traceMode: 'nearest', coincidence: 'none', tauPre: 10 });
    let w: tf.Tensor = tf.zeros([1, 1]);
    let state = rule.init({ pre: [1], post: [1] });
    for (const [pre, post] of [
      [1, 0],
      [1, 0],
      [0, 1],
    ] as const)
      [w, state] = rule.step({ pre: [pre], post: [post] }, w, state);
    expect((await w.data())[0]).toBeCloseTo(0.1 * Math.exp(-1 / 10), 6);
  });

  it('alpha per output neuron', async () => {
    const rule = symmetricStdp({ eta: 0.1, alpha: [1, 2] });
    const [w] = rule.step({ pre: [1], post: [0, 0] }, [[0.5, 0.5]], rule.init({ pre: [1], post: [2] }));
    const [first, second] = await w.data();
    expect(first).toBeCloseTo(0.4, 6);
    expect(second).toBeCloseTo(0.3, 6);
  });

  it('leaves exactly what it returns', () => {
    const rule = symmetricStdp({ alpha: 0.1 });
    const state = rule.init({ pre: [1], post: [1] });
    const before = tf.memory().numTensors;
    rule.step({ pre: [1], post: [1] }, [[0.5]], state);
    expect(tf.memory().numTensors - before).toBe(3);
  });

  it('refuses bounds the wrong way round, and says whose they are', () => {
    expect(() => symmetricStdp({ wMin: 2 })).toThrow('symmetricStdp: wMin must be below wMax, got 2 and 1');
    expect(() => vogelsStdp({ wMin: 200 })).toThrow('vogelsStdp: wMin must be below wMax, got 200 and 100');
    expect(() => vogelsStdp({ tau: 0 })).toThrow('vogelsStdp: tau must be a positive number of ms, got 0');
  });
});

describe('vogelsStdp', () => {
  it('at the target rate, unrelated spikes change nothing on average', async () => {
    // Mean of Δw for Poisson spikes: eta·(2·τ·ρPre·ρPost − 2·ρ₀·τ·ρPre) per second; zero where ρPost = ρ₀.
    const rule = vogelsStdp({ eta: 1, tau: 20, targetRate: 50, wMin: -1e6, wMax: 1e6 });
    // A post train of period 20 ms (50 Hz) against pre spikes at every phase, long enough for traces to settle.
    const change = async (period: number) => {
      let w: tf.Tensor = tf.zeros([20, 1]);
      let state = rule.init({ pre: [20], post: [1] });
      let settled = w;
      for (let time = 0; time < 600; time++) {
        if (time === 400) settled = w;
        const pre = Array.from({ length: 20 }, (_, phase) => Number(time % 20 === phase));
        [w, state] = rule.step({ pre, post: [Number(time % period === 0)] }, w, state);
      }
      const [mean = Number.NaN] = await tf.mean(tf.sub(w, settled)).data();
      return mean / 10; // per presynaptic spike
    };
    // Sums of both traces over one period, the coincident pair in one of them: (1 + q)/(1 − q) ≈ 2τ steps, which α counts.
    const q = Math.exp(-1 / 20);
    const discrete = (1 + q) / (1 - q) / 20 - 2;
    expect(await change(20)).toBeCloseTo(discrete, 4);
    expect(await change(10)).toBeGreaterThan(1.9);
    expect(await change(40)).toBeLessThan(-0.9);
  });

  it('keeps its own name in JSON', () => {
    expect(JSON.parse(JSON.stringify(vogelsStdp({ targetRate: 3 })))).toMatchObject({
      rule: 'vogelsStdp',
      params: { targetRate: 3 },
    });
  });
});
