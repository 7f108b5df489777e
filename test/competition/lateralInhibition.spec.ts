import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { applyLateralInhibition } from '../../src/competition/lateralInhibition.js';

const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());
const winner = { channel: 1, y: 2, x: 0, time: 3 };

describe('applyLateralInhibition', () => {
  it.each([0, 1, 2])('silences all maps within Chebyshev distance %i and nothing else', async (radius) => {
    const found = await values(applyLateralInhibition(tf.ones([4, 5, 2]), winner, { radius }));
    for (const [index, value] of found.entries()) {
      const [y, x] = [Math.floor(index / 10), Math.floor(index / 2) % 5];
      expect(value).toBe(Math.max(Math.abs(y - 2), Math.abs(x)) <= radius ? 0 : 1);
    }
  });

  it('keeps the winner when asked to, alone', async () => {
    const all = await values(applyLateralInhibition(tf.ones([4, 5, 2]), winner, { radius: 1 }));
    const kept = await values(applyLateralInhibition(tf.ones([4, 5, 2]), winner, { radius: 1, keepWinner: true }));
    const own = 2 * 10 + 0 * 2 + 1;
    expect(kept.flatMap((value, index) => (value === all[index] ? [] : [index]))).toEqual([own]);
    expect(kept[own]).toBe(1);
  });

  it('makes no NaN of infinite potentials', async () => {
    expect(
      await values(applyLateralInhibition(tf.fill([1, 1, 2], Number.POSITIVE_INFINITY), { channel: 0, y: 0, x: 0 })),
    ).toEqual([0, 0]);
  });

  it('refuses winners outside, wrong shapes and radii', () => {
    const ones = tf.ones([4, 5, 2]);
    expect(() => applyLateralInhibition(ones, { ...winner, y: 4 })).toThrow(
      'applyLateralInhibition: winner at y 4, x 0, channel 1 lies outside potentials [4, 5, 2]',
    );
    expect(() => applyLateralInhibition(ones, winner, { radius: -1 })).toThrow('radius must be an integer ≥ 0, got -1');
    expect(() => applyLateralInhibition([1], winner)).toThrow('potentials has shape [1], needs [H, W, C]');
  });

  it('leaves only its result', () => {
    const ones = tf.ones([4, 5, 2]);
    const before = tf.memory().numTensors;
    applyLateralInhibition(ones, winner, { radius: 1, keepWinner: true });
    expect(tf.memory().numTensors).toBe(before + 1);
  });
});
