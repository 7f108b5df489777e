import * as tf from '@tensorflow/tfjs-core';
import { isSome, none, some } from 'fp-ts/lib/Option.js';
import { describe, expect, it } from 'vitest';
import { findWtaWinner } from '../../src/competition/findWtaWinner.js';

/** A train of `steps` steps, 2 × 2 × 2, with spikes at [t, y, x, c]. */
function train(...spikes: readonly (readonly [number, number, number, number])[]): tf.Tensor {
  const buffer = tf.buffer([4, 2, 2, 2]);
  for (const spike of spikes) buffer.set(1, ...spike);
  return buffer.toTensor();
}

const potentials = (...peaks: readonly (readonly [number, number, number, number])[]): tf.Tensor => {
  const buffer = tf.buffer([2, 2, 2]);
  for (const [value, ...at] of peaks) buffer.set(value, ...at);
  return buffer.toTensor();
};

describe('findWtaWinner', () => {
  it('takes the earliest spike, whatever potentials later ones have', async () => {
    const found = await findWtaWinner(train([2, 0, 0, 0], [1, 1, 0, 1]), potentials([9, 0, 0, 0]));
    expect(found).toEqual(some({ channel: 1, y: 1, x: 0, time: 1 }));
  });

  it('of several takes the highest potential, even a negative one', async () => {
    const spikes = train([1, 0, 0, 0], [1, 1, 1, 1]);
    expect(await findWtaWinner(spikes, potentials([-2, 0, 0, 0], [-1, 1, 1, 1]))).toEqual(
      some({ channel: 1, y: 1, x: 1, time: 1 }),
    );
  });

  it('breaks ties by channel, then row, then column', async () => {
    const spikes = train([0, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 0]);
    expect(await findWtaWinner(spikes)).toEqual(some({ channel: 0, y: 1, x: 0, time: 0 }));
    expect(await findWtaWinner(spikes, tf.ones([2, 2, 2]))).toEqual(some({ channel: 0, y: 1, x: 0, time: 0 }));
  });

  it('draws ties by seed: the same winner every time, and each of the tied for some seed', async () => {
    const spikes = train([0, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 0]);
    const draw = async (seed: number) => JSON.stringify(await findWtaWinner(spikes, undefined, seed));
    expect(await draw(7)).toBe(await draw(7));
    const drawn = new Set<string>();
    for (let seed = 0; seed < 40; seed++) drawn.add(await draw(seed));
    expect(drawn.size).toBe(3);
  });

  it('a seed does not overrule potentials', async () => {
    const spikes = train([0, 0, 0, 1], [0, 1, 1, 0]);
    for (let seed = 0; seed < 10; seed++) {
      expect(await findWtaWinner(spikes, potentials([1, 0, 0, 1]), seed)).toEqual(some({ channel: 1, y: 0, x: 0, time: 0 }));
    }
  });

  it('finds nobody in silence', async () => {
    expect(await findWtaWinner(train())).toEqual(none);
    expect(await findWtaWinner(tf.zeros([0, 2, 2, 2]))).toEqual(none);
  });

  it('refuses wrong shapes, and leaves nothing behind', async () => {
    const spikes = train([0, 0, 0, 0]);
    const before = tf.memory().numTensors;
    expect(isSome(await findWtaWinner(spikes))).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
    await expect(findWtaWinner(tf.zeros([2, 2]))).rejects.toThrow('findWtaWinner: spikes has shape [2, 2], needs [T, H, W, C]');
    await expect(findWtaWinner(spikes, [1, 2])).rejects.toThrow('potentials has shape [2], spikes [4, 2, 2, 2] need [2, 2, 2]');
  });
});
