import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { hasConverged } from '../../src/competition/convergence.js';
import { STDPLearner } from '../../src/learners/stdpLearner.js';
import { computeStdpBatchUpdate } from '../../src/rules/latency/computeStdpBatchUpdate.js';
import { computeStdpUpdate } from '../../src/rules/latency/computeStdpUpdate.js';

const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());

describe('STDPLearner', () => {
  it('draws weights from N(0.8, 0.05²) by default, cut at the bounds, the same for a seed', async () => {
    const learner = new STDPLearner();
    const w = learner.initializeWeights([20, 20, 50], 1);
    const drawn = await values(w);
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const std = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length);
    expect(Math.abs(mean - 0.8)).toBeLessThan((5 * 0.05) / Math.sqrt(drawn.length)); // five standard errors
    expect(Math.abs(std - 0.05)).toBeLessThan((5 * 0.05) / Math.sqrt(2 * drawn.length));
    expect(await values(learner.initializeWeights([20, 20, 50], 1))).toEqual(drawn);
    expect(await values(learner.initializeWeights([20, 20, 50], 2))).not.toEqual(drawn);
    const cut = await values(new STDPLearner({ wMin: 0.75, weightInitStd: 1 }).initializeWeights([1000]));
    expect([Math.min(...cut), Math.max(...cut)]).toEqual([0.75, 1]);
  });

  it('computes updates with its configuration and does not count them', async () => {
    const learner = new STDPLearner({ etaPlus: 0.5, weightDependence: 'additive' });
    const found = learner.computeUpdate([0.5, 0.5], [1, 2], 1);
    expect(await values(found)).toEqual(
      await values(computeStdpUpdate([0.5, 0.5], [1, 2], 1, { etaPlus: 0.5, weightDependence: 'additive' })),
    );
    expect(learner.updateCount).toBe(0);
  });

  it('uses wMin and wMax in the soft rule (the peer always 0 and 1)', async () => {
    const learner = new STDPLearner({ wMin: 0.2, wMax: 0.7, weightInitMean: 0.5, etaPlus: 0.1 });
    expect((await values(learner.computeUpdate([0.3], [0], 1)))[0]).toBeCloseTo(0.1 * (0.3 - 0.2) * (0.7 - 0.3), 7);
  });

  it('updates the weights of a winner, clamps them, and keeps the given ones', async () => {
    const learner = new STDPLearner({ etaPlus: 0.4, etaMinus: 0.6, weightDependence: 'additive' });
    const w = tf.tensor3d([0.5, 0.9], [1, 2, 1]);
    const next = await learner.updateWeightsForWinner(w, tf.tensor3d([7, 0], [1, 2, 1]), 3, 0, 0, [1, 2]);
    expect(await values(next)).toEqual([0, 1]);
    expect(await values(w)).toEqual(await values(tf.tensor1d([0.5, 0.9])));
    expect(learner.stats).toMatchObject({ updateCount: 1, nLtp: 1, nLtd: 1, convergenceHistory: [0] });
    expect(learner.stats.meanDelta).toBeCloseTo(0.5, 6);
    expect(await learner.hasConverged(next)).toBe(true);
    expect(await learner.getConvergence(w)).toBeCloseTo((0.25 + 0.09) / 2, 6);
  });

  it.each([
    [0, 1],
    [-2, 6],
  ])('says of weights in and out of [%s, %s] what the function says', async (wMin, wMax) => {
    const learner = new STDPLearner({ wMin, wMax, weightInitMean: (wMin + wMax) / 2 });
    const at = (...shares: readonly number[]) => shares.map((share) => wMin + share * (wMax - wMin));
    for (const [w, converged] of [
      [at(0.5, 0.5), false],
      [at(0.001, 0.999), true],
      [at(1.2, -0.2), true],
    ] as const) {
      expect(await learner.hasConverged(w)).toBe(converged);
      expect(await hasConverged(w, learner.config.convergenceThreshold, { wMin, wMax })).toBe(converged);
    }
  });

  it('adds counts up over updates, keeps the latest mean, and forgets on reset', async () => {
    const learner = new STDPLearner({ etaPlus: 0.1, etaMinus: 0.2, weightDependence: 'additive' });
    const w = tf.fill([1, 1, 1], 0.5);
    await learner.updateWeightsForWinner(w, tf.zeros([1, 1, 1]), 1, 0, 0, 1);
    const snapshot = learner.stats;
    await learner.updateWeightsForWinner(w, tf.fill([1, 1, 1], 9), 1, 0, 0, 1);
    expect(learner.stats).toMatchObject({ updateCount: 2, nLtp: 1, nLtd: 1 });
    expect(learner.stats.meanDelta).toBeCloseTo(0.2, 6);
    expect(learner.convergenceHistory[0]).toBeCloseTo(0.6 * 0.4, 6);
    expect(learner.convergenceHistory[1]).toBeCloseTo(0.3 * 0.7, 6);
    expect(snapshot.convergenceHistory).toHaveLength(1);
    learner.resetStats();
    expect(learner.stats).toEqual({ updateCount: 0, nLtp: 0, nLtd: 0, meanDelta: 0, convergenceHistory: [] });
  });

  it('a batch update is computeStdpBatchUpdate with its configuration, counted', async () => {
    const params = { etaPlus: 0.1, etaMinus: 0.2, weightDependence: 'additive' } as const;
    const learner = new STDPLearner(params);
    const w = tf.fill([2, 2, 1, 2], 0.5);
    const [pre, post] = [tf.reshape(tf.range(0, 9), [1, 3, 3, 1]), tf.fill([1, 2, 2, 2], 4)];
    const winnerMask = tf.tensor([1, 0, 0, 0, 0, 0, 1, 0], [1, 2, 2, 2]);
    const delta = await learner.computeBatchUpdate(w, pre, post, winnerMask, { stride: 1, padding: 0 });
    expect(await values(delta)).toEqual(
      await values(await computeStdpBatchUpdate(w, pre, post, { winnerMask, stride: 1, padding: 0 }, params)),
    );
    // Fields 0 1 3 4 and 4 5 7 8 against time 4: one input is early in both, three in one: (0.1 − 0.2) / 2 < 0.
    expect(learner.stats).toMatchObject({ updateCount: 1, nLtp: 1, nLtd: 3 });
  });

  it('silence is one more update that changes nothing', async () => {
    const learner = new STDPLearner();
    const silent = tf.fill([1, 2, 2, 1], Number.POSITIVE_INFINITY);
    const delta = await learner.computeBatchUpdate(tf.fill([1, 1, 1, 1], 0.5), silent, silent);
    expect(await values(delta)).toEqual([0]);
    expect(learner.stats).toEqual({ updateCount: 1, nLtp: 0, nLtd: 0, meanDelta: 0, convergenceHistory: [0.25] });
  });

  it('refuses a bad configuration and weights of several maps', async () => {
    expect(() => new STDPLearner({ etaPlus: -1 })).toThrow('STDPLearner: etaPlus must be a number > 0, got -1');
    const learner = new STDPLearner();
    await expect(learner.updateWeightsForWinner(tf.ones([2, 2, 1, 3]), tf.ones([3, 3, 1]), 1, 0, 0, 2)).rejects.toThrow(
      'STDPLearner: w has shape [2, 2, 1, 3], needs the weights of one map, [2, 2, 1]',
    );
    await expect(learner.updateWeightsForWinner(tf.ones([2, 2, 1]), tf.ones([3, 3, 1]), 1, 9, 0, 2)).rejects.toThrow('y = 9');
    expect(learner.updateCount).toBe(0);
  });

  it('leaves only what it returns', async () => {
    const learner = new STDPLearner();
    const [w, pre, all] = [tf.fill([2, 2, 1], 0.5), tf.zeros([3, 3, 1]), tf.fill([2, 2, 1, 1], 0.5)];
    const post = tf.ones([2, 2, 1]);
    const before = tf.memory().numTensors;
    await learner.updateWeightsForWinner(w, pre, 1, 0, 0, 2);
    expect(tf.memory().numTensors).toBe(before + 1);
    await learner.computeBatchUpdate(all, pre, post);
    expect(tf.memory().numTensors).toBe(before + 2);
    await expect(learner.computeBatchUpdate(all, pre, pre, undefined, { padding: 0 })).rejects.toThrow('postTimes');
    expect(tf.memory().numTensors).toBe(before + 2);
  });
});
