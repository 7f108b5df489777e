import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { findKWinners, getKWinners } from '../../src/competition/kWinners.js';
import { randomUniform } from '../../src/core/random.js';
import { fire } from '../../src/neurons/fire.js';

const one = { k: 1, inhibitionRadius: 0 };

/** n·(p + v) as the peer writes it, its maximum taken k times: an independent reading of the semantics. */
function byScore(pot: Float32Array, [T, H, W, C]: readonly [number, number, number, number], k: number, radius: number) {
  const at = (t: number, c: number, y: number, x: number) => pot[((t * H + y) * W + x) * C + c] ?? 0;
  const neurons: { channel: number; y: number; x: number; n: number; p: number; score: number }[] = [];
  for (let channel = 0; channel < C; channel++)
    for (let y = 0; y < H; y++)
      for (let x = 0; x < W; x++) {
        const n = Array.from({ length: T }, (_, t) => Math.sign(at(t, channel, y, x))).reduce((a, b) => a + b, 0);
        const p = at(Math.min(T - n, T - 1), channel, y, x);
        neurons.push({ channel, y, x, n, p, score: 0 });
      }
  const v = T * Math.max(0, ...neurons.map(({ p }) => p));
  for (const neuron of neurons) neuron.score = neuron.n * (neuron.p + v);
  const winners: number[][] = [];
  while (winners.length < k) {
    const best = neurons.reduce((a, b) => (b.score > a.score ? b : a));
    if (best.score === 0) break;
    winners.push([best.channel, best.y, best.x, T - best.n]);
    for (const neuron of neurons) {
      const near = radius > 0 && Math.abs(neuron.y - best.y) <= radius && Math.abs(neuron.x - best.x) <= radius;
      if (neuron.channel === best.channel || near) neuron.score = 0;
    }
  }
  return winners;
}

describe('getKWinners', () => {
  it('earliest first, then the highest potential at the first spike', async () => {
    // Map 0 fires first; 1 and 2 follow together, 2 with more; map 1 ends highest.
    const wave = tf.tensor([0, 0, 0, 1, 0, 0, 2, 3, 4, 2, 9, 5], [4, 1, 1, 3]);
    expect(await getKWinners(wave, { k: 3 })).toEqual([
      { channel: 0, y: 0, x: 0, time: 1 },
      { channel: 2, y: 0, x: 0, time: 2 },
      { channel: 1, y: 0, x: 0, time: 2 },
    ]);
  });

  it('agrees with the score of the peer on random cumulative waves', () => {
    const shape = [6, 4, 5, 3] as const;
    for (let seed = 0; seed < 40; seed++) {
      // Eighths, so that sums are exact and ties happen.
      const steps = randomUniform(6 * 60, seed, -14, 3).map((x) => Math.max(0, Math.ceil(x)) / 8);
      const wave = steps.slice();
      for (let index = 60; index < wave.length; index++) wave[index] = (wave[index] ?? 0) + (wave[index - 60] ?? 0);
      for (const [k, inhibitionRadius] of [
        [1, 0],
        [3, 0],
        [5, 1],
        [3, 2],
      ] as const) {
        const found = findKWinners(wave, shape, { k, inhibitionRadius });
        expect(found.map(({ channel, y, x, time }) => [channel, y, x, time])).toEqual(byScore(wave, shape, k, inhibitionRadius));
      }
    }
  });

  it('ties go to the lowest (channel, y, x)', () => {
    expect(findKWinners(Float32Array.of(0, 1, 1, 1), [1, 1, 2, 2], one)).toEqual([{ channel: 0, y: 0, x: 1, time: 0 }]);
  });

  it('a radius silences the other maps around a winner', async () => {
    const wave = tf.tensor([9, 8, 0, 7, 0, 6], [1, 1, 3, 2]);
    expect((await getKWinners(wave, { k: 2 })).map(({ x }) => x)).toEqual([0, 0]);
    expect((await getKWinners(wave, { k: 2, inhibitionRadius: 1 })).map(({ x }) => x)).toEqual([0, 2]);
  });

  it('decision layer: the highest potential wins, even if all are negative (the score of the peer takes the lowest)', async () => {
    const decide = (last: number[]) => {
      const potentials = tf.tensor([...last.map(() => 0), ...last], [2, 1, 1, last.length]);
      return getKWinners(potentials, { spikes: fire(potentials) });
    };
    expect(await decide([1, 3, -5])).toEqual([{ channel: 1, y: 0, x: 0, time: 1 }]);
    expect(await decide([-3, -1, -5])).toEqual([{ channel: 1, y: 0, x: 0, time: 1 }]);
    expect(await decide([-3, 0, -5])).toEqual([]);
  });

  it('nobody wins in silence or without neurons', async () => {
    expect(await getKWinners(tf.zeros([3, 2, 2, 2]), { k: 4 })).toEqual([]);
    expect(await getKWinners(tf.zeros([3, 0, 0, 2]))).toEqual([]);
    expect(findKWinners(new Float32Array(0), [0, 1, 1, 1], one)).toEqual([]);
  });

  it('refuses wrong shapes and options', async () => {
    await expect(getKWinners([[1]])).rejects.toThrow('getKWinners: potentials has shape [1, 1], needs [T, H, W, C]');
    await expect(getKWinners(tf.zeros([1, 1, 1, 1]), { k: 0 })).rejects.toThrow('getKWinners: k must be an integer ≥ 1, got 0');
    await expect(getKWinners(tf.zeros([1, 1, 1, 1]), { spikes: [1] })).rejects.toThrow(
      'getKWinners: spikes has shape [1], potentials has [1, 1, 1, 1]',
    );
  });

  it('leaves no tensor, whatever it was given', async () => {
    const wave = tf.ones([2, 1, 1, 2], 'int32');
    const before = tf.memory().numTensors;
    await getKWinners(wave, { spikes: [[[[1, 0]]], [[[1, 1]]]] });
    expect(tf.memory().numTensors).toBe(before);
    await wave.data();
  });
});
