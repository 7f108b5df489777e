import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { convergenceTrackerStep, getConvergedMask, initConvergenceTracker } from '../../src/competition/convergenceTracker.js';

const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());

/** Winners of a layer of one neuron in each of two maps. */
const won = (first: number, second: number): tf.Tensor => tf.tensor([first, second], [1, 1, 1, 2]);
const deltas = (first: number, second: number): tf.Tensor => tf.tensor([first, second, -first, -second], [2, 1, 1, 2]);
const params = { minWins: 2, deltaThreshold: 0.01 };

describe('convergence tracker', () => {
  it('counts wins over batches; enough of them converge', async () => {
    const state = convergenceTrackerStep(tf.tensor([1, 0, 1, 1], [2, 1, 1, 2]), initConvergenceTracker([1, 1, 2]));
    expect(await values(state.winCounts)).toEqual([2, 1]);
    expect(await values(getConvergedMask(state, params))).toEqual([1, 0]);
  });

  it('a map whose weights still move has not converged, however often it won', async () => {
    const once = convergenceTrackerStep(won(1, 1), initConvergenceTracker([1, 1, 2]), deltas(0.1, 0.1));
    const twice = convergenceTrackerStep(won(1, 1), once, deltas(0.009, 0.01));
    expect(await values(getConvergedMask(once, params))).toEqual([0, 0]);
    expect(await values(getConvergedMask(twice, params))).toEqual([1, 0]);
  });

  it('small changes without enough wins are not enough', async () => {
    const once = convergenceTrackerStep(won(1, 1), initConvergenceTracker([1, 1, 2]), deltas(0, 0));
    expect(await values(getConvergedMask(once, params))).toEqual([0, 0]);
  });

  it('a map that did not win keeps the change of its last win', async () => {
    const moved = convergenceTrackerStep(won(2, 2), initConvergenceTracker([1, 1, 2]), deltas(0.5, 0.5));
    const next = convergenceTrackerStep(won(1, 0), moved, deltas(0, 0));
    expect(await values(next.deltaMagnitude)).toEqual([0, 0.5]);
    expect(await values(getConvergedMask(next, params))).toEqual([1, 0]);
  });

  it('silence and empty batches change nothing', async () => {
    const state = convergenceTrackerStep(won(3, 1), initConvergenceTracker([1, 1, 2]));
    const silent = convergenceTrackerStep(won(0, 0), state, deltas(1, 1));
    const empty = convergenceTrackerStep(tf.zeros([0, 1, 1, 2]), state, deltas(1, 1));
    for (const next of [silent, empty]) {
      expect(await values(next.winCounts)).toEqual([3, 1]);
      expect(await values(next.deltaMagnitude)).toEqual([0, 0]);
    }
  });

  it('leaves its state alone', () => {
    const [state, mask, change] = [initConvergenceTracker([1, 1, 2]), won(1, 1), deltas(1, 1)];
    const before = tf.memory().numTensors;
    const next = convergenceTrackerStep(mask, state, change);
    getConvergedMask(next);
    expect(tf.memory().numTensors).toBe(before + 4);
  });

  it('refuses shapes that do not fit and parameters out of range', () => {
    const state = initConvergenceTracker([1, 1, 2]);
    expect(() => convergenceTrackerStep(tf.ones([1, 1, 3]), state)).toThrow(
      'convergenceTrackerStep: winnerMask has shape [1, 1, 3], the tracker [1, 1, 2] needs [B, 1, 1, 2]',
    );
    expect(() => convergenceTrackerStep(won(1, 1), state, [1, 2, 3])).toThrow(
      'weightDeltas has shape [3], its last axis must have 2 maps',
    );
    expect(() => getConvergedMask(state, { minWins: 0 })).toThrow('getConvergedMask: minWins must be an integer ≥ 1, got 0');
  });
});
