import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { delayAdjustedKernelStdp } from '../../src/rules/lastSpike/delayAdjustedKernelStdp.js';
import { delayAdjustedMstdp } from '../../src/rules/lastSpike/delayAdjustedMstdp.js';
import { delayAdjustedStdpDelay } from '../../src/rules/lastSpike/delayAdjustedStdp.js';
import { kernelStdp } from '../../src/rules/lastSpike/kernelStdp.js';
import { conv2d } from '../../src/topologies/conv2d.js';

const exponential = (eta: number) => ({ kernel: 'exponential' as const, eta, tau: 10 });
const window = { kernelPost: exponential(0.1), kernelPre: exponential(-0.1) };
const shapes = { pre: [1], post: [1] };
const value = async (w: tf.Tensor) => (await w.data())[0];

describe('gate', () => {
  it.each([
    ['spike', 1],
    ['always', 3],
  ] as const)('%s: after one pair and two silent steps the pair has acted %i times', async (gate, times) => {
    const rule = kernelStdp({ ...window, gate });
    let [w, state] = rule.step({ pre: [1], post: [0] }, [[0]], rule.init(shapes));
    for (const post of [[1], [0], [0]]) [w, state] = rule.step({ pre: [0], post }, w, state);
    expect(await value(w)).toBeCloseTo(times * 0.1 * Math.exp(-0.1), 6);
  });
});

describe('delays', () => {
  it.each([
    [{ delayed: false }, 2],
    [{ delayed: false, interpolation: 'nearest' as const }, 1],
    [{ delayed: true }, 1.25],
  ])('kernelStdp %j sees the spike arrive after %f ms of a delay of 1.25 ms', async (params, arrival) => {
    const rule = kernelStdp({ ...window, ...params, maxDelay: 3 });
    let [w, state] = rule.step({ pre: [1], post: [0], delay: [[1.25]] }, [[0]], rule.init(shapes));
    for (const post of [[0], [0], [1]]) [w, state] = rule.step({ pre: [0], post, delay: [[1.25]] }, w, state);
    expect(await value(w)).toBeCloseTo(0.1 * Math.exp(-(3 - arrival) / 10), 6);
  });

  it('kernelStdp refuses a delay that it has no memory for', () => {
    const rule = kernelStdp();
    expect(() => rule.step({ pre: [1], post: [0], delay: [[1]] }, [[0]], rule.init(shapes))).toThrow(
      'kernelStdp: delay came, but maxDelay is 0',
    );
  });

  it('a spike that arrives exactly with the output spike meets it, whatever float32 makes of step and delay', async () => {
    const rule = delayAdjustedKernelStdp({ ...window, dt: 0.1 });
    for (const steps of [3, 6, 7, 12]) {
      const delay = [[Number((steps * 0.1).toFixed(1))]];
      let [w, state] = rule.step({ pre: [1], post: [0], delay }, [[0]], rule.init(shapes));
      for (let step = 1; step <= steps; step++)
        [w, state] = rule.step({ pre: [0], post: [step === steps ? 1 : 0], delay }, w, state);
      expect(await value(w)).toBeCloseTo(0.1, 6);
    }
  });

  it.each([4e-3, 5e-5, 1e-6, -1e-6, -5e-5])(
    'a spike that arrives %f ms before the output spike is on its side of it',
    async (early) => {
      const rule = delayAdjustedKernelStdp(window);
      const delay = [[1 - early]];
      const [w, state] = rule.step({ pre: [1], post: [0], delay }, [[0]], rule.init(shapes));
      const change = await value(rule.step({ pre: [0], post: [1], delay }, w, state)[0]);
      expect(change).toBeCloseTo(Math.sign(early) * 0.1 * Math.exp(-Math.abs(early) / 10), 6);
    },
  );

  it('learnt delays stay in [0, maxDelay], where those of Inferno leave it', async () => {
    const rule = delayAdjustedStdpDelay({ etaPlus: 5, etaMinus: 5, maxDelay: 3 });
    const [w, state] = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init(shapes));
    expect(await value(rule.step({ pre: [0], post: [1] }, w, state)[0])).toBe(0);
    expect(await value(rule.step({ pre: [1], post: [1] }, [[2]], rule.init(shapes))[0])).toBe(3);
  });
});

describe('a pair needs two spikes', () => {
  it.each(['spike', 'always'] as const)('one side alone changes nothing and makes no NaN (%s)', async (gate) => {
    const rule = kernelStdp({ ...window, gate });
    for (const input of [
      { pre: [1], post: [0] },
      { pre: [0], post: [1] },
      { pre: [0], post: [0] },
    ])
      expect(await value(rule.step(input, [[0.5]], rule.init(shapes))[0])).toBe(0.5);
  });

  it('the padding of a convolution never fires', async () => {
    const rule = kernelStdp({ ...window, gate: 'always' }, conv2d({ pad: 1 }));
    const [pre, post] = [tf.ones([1, 1, 1]), tf.ones([1, 1, 1])];
    const [w] = rule.step({ pre, post }, tf.zeros([3, 3, 1, 1]), rule.init({ pre: [1, 1, 1], post: [1, 1, 1] }));
    const change = Array.from(await w.data());
    expect(change.filter((entry) => entry !== 0).length).toBe(1);
    expect(change[4]).toBeCloseTo(0.1, 6);
  });
});

describe('delayAdjustedMstdp', () => {
  it('learns nothing without a reward, and each sample by its own', async () => {
    const rule = delayAdjustedMstdp({ etaPlus: 0.1, scale: 2 });
    const both = { pre: [[1], [1]], post: [[1], [1]] };
    const state = rule.init({ pre: [2, 1], post: [2, 1] });
    expect(await value(rule.step(both, [[0.5]], state)[0])).toBe(0.5);
    expect(await value(rule.step({ ...both, reward: [1, -3] }, [[0.5]], state)[0])).toBeCloseTo(0.5 + 2 * 0.1 * (1 - 3), 6);
  });
});
