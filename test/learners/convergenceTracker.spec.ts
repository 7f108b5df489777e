import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { ConvergenceTracker } from '../../src/learners/convergenceTracker.js';

const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());
const mask = (...wins: readonly number[]): tf.Tensor => tf.tensor(wins, [1, 1, 2, 2]);

describe('ConvergenceTracker', () => {
  it('counts, judges and starts anew', async () => {
    const tracker = new ConvergenceTracker(2, [1, 2], { minWins: 2 });
    tracker.update(mask(2, 1, 2, 2));
    expect(tracker.nTotal).toBe(4);
    expect(await values(tracker.winCounts())).toEqual([2, 1, 2, 2]);
    expect(await values(tracker.convergedMask())).toEqual([1, 0, 1, 1]);
    expect(await tracker.nConverged()).toBe(3);
    expect(await tracker.convergenceRatio()).toBe(0.75);
    expect(await tracker.isConverged(0.75)).toBe(true);
    expect(await tracker.isConverged()).toBe(false);
    tracker.reset();
    expect(await tracker.nConverged()).toBe(0);
    expect(await values(tracker.winCounts())).toEqual([0, 0, 0, 0]);
  });

  it('weights that still move count', async () => {
    const tracker = new ConvergenceTracker(2, [1, 2], { minWins: 1, deltaThreshold: 0.01 });
    tracker.update(mask(1, 1, 1, 1), tf.tensor([0.02, 0.005], [1, 1, 1, 2]));
    expect(await values(tracker.convergedMask())).toEqual([0, 1, 0, 1]);
  });

  it('refuses parameters out of range', () => {
    expect(() => new ConvergenceTracker(1, [1, 1], { minWins: 0 })).toThrow(
      'ConvergenceTracker: minWins must be an integer ≥ 1, got 0',
    );
  });

  it('holds three tensors, through any tidy, and lets go of them', async () => {
    const [wins, deltas] = [mask(1, 0, 0, 1), tf.ones([3, 3, 1, 2])];
    const before = tf.memory().numTensors;
    const tracker = new ConvergenceTracker(2, [1, 2]);
    tf.tidy(() => tracker.update(wins, deltas));
    await tracker.isConverged();
    tracker.reset();
    tracker.update(wins);
    expect(tf.memory().numTensors).toBe(before + 3);
    tracker.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
