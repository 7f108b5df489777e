import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { twoFactorStdp } from '../../src/rules/pair/twoFactorStdp.js';
import { conv2d } from '../../src/topologies/conv2d.js';

const run = (
  rule: ReturnType<typeof twoFactorStdp>,
  pre: readonly number[],
  post: readonly number[],
  delay?: number,
  start = 0.5,
) => {
  let w: tf.Tensor = tf.tensor2d([[start]]);
  let state = rule.init({ pre: [1], post: [1] });
  pre.forEach((spike, time) => {
    const input = { pre: [spike], post: [post[time] ?? 0], ...(delay !== undefined && { delay: [[delay]] }) };
    [w, state] = rule.step(input, w, state);
  });
  return w.data().then(([value = Number.NaN]) => value - start);
};

describe('twoFactorStdp', () => {
  it('a pair of spikes 3 ms apart changes the weight by eta·exp(−3/τ), on either side', async () => {
    const rule = twoFactorStdp({ etaPost: 0.1, etaPre: -0.2, tauPre: 10, tauPost: 30 });
    expect(await run(rule, [1, 0, 0, 0], [0, 0, 0, 1])).toBeCloseTo(0.1 * Math.exp(-3 / 10), 6);
    expect(await run(rule, [0, 0, 0, 1], [1, 0, 0, 0])).toBeCloseTo(-0.2 * Math.exp(-3 / 30), 6);
  });

  it.each([
    [0.1, 0.2, 0.3],
    [-0.1, -0.2, -0.3],
    [0.1, -0.2, -0.1],
    [-0.1, 0.2, 0.1],
  ])('rates %f and %f at a coincidence add up to %f', async (etaPost, etaPre, change) => {
    expect(await run(twoFactorStdp({ etaPost, etaPre }), [1], [1])).toBeCloseTo(change, 6);
  });

  it('signs choose the side of the Delta, and so the bound that acts', async () => {
    const rule = twoFactorStdp({ etaPost: -0.1, etaPre: -0.1, weightDependence: 'multiplicativeRelu' });
    const [delta] = rule.delta({ pre: [1], post: [1] }, [[0.25]], rule.init({ pre: [1], post: [1] }));
    expect(delta.potentiation).toEqual([]);
    expect(await run(rule, [1], [1], undefined, 0.25)).toBeCloseTo(-0.2 * 0.25, 6);
  });

  it.each([
    [{ delayed: false, interpolation: 'previous' }, 3], // arrives after 2 steps: 5 − 2 = 3 steps before post
    [{ delayed: false, interpolation: 'nearest' }, 4], // 1.25 ms is nearer to 1
    [{ delayed: true }, 3.75], // the trace itself, 5 − 1.25 ms old
  ] as const)('a delay of 1.25 ms with %j: post sees a trace of age %f', async (params, age) => {
    const rule = twoFactorStdp({ etaPost: 0.1, etaPre: 0, tauPre: 10, maxDelay: 2, ...params });
    expect(await run(rule, [1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1], 1.25)).toBeCloseTo(0.1 * Math.exp(-age / 10), 6);
  });

  it('a delayed spike meets the post trace when it arrives', async () => {
    const rule = twoFactorStdp({ etaPost: 0, etaPre: -0.1, tauPost: 10, maxDelay: 3 });
    expect(await run(rule, [0, 1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0], 3)).toBeCloseTo(-0.1 * Math.exp(-4 / 10), 6);
  });

  it('delays of 0 are none; longer ones than maxDelay are maxDelay', async () => {
    const rule = twoFactorStdp({ maxDelay: 2, dt: 0.5 });
    const [pre, post] = [
      [1, 0, 1, 1, 0, 0, 0, 0],
      [0, 1, 0, 1, 0, 0, 1, 1],
    ];
    expect(await run(rule, pre, post, 0)).toBeCloseTo(await run(rule, pre, post), 7);
    expect(await run(rule, pre, post, 9)).toBe(await run(rule, pre, post, 2));
    expect(await run(rule, pre, post, 2)).not.toBeCloseTo(await run(rule, pre, post), 5);
  });

  it('delays on a convolution: a whole delay everywhere shifts the input', async () => {
    const topology = conv2d({ pad: 1 });
    const rule = twoFactorStdp({ etaPost: 0.1, etaPre: -0.05, maxDelay: 2 }, topology);
    const plain = twoFactorStdp({ etaPost: 0.1, etaPre: -0.05 }, topology);
    const [shape, w] = [[1, 4, 3, 2], tf.fill([3, 3, 2, 2], 0.5)];
    const train = Array.from({ length: 5 }, (_, time) => ({
      pre: tf.tensor4d(
        Array.from({ length: 24 }, (_unused, index) => Number((index * 7 + time * 5) % 4 === 0)),
        [1, 4, 3, 2],
      ),
      post: tf.tensor4d(
        Array.from({ length: 24 }, (_unused, index) => Number((index * 5 + time * 3) % 4 === 0)),
        [1, 4, 3, 2],
      ),
    }));
    let delayed = { w: w as tf.Tensor, state: rule.init({ pre: shape, post: shape }) };
    let shifted = { w: w as tf.Tensor, state: plain.init({ pre: shape, post: shape }) };
    train.forEach(({ pre, post }, time) => {
      const [wDelayed, delayedState] = rule.step({ pre, post, delay: tf.fill(w.shape, 2) }, delayed.w, delayed.state);
      delayed = { w: wDelayed, state: delayedState };
      const arriving = train[time - 2]?.pre ?? tf.zerosLike(pre);
      const [wShifted, shiftedState] = plain.step({ pre: arriving, post }, shifted.w, shifted.state);
      shifted = { w: wShifted, state: shiftedState };
    });
    expect(Number((await tf.max(tf.abs(tf.sub(shifted.w, w))).data())[0])).toBeGreaterThan(0.05);
    expect(Number((await tf.max(tf.abs(tf.sub(shifted.w, delayed.w))).data())[0])).toBeLessThan(1e-6);
  });

  it('a step with delays leaves exactly what it returns', () => {
    const rule = twoFactorStdp({ maxDelay: 2, delayed: true });
    const [w, delay, state] = [tf.ones([2, 1]), tf.ones([2, 1]), rule.init({ pre: [2], post: [1] })];
    const before = tf.memory().numTensors;
    rule.step({ pre: [1, 0], post: [1], delay }, w, state);
    expect(tf.memory().numTensors - before).toBe(1 + 4);
  });

  it('gradients reach rates, time constants and delays, and agree with finite differences', async () => {
    const change = (etaPost: tf.Tensor, tauPre: tf.Tensor, delay: tf.Tensor): tf.Scalar => {
      const rule = twoFactorStdp({ etaPost, tauPre, maxDelay: 2, delayed: true });
      let [w, state] = [tf.tensor2d([[0.5]]) as tf.Tensor, rule.init({ pre: [1], post: [1] })];
      for (const [pre, post] of [
        [1, 0],
        [0, 0],
        [1, 1],
        [0, 1],
      ] as const) {
        [w, state] = rule.step({ pre: [pre], post: [post], delay }, w, state);
      }
      return tf.sum(w) as tf.Scalar;
    };
    const at = { etaPost: 0.3, tauPre: 10, delay: 0.4 };
    const value = async (given: typeof at) => {
      const result = change(tf.scalar(given.etaPost), tf.scalar(given.tauPre), tf.tensor2d([[given.delay]]));
      return Number((await result.data())[0]);
    };
    const grads = tf.grads((eta, tau, delay) => change(eta as tf.Tensor, tau as tf.Tensor, delay as tf.Tensor));
    const found = grads([tf.scalar(at.etaPost), tf.scalar(at.tauPre), tf.tensor2d([[at.delay]])]);
    const fields = ['etaPost', 'tauPre', 'delay'] as const;
    for (const [index, field] of fields.entries()) {
      const h = 0.01 * at[field];
      const wanted =
        ((await value({ ...at, [field]: at[field] + h })) - (await value({ ...at, [field]: at[field] - h }))) / (2 * h);
      expect(Math.abs(wanted)).toBeGreaterThan(1e-3);
      expect(Number((await found[index]?.data())?.[0])).toBeCloseTo(wanted, 3);
    }
  });

  it.each([
    [{ tauPre: 0 }, 'twoFactorStdp: tauPre must be a positive number of ms, got 0'],
    [{ maxDelay: -1 }, 'twoFactorStdp: maxDelay must be a number ≥ 0, got -1'],
    [{ interpolation: 'linear' as never }, "twoFactorStdp: interpolation must be one of 'previous', 'nearest'"],
    [{ wMin: 2 }, 'twoFactorStdp: wMin must be below wMax, got 2 and 1'],
  ])('refuses %j', (params, message) => {
    expect(() => twoFactorStdp(params)).toThrow(message);
  });

  it('refuses a delay without maxDelay', () => {
    const rule = twoFactorStdp();
    const step = () => rule.step({ pre: [1], post: [1], delay: [[1]] }, [[0]], rule.init({ pre: [1], post: [1] }));
    expect(step).toThrow('twoFactorStdp: delay came, but maxDelay is 0');
  });
});
