import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { initSpikeAges, spikeAgesStep } from '../../src/traces/spikeAges.js';

describe('spikeAgesStep', () => {
  it('counts steps since the last spike, and is Infinity before the first', async () => {
    let ages = initSpikeAges([3]);
    const train = [
      [1, 0, 0],
      [0, 0, 0],
      [0, 1, 0],
      [1, 0, 0],
    ];
    const seen: number[][] = [];
    for (const spikes of train) {
      ages = spikeAgesStep(ages, tf.tensor1d(spikes));
      seen.push(Array.from(await ages.data()));
    }
    const never = Number.POSITIVE_INFINITY;
    expect(seen).toEqual([
      [0, never, never],
      [1, never, never],
      [2, 0, never],
      [0, 1, never],
    ]);
  });

  it('leaves exactly the ages it returns', () => {
    const [ages, spikes] = [initSpikeAges([2]), tf.tensor1d([1, 0])];
    const before = tf.memory().numTensors;
    spikeAgesStep(ages, spikes);
    expect(tf.memory().numTensors).toBe(before + 1);
  });

  it('forgets a spike once float32 can count no further, and never makes two ages equal', async () => {
    let ages: tf.Tensor = tf.tensor1d([2 ** 24 - 2, 2 ** 24 - 1, 2 ** 24]);
    const seen: number[][] = [];
    for (let time = 0; time < 3; time++) {
      ages = spikeAgesStep(ages, [0, 0, 0]);
      seen.push(Array.from(await ages.data()));
    }
    const never = Number.POSITIVE_INFINITY;
    expect(seen).toEqual([
      [2 ** 24 - 1, 2 ** 24, never],
      [2 ** 24, never, never],
      [never, never, never],
    ]);
  });

  it('refuses other shapes', () => {
    expect(() => spikeAgesStep([1, 2], [1])).toThrow('spikeAgesStep: spikes has shape [1], ages has [2]');
    expect(() => initSpikeAges([1.5])).toThrow('initSpikeAges: shape must be a shape, a list of integers ≥ 0, got [1.5]');
  });
});
