import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { AdaptiveThreshold } from '../../src/learners/adaptiveThreshold.js';

const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());

describe('AdaptiveThreshold', () => {
  it('adapts, reports and starts anew', async () => {
    const homeostasis = new AdaptiveThreshold(2, [1, 1], { targetRate: 0.5, learningRate: 0.1 });
    homeostasis.update(tf.tensor([1, 0], [1, 1, 1, 2]));
    expect(await values(homeostasis.getThresholds(2))).toEqual([10.5, 9.5, 10.5, 9.5]);
    expect(await values(homeostasis.firingRates())).toEqual([1, 0]);
    expect(await homeostasis.meanThreshold()).toBe(10);
    homeostasis.resetStatistics();
    expect(await values(homeostasis.firingRates())).toEqual([0, 0]);
    expect(await values(homeostasis.getThresholds())).toEqual([10.5, 9.5]);
    homeostasis.resetAll(7);
    expect(await values(homeostasis.getThresholds())).toEqual([7, 7]);
    homeostasis.resetAll();
    expect(await values(homeostasis.getThresholds())).toEqual([10, 10]);
  });

  it('refuses starts outside its bounds and spikes of another layer, and stays as it was', async () => {
    expect(() => new AdaptiveThreshold(1, [1, 1], { thresholdMax: 5 })).toThrow(
      'AdaptiveThreshold: initialThreshold must be in [1, 5], got 10',
    );
    const homeostasis = new AdaptiveThreshold(2, [1, 1]);
    expect(() => homeostasis.resetAll(0.5)).toThrow('initialThreshold must be in [1, 100], got 0.5');
    expect(() => homeostasis.update(tf.ones([1, 1, 1, 3]))).toThrow('spikes has shape [1, 1, 1, 3]');
    expect(await values(homeostasis.getThresholds())).toEqual([10, 10]);
  });

  it('holds three tensors, through any tidy, and lets go of them', () => {
    const spikes = tf.ones([1, 1, 1, 2]);
    const before = tf.memory().numTensors;
    const homeostasis = new AdaptiveThreshold(2, [1, 1]);
    tf.tidy(() => homeostasis.update(spikes));
    homeostasis.update(spikes);
    homeostasis.resetStatistics();
    homeostasis.resetAll();
    expect(tf.memory().numTensors).toBe(before + 3);
    homeostasis.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
