import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { poissonEncode } from '../../src/encoders/poisson.js';

describe('poissonEncode', () => {
  it('fires rate · duration times, give or take', async () => {
    const rates = [10, 63.75, 250];
    const spikes = poissonEncode(tf.tile(tf.tensor2d([rates]), [200, 1]), { steps: 500, dt: 0.5, seed: 1 });
    expect(spikes.shape).toEqual([500, 200, 3]);
    const counts = await tf.sum(spikes, [0, 1]).data();
    rates.forEach((rate, index) => {
      const p = (rate * 0.5) / 1000;
      const expected = 500 * 200 * p;
      expect(Math.abs((counts[index] ?? 0) - expected)).toBeLessThan(4 * Math.sqrt(expected * (1 - p)));
    });
  });

  it('certainty and silence are exact', async () => {
    const spikes = await poissonEncode([1000, 5000, 0, -10], { steps: 50, seed: 2 }).data();
    expect([...spikes]).toEqual(Array.from({ length: 50 }, () => [1, 1, 0, 0]).flat());
  });

  it('the seed decides', async () => {
    const draw = (seed: number) => poissonEncode(tf.fill([40], 300), { steps: 20, seed }).data();
    expect(await draw(3)).toEqual(await draw(3));
    expect(await draw(3)).not.toEqual(await draw(4));
  });

  it('refuses wrong arguments and leaves only its result', () => {
    expect(() => poissonEncode([1], { steps: 0, seed: 1 })).toThrow('poissonEncode: steps must be an integer ≥ 1, got 0');
    expect(() => poissonEncode([1], { steps: 1, dt: 0, seed: 1 })).toThrow('poissonEncode: dt must be a number > 0 (ms), got 0');
    const before = tf.memory().numTensors;
    tf.dispose(poissonEncode([1, 2], { steps: 3, seed: 1 }));
    expect(tf.memory().numTensors).toBe(before);
  });
});
