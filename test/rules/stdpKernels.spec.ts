import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { kernelStdp } from '../../src/rules/lastSpike/kernelStdp.js';
import { kernelNames, type NamedKernel, stdpKernel } from '../../src/rules/lastSpike/stdpKernels.js';

const distances = [0.5, 3, 7, 30];
const tau = 7;

/** The formulas of the table, at a distance x. */
const formulas: Readonly<Record<NamedKernel['kernel'], (x: number) => number>> = {
  exponential: (x) => Math.exp(-x / tau),
  alpha: (x) => (x / tau) * Math.exp(1 - x / tau),
  doubleExponential: (x) => Math.exp(-x / tau) - Math.exp(-x / 2),
  gaussian: (x) => Math.exp(-(x * x) / (2 * tau * tau)),
  mexicanHat: (x) => (1 - (x * x) / (tau * tau)) * Math.exp(-(x * x) / (2 * tau * tau)),
  linear: (x) => Math.max(0, 1 - x / tau),
  constant: (x) => (x <= tau ? 1 : 0),
  powerLaw: (x) => (1 + x / tau) ** -1.5,
};

describe.each(kernelNames)('%s', (kernel) => {
  const named: NamedKernel = { kernel, eta: -0.3, tau, tauRise: 2, exponent: 1.5 };

  it.each(['post', 'pre'] as const)('follows its formula on the %s side and is 0 on the other', async (side) => {
    const sign = side === 'post' ? 1 : -1;
    const own = await stdpKernel(named, tf.tensor1d(distances.map((x) => sign * x)), side).data();
    distances.forEach((x, index) => {
      expect(own[index]).toBeCloseTo(-0.3 * formulas[kernel](x), 5);
    });
    const other = await stdpKernel(named, tf.tensor1d(distances.map((x) => -sign * x)), side).data();
    for (const value of other) expect(Math.abs(value)).toBe(0);
  });

  it('its gradients in eta and tau agree with finite differences', async () => {
    const x = tf.tensor1d([2, 4]);
    const total = (eta: number | tf.Tensor, width: number | tf.Tensor) =>
      tf.sum(stdpKernel({ ...named, eta, tau: width }, x, 'post')) as tf.Scalar;
    const [byEta, byTau] = tf.grads((eta: tf.Tensor, width: tf.Tensor) => total(eta, width))([tf.scalar(-0.3), tf.scalar(tau)]);
    const slope = async (f: (h: number) => tf.Tensor, h: number) =>
      (((await f(h).data())[0] ?? 0) - ((await f(-h).data())[0] ?? 0)) / (2 * h);
    expect((await byEta?.data())?.[0]).toBeCloseTo(await slope((h) => total(-0.3 + h, tau), 0.05), 3);
    expect((await byTau?.data())?.[0]).toBeCloseTo(await slope((h) => total(-0.3, tau + h), 0.05), 3);
  });
});

describe('a kernel', () => {
  it('acts on the post side where spikes coincide', async () => {
    const kernel = { kernel: 'exponential', eta: 1, tau } as const;
    expect(Array.from(await stdpKernel(kernel, tf.tensor1d([0]), 'post').data())).toEqual([1]);
    expect(Array.from(await stdpKernel(kernel, tf.tensor1d([0]), 'pre').data())).toEqual([0]);
  });

  it('may be a function of the difference, both signs', async () => {
    const rule = kernelStdp({
      kernelPost: (difference) => tf.mul(difference, 0.01),
      kernelPre: { kernel: 'constant', eta: 0, tau: 1 },
    });
    const [w, state] = rule.step({ pre: [0], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
    const after = rule.step({ pre: [1], post: [0] }, w, state)[0];
    expect((await after.data())[0]).toBeCloseTo(0.49, 6);
  });

  it.each([
    [{ kernel: 'round', eta: 1, tau: 1 }, /kernelPost must be \{ kernel: 'exponential' \| .*kernel must be one of .*got "round"/],
    [{ kernel: 'linear', eta: 1, tau: 0 }, /kernelPost must be .*tau must be a positive number of ms, got 0/],
    [{ kernel: 'linear', eta: 1 }, /kernelPost must be \{ kernel: /],
  ])('is refused with a reason: %j', (kernelPost, message) => {
    expect(() => kernelStdp({ kernelPost: kernelPost as never })).toThrow(message);
  });
});
