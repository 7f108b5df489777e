import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { maxPoolSpikes } from '../../src/topologies/maxPool.js';

describe('maxPoolSpikes', () => {
  it('takes the maximum of each window and drops windows that do not fit', async () => {
    const wave = tf.reshape(tf.range(0, 25), [1, 5, 5, 1]);
    expect(await tf.squeeze(maxPoolSpikes(wave, 2)).array()).toEqual([
      [6, 8],
      [16, 18],
    ]);
    expect(maxPoolSpikes(wave, 3, 1).shape).toEqual([1, 3, 3, 1]);
  });

  it('pads with −Infinity: negative potentials stay negative', async () => {
    const pooled = maxPoolSpikes(tf.fill([1, 2, 2, 1], -3), 2, 1, 1);
    expect(pooled.shape).toEqual([1, 3, 3, 1]);
    expect(new Set(await pooled.data())).toEqual(new Set([-3]));
  });

  it('keeps a wave cumulative and pools every step by itself', async () => {
    const wave = tf.tensor([0, 0, 0, 0, 0, 1, 0, 0], [2, 2, 2, 1]);
    expect(await maxPoolSpikes(wave, 2).data()).toEqual(Float32Array.of(0, 1));
  });

  it('refuses what makes no window', () => {
    const wave = tf.zeros([1, 4, 4, 1]);
    expect(() => maxPoolSpikes(wave, 0)).toThrow('maxPoolSpikes: size must be an integer ≥ 1, got 0');
    expect(() => maxPoolSpikes(wave, 2, 1.5)).toThrow('maxPoolSpikes: strides must be an integer ≥ 1, got 1.5');
    expect(() => maxPoolSpikes(wave, 2, 2, 2)).toThrow('maxPoolSpikes: padding must be at most half of size 2, got 2');
    expect(() => maxPoolSpikes(wave, 5)).toThrow('maxPoolSpikes: wave has shape [1, 4, 4, 1], needs [T, H, W, C] with room');
  });

  it('leaves only its result', () => {
    const wave = tf.zeros([1, 4, 4, 1]);
    const before = tf.memory().numTensors;
    tf.dispose(maxPoolSpikes(wave, 2, 2, 1));
    expect(tf.memory().numTensors).toBe(before);
  });
});
