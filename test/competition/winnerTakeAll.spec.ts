import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type WtaResult, wtaByMembrane, wtaGlobal, wtaLocal } from '../../src/competition/winnerTakeAll.js';

const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());

/** One image of one map, 2 × 2. */
const map = (...entries: readonly number[]): tf.Tensor => tf.tensor(entries, [1, 2, 2, 1]);

describe('wtaGlobal', () => {
  it('keeps the spiking neuron with the highest potential and clears the map', async () => {
    const { spikes, membrane, winnerMask } = wtaGlobal(map(1, 0, 1, 1), map(1, 9, 3, 2));
    expect(await values(spikes)).toEqual([0, 0, 1, 0]);
    expect(await values(winnerMask)).toEqual([0, 0, 1, 0]);
    expect(await values(membrane)).toEqual([0, 0, 0, 0]);
  });

  it('breaks ties by the lowest row, then column', async () => {
    expect(await values(wtaGlobal(map(0, 1, 1, 1), map(5, 2, 2, 2)).winnerMask)).toEqual([0, 1, 0, 0]);
  });

  it('asks the potentials before the reset when they are given', async () => {
    expect(await values(wtaGlobal(map(1, 1, 0, 0), map(2, 1, 0, 0), map(-3, -2, 7, 7)).winnerMask)).toEqual([0, 1, 0, 0]);
  });

  it('treats maps and images apart; silent ones keep their membrane', async () => {
    const spikes = tf.tensor([1, 0, 1, 0, 0, 1, 0, 0], [2, 1, 2, 2]);
    const potential = tf.tensor([1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 2, 2]);
    const { winnerMask, membrane } = wtaGlobal(spikes, potential);
    expect(await values(winnerMask)).toEqual([0, 0, 1, 0, 0, 1, 0, 0]);
    expect(await values(membrane)).toEqual([0, 2, 0, 4, 5, 0, 7, 0]);
  });

  it('a layer without batch is a batch of one', async () => {
    const spikes = tf.tensor3d([1, 0, 1, 1], [2, 1, 2]);
    const potential = tf.tensor3d([1, 2, 3, 4], [2, 1, 2]);
    const one = wtaGlobal(spikes, potential);
    const batch = wtaGlobal(tf.expandDims(spikes, 0), tf.expandDims(potential, 0));
    expect(one.membrane.shape).toEqual([2, 1, 2]);
    expect(await values(one.winnerMask)).toEqual(await values(batch.winnerMask));
    expect(await values(one.membrane)).toEqual(await values(batch.membrane));
  });
});

describe('wtaByMembrane', () => {
  it('only a positive potential wins', async () => {
    expect(await values(wtaByMembrane(map(1, 1, 1, 0), map(-1, 0.5, 0.5, 9)).winnerMask)).toEqual([0, 1, 0, 0]);
    const { spikes, membrane } = wtaByMembrane(map(1, 1, 1, 1), map(-1, 0, -2, -3));
    expect(await values(spikes)).toEqual([0, 0, 0, 0]);
    expect(await values(membrane)).toEqual([-1, 0, -2, -3]);
  });
});

describe('wtaLocal', () => {
  it.each([0, 1, 2])('clears all maps within distance %i of a spike; spikes stay', async (radius) => {
    const spikes = tf.cast(tf.reshape(tf.oneHot(tf.scalar(7 * 2, 'int32'), 50), [1, 5, 5, 2]), 'float32'); // y 1, x 2, map 0
    const result = wtaLocal(spikes, tf.ones([1, 5, 5, 2]), radius);
    expect(await values(result.spikes)).toEqual(await values(spikes));
    expect(await values(result.winnerMask)).toEqual(await values(spikes));
    for (const [index, value] of (await values(result.membrane)).entries()) {
      const [y, x] = [Math.floor(index / 10), Math.floor(index / 2) % 5];
      expect(value).toBe(Math.max(Math.abs(y - 1), Math.abs(x - 2)) <= radius ? 0 : 1);
    }
  });

  it('refuses radii that are no integers', () => {
    expect(() => wtaLocal(map(0, 0, 0, 0), map(0, 0, 0, 0), 0.5)).toThrow('wtaLocal: radius must be an integer ≥ 0, got 0.5');
  });
});

const all: readonly (readonly [string, (spikes: tf.Tensor, membrane: tf.Tensor) => WtaResult])[] = [
  ['wtaGlobal', wtaGlobal],
  ['wtaByMembrane', wtaByMembrane],
  ['wtaLocal', (spikes, membrane) => wtaLocal(spikes, membrane, 1)],
];

describe.each(all)('%s', (name, compete) => {
  it('changes nothing in silence', async () => {
    const { spikes, membrane, winnerMask } = compete(map(0, 0, 0, 0), map(1, 2, 3, 4));
    expect(await values(spikes)).toEqual([0, 0, 0, 0]);
    expect(await values(winnerMask)).toEqual([0, 0, 0, 0]);
    expect(await values(membrane)).toEqual([1, 2, 3, 4]);
  });

  it('leaves three tensors and its inputs as they were', async () => {
    const [spikes, membrane] = [map(1, 0, 1, 1), map(1, 9, 3, 2)];
    const before = tf.memory().numTensors;
    const result = compete(spikes, membrane);
    expect(tf.memory().numTensors).toBe(before + 3);
    tf.dispose([result.spikes, result.membrane, result.winnerMask]);
    expect(await values(spikes)).toEqual([1, 0, 1, 1]);
    expect(await values(membrane)).toEqual([1, 9, 3, 2]);
  });

  it('refuses shapes that differ and wrong ranks', () => {
    expect(() => compete(map(0, 0, 0, 0), tf.zeros([2, 2]))).toThrow(
      `${name}: membrane has shape [2, 2], spikes have [1, 2, 2, 1]`,
    );
    expect(() => compete(tf.zeros([2, 2]), tf.zeros([2, 2]))).toThrow(`${name}: spikes has shape [2, 2], needs [B, H, W, C]`);
  });
});
