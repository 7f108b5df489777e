import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { getKWinners } from '../../src/competition/kWinners.js';
import { latencyWinners } from '../../src/competition/latencyWinners.js';
import { pointwiseInhibition } from '../../src/competition/pointwiseInhibition.js';
import { randomUniform } from '../../src/core/random.js';
import { thresholdPotentials } from '../../src/neurons/fire.js';

const shape = { steps: 5, height: 4, width: 6, maps: 3 };
const neurons = shape.height * shape.width * shape.maps;

/** Potentials that never fall, in quarters: sums are exact, and ties happen. */
function rising(seed: number): Float32Array {
  const potentials = randomUniform(shape.steps * neurons, seed, -8, 4).map((value) => Math.max(0, Math.ceil(value)) / 4);
  for (let index = neurons; index < potentials.length; index++)
    potentials[index] = (potentials[index] ?? 0) + (potentials[index - neurons] ?? 0);
  return potentials;
}

describe('latencyWinners', () => {
  it.each([
    [1, 0],
    [2, 1],
    [3, 0],
    [8, 2],
  ])('equals getKWinners ∘ pointwiseInhibition ∘ thresholdPotentials: k = %d, radius %d', async (k, inhibitionRadius) => {
    let found = 0;
    for (let seed = 0; seed < 12; seed++) {
      const potentials = rising(seed);
      const wave = pointwiseInhibition(
        thresholdPotentials(tf.tensor4d(potentials, [shape.steps, shape.height, shape.width, shape.maps]), 0.75),
      );
      const wanted = await getKWinners(wave, { k, inhibitionRadius });
      expect(latencyWinners(potentials, shape, { threshold: 0.75, winners: k, inhibitionRadius })).toEqual(wanted);
      found += wanted.length;
    }
    expect(found).toBeGreaterThanOrEqual(12);
  });

  it('nobody wins below the threshold, nor exactly at it, nor without steps', () => {
    const one = { winners: 3, inhibitionRadius: 0 };
    expect(latencyWinners(new Float32Array(5 * neurons), shape, { threshold: 1, ...one })).toEqual([]);
    expect(latencyWinners(Float32Array.of(1), { steps: 1, height: 1, width: 1, maps: 1 }, { threshold: 1, ...one })).toEqual([]);
    expect(latencyWinners(new Float32Array(0), { ...shape, steps: 0 }, { threshold: 1, ...one })).toEqual([]);
  });
});
