import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  adaptiveThresholdStep,
  getFiringRates,
  initAdaptiveThreshold,
  resetFiringStatistics,
} from '../../src/competition/adaptiveThreshold.js';

const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());
const params = { initialThreshold: 10, targetRate: 0.25, learningRate: 0.1 };

describe('adaptiveThresholdStep', () => {
  it('moves thresholds by the error of the rate: up where it fires too often, down where too rarely', async () => {
    const spikes = tf.tensor([1, 0, 1, 0, 0, 0, 0, 0], [4, 1, 1, 2]); // rates 0.5 and 0
    const next = adaptiveThresholdStep(spikes, initAdaptiveThreshold([1, 1, 2], params), params);
    const [up = 0, down = 0] = await values(next.threshold);
    expect(up).toBeCloseTo(10 + 0.1 * (0.5 - 0.25) * 10, 5);
    expect(down).toBeCloseTo(10 + 0.1 * (0 - 0.25) * 10, 5);
    expect(next.presentations).toBe(4);
    expect(await values(getFiringRates(next))).toEqual([0.5, 0]);
  });

  it('rates run over all presentations until they are reset; thresholds stay then', async () => {
    const first = adaptiveThresholdStep(tf.ones([1, 1, 1]), initAdaptiveThreshold([1, 1, 1], params), params);
    const second = adaptiveThresholdStep(tf.zeros([3, 1, 1, 1]), first, params);
    expect(await values(getFiringRates(second))).toEqual([0.25]);
    const anew = resetFiringStatistics(second);
    expect(await values(getFiringRates(anew))).toEqual([0]);
    expect(await values(anew.threshold)).toEqual(await values(second.threshold));
  });

  it('stays within its bounds', async () => {
    const narrow = { ...params, learningRate: 100, thresholdMin: 9, thresholdMax: 11 };
    const next = adaptiveThresholdStep(tf.tensor([1, 0], [1, 1, 1, 2]), initAdaptiveThreshold([1, 1, 2], narrow), narrow);
    expect(await values(next.threshold)).toEqual([11, 9]);
  });

  it('an empty batch changes nothing', async () => {
    const next = adaptiveThresholdStep(tf.zeros([0, 1, 1, 1]), initAdaptiveThreshold([1, 1, 1], params), params);
    expect(await values(next.threshold)).toEqual([10]);
    expect(await values(getFiringRates(next))).toEqual([0]);
  });

  it('leaves its state alone', () => {
    const state = initAdaptiveThreshold([2, 2, 3]);
    const spikes = tf.ones([2, 2, 2, 3]);
    const before = tf.memory().numTensors;
    const next = adaptiveThresholdStep(spikes, state);
    expect(tf.memory().numTensors).toBe(before + 3);
    getFiringRates(resetFiringStatistics(next));
    expect(tf.memory().numTensors).toBe(before + 7);
  });

  it.each([
    [
      () => initAdaptiveThreshold([1, 1, 1], { initialThreshold: 0.5 }),
      'initAdaptiveThreshold: initialThreshold must be in [1, 100], got 0.5',
    ],
    [() => initAdaptiveThreshold([1, 1, 1], { targetRate: 1.5 }), 'targetRate must be a number in [0, 1], got 1.5'],
    [() => initAdaptiveThreshold([1, 1, 1], { thresholdMin: 100 }), 'thresholdMin must be below thresholdMax, got 100 and 100'],
    [() => initAdaptiveThreshold([1, 1, 1], { learningRate: 0 }), 'learningRate must be a number > 0, got 0'],
    [
      () => adaptiveThresholdStep([1], initAdaptiveThreshold([1, 1, 2])),
      'adaptiveThresholdStep: spikes has shape [1], the thresholds [1, 1, 2] need [B, 1, 1, 2]',
    ],
  ])('refuses %#', (call, message) => {
    expect(call).toThrow(message);
  });
});
