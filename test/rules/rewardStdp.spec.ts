import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { latencyStdpWinners } from '../../src/rules/latency/latencyStdpWinners.js';
import { countOutcome, noOutcomes, rewardOf } from '../../src/rules/reward/rewardRates.js';
import { rewardStdp } from '../../src/rules/reward/rewardStdp.js';
import { rewardStdpWinners } from '../../src/rules/reward/rewardStdpWinners.js';
import { conv2d } from '../../src/topologies/conv2d.js';

const close = async (tensor: tf.Tensor, wanted: readonly number[]) => {
  expect([...(await tensor.data())]).toEqual(wanted.map((value) => expect.closeTo(value, 6)));
};

describe('rewardStdp', () => {
  const start = () => [[0.5], [0.5]];

  it('waits for the reward, and takes the setting of its sign, sample by sample', async () => {
    const rule = rewardStdp();
    let state = rule.init({ pre: [2, 2], post: [2, 1] });
    let w: tf.Tensor = tf.tensor2d(start());
    [w, state] = rule.step(
      {
        pre: [
          [1, 0],
          [1, 0],
        ],
        post: [[0], [1]],
      },
      w,
      state,
    );
    [w, state] = rule.step(
      {
        pre: [
          [0, 1],
          [0, 1],
        ],
        post: [[1], [0]],
      },
      w,
      state,
    );
    await close(w, [0.5, 0.5]);
    // Sample 0: both inputs came before; sample 1: the second came late.
    [w] = rule.step({ pre: tf.zeros([2, 2]), post: tf.zeros([2, 1]), reward: [1, -0.5] }, w, state);
    await close(w, [0.5 + 0.004 - 0.5 * 0.004, 0.5 + 0.004 + 0.5 * 0.0005]);
  });

  it('silence, or a reward of 0, changes nothing but what lies outside the bounds', async () => {
    const rule = rewardStdp();
    const state = rule.init({ pre: [2], post: [1] });
    await close(rule.step({ pre: [0, 0], post: [0], reward: 1 }, [[0.5], [0.95]], state)[0], [0.5, 0.8]);
    await close(rule.step({ pre: [1, 1], post: [1], reward: 0 }, start(), state)[0], [0.5, 0.5]);
  });

  it('on a convolution agrees with its winners when a map has one spike', async () => {
    const rule = rewardStdp({}, conv2d());
    const w = tf.fill([2, 2, 1, 2], 0.5);
    const pre = tf.tensor([1, 0, 1, 0, 1, 0, 0, 0, 1], [3, 3, 1]);
    const post = tf.tensor([0, 0, 0, 0, 0, 1, 0, 0], [2, 2, 2]); // channel 1 at (1, 0)
    const state = rule.init({ pre: [3, 3, 1], post: [2, 2, 2], w: w.shape });
    const times = tf.where(tf.cast(pre, 'bool'), tf.zerosLike(pre), tf.fill(pre.shape, Number.POSITIVE_INFINITY));
    for (const reward of [0.7, -0.7]) {
      const [online] = rule.step({ pre, post, reward }, w, state);
      const winners = rewardStdpWinners(w, times, [{ channel: 1, y: 1, x: 0, time: 0 }], reward);
      await close(online, [...(await winners.data())]);
    }
  });

  it('says what a convolution needs to begin', () => {
    expect(() => rewardStdp({}, conv2d()).init({ pre: [3, 3, 1], post: [2, 2, 2] })).toThrow(
      'rewardStdp: shapes.w is missing: the state of a conv2d layer needs it',
    );
    expect(() => rewardStdp({ wMin: 0.9 })).toThrow('rewardStdp: wMin must be below wMax, got 0.9 and 0.8');
  });
});

describe('rewardStdpWinners', () => {
  const winners = [{ channel: 0, y: 0, x: 0, time: 3 }];
  const preTimes = [[[0], [5], [3]]];
  const w = [[[[0.5]], [[0.5]], [[0.5]]]];

  it('is the rule of the winners with two settings', async () => {
    const bounds = { wMin: 0.2, wMax: 0.8, weightDependence: 'additive' } as const;
    const reward = latencyStdpWinners(w, preTimes, winners, { etaPlus: 0.004, etaMinus: 0.003, ...bounds });
    const punish = latencyStdpWinners(w, preTimes, winners, { etaPlus: -0.004, etaMinus: -0.0005, ...bounds });
    await close(rewardStdpWinners(w, preTimes, winners, 1), [...(await reward.data())]);
    await close(rewardStdpWinners(w, preTimes, winners, -1), [...(await punish.data())]);
    await close(rewardStdpWinners(w, preTimes, winners, 0.5), [0.502, 0.4985, 0.502]);
    await close(rewardStdpWinners(w, preTimes, [], 1), [0.5, 0.5, 0.5]);
  });

  it('leaves one tensor, and refuses a reward that is no number', () => {
    const before = tf.memory().numTensors;
    rewardStdpWinners(w, preTimes, winners, -1).dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(() => rewardStdpWinners(w, preTimes, winners, Number.NaN)).toThrow('reward must be a finite number, got NaN');
  });
});

describe('rewardOf', () => {
  it('scales rewards by the share of misses and punishments by that of hits', () => {
    const outcomes = ['hit', 'hit', 'miss', 'silent', 'hit'] as const;
    const counts = outcomes.reduce(countOutcome, noOutcomes);
    expect(counts).toEqual({ hit: 3, miss: 1, silent: 1 });
    expect(rewardOf('hit', counts)).toBeCloseTo(1 / 5);
    expect(rewardOf('miss', counts)).toBeCloseTo(-3 / 5);
    expect(rewardOf('silent', counts)).toBe(0);
    expect([rewardOf('hit', noOutcomes), rewardOf('miss', noOutcomes)]).toEqual([1, -1]);
    expect(() => rewardOf('hit', { ...noOutcomes, miss: -1 })).toThrow('rewardOf: miss must be an integer ≥ 0, got -1');
  });
});
