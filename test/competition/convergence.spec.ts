import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { computeConvergenceMetric, hasConverged } from '../../src/competition/convergence.js';

describe('computeConvergenceMetric', () => {
  it('is mean( w(1 − w) ) on [0, 1]', async () => {
    expect(await computeConvergenceMetric([0.2, 0.9])).toBeCloseTo((0.2 * 0.8 + 0.9 * 0.1) / 2, 6);
  });

  it('does not change when weights and bounds are moved and stretched together', async () => {
    const w = tf.tensor1d([0, 0.1, 0.5, 0.8]);
    const stretched = tf.add(tf.mul(w, 4), -1);
    expect(await computeConvergenceMetric(stretched, { wMin: -1, wMax: 3 })).toBeCloseTo(await computeConvergenceMetric(w), 6);
  });

  it('is 0 at the bounds and for no weights at all', async () => {
    expect(await computeConvergenceMetric([0.2, 0.7], { wMin: 0.2, wMax: 0.7 })).toBeCloseTo(0, 6);
    expect(await computeConvergenceMetric(tf.zeros([0]))).toBe(0);
  });

  it('refuses bounds in the wrong order, and leaves nothing behind', async () => {
    const before = tf.memory().numTensors;
    await computeConvergenceMetric([0.5]);
    await expect(computeConvergenceMetric([0.5], { wMin: 1 })).rejects.toThrow(
      'computeConvergenceMetric: wMin must be below wMax, got 1 and 1',
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('hasConverged', () => {
  it('is strict, with a default of 0.01', async () => {
    expect(await hasConverged([0.5], 0.25)).toBe(false);
    expect(await hasConverged([0.5], 0.2501)).toBe(true);
    expect(await hasConverged([0.009])).toBe(true);
    expect(await hasConverged([0.011])).toBe(false);
    expect(await hasConverged([0.2], 0.01, { wMin: 0.2 })).toBe(true);
  });

  it('refuses a threshold that nothing can reach', async () => {
    await expect(hasConverged([0.5], 0)).rejects.toThrow('hasConverged: threshold must be a number > 0, got 0');
  });
});
