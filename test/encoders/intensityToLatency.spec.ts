import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { intensityToLatency, latencyToWave } from '../../src/encoders/intensityToLatency.js';

const never = Number.POSITIVE_INFINITY;
const row = (values: number[]) => tf.tensor(values, [1, values.length, 1]);
const latencies = async (values: number[], bins: number, remainder?: 'last' | 'drop') => [
  ...(await intensityToLatency(row(values), bins, remainder && { remainder }).data()),
];

describe('intensityToLatency', () => {
  it('gives each bin as many of the strongest that are left', async () => {
    expect(await latencies([6, 1, 5, 0, 2, 4, 3], 3)).toEqual([0, 2, 0, never, 2, 1, 1]);
  });

  it('puts the remainder in the last bin, or drops it', async () => {
    expect(await latencies([5, 4, 3, 2, 1], 2)).toEqual([0, 0, 1, 1, 1]);
    expect(await latencies([5, 4, 3, 2, 1], 2, 'drop')).toEqual([0, 0, 1, 1, never]);
  });

  it('gives each its own bin when there are fewer than bins (the peer divides by 0)', async () => {
    expect(await latencies([0.1, 0, 0.2], 5)).toEqual([1, never, 0]);
    expect(await latencies([0.1, 0, 0.2], 5, 'drop')).toEqual([1, never, 0]);
  });

  it('black and negative intensities never fire', async () => {
    expect(await latencies([0, 0, 0], 4)).toEqual([never, never, never]);
    expect(await latencies([-1, 2, -3, 1], 2)).toEqual([never, 0, never, 1]);
  });

  it('breaks ties by (channel, row, column)', async () => {
    const times = await intensityToLatency(tf.ones([2, 2, 2]), 8).data();
    // [H, W, C] with channel 0 first
    expect([...times]).toEqual([0, 4, 1, 5, 2, 6, 3, 7]);
  });

  it('ranks each image of a batch by itself', async () => {
    const images = tf.randomUniform([3, 4, 5, 2], 0, 1, 'float32', 1);
    const batch = await tf.unstack(intensityToLatency(images, 7));
    for (const [index, image] of tf.unstack(images).entries()) {
      expect(await intensityToLatency(image, 7).data()).toEqual(await batch[index]?.data());
    }
  });

  it('spreads many intensities evenly', async () => {
    const times = await intensityToLatency(tf.randomUniform([1, 28, 28, 2], 0.1, 1, 'float32', 3), 15).data();
    const counts = Array.from({ length: 15 }, (_, bin) => times.filter((time) => time === bin).length);
    expect(counts).toEqual([...new Array(14).fill(104), 1568 - 14 * 104]);
  });

  it('refuses wrong arguments', () => {
    expect(() => intensityToLatency([[1]], 2)).toThrow(
      'intensityToLatency: intensities has shape [1, 1], needs [B, H, W, C] or [H, W, C]',
    );
    expect(() => intensityToLatency(row([1]), 0)).toThrow('intensityToLatency: bins must be an integer ≥ 1, got 0');
  });

  it('leaves only its result', () => {
    const image = row([1, 2, 0]);
    const before = tf.memory().numTensors;
    tf.dispose([intensityToLatency(image, 2), latencyToWave(image, 2)]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('latencyToWave', () => {
  it('is 1 from the spike on', async () => {
    expect(await latencyToWave([0, 2, never], 3).array()).toEqual([
      [1, 0, 0],
      [1, 0, 0],
      [1, 1, 0],
    ]);
  });

  it('refuses wrong arguments', () => {
    expect(() => latencyToWave([0], 1.5)).toThrow('latencyToWave: bins must be an integer ≥ 1, got 1.5');
  });
});
