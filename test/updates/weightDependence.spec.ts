import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type WeightDependence, weightDependences, weightFactor } from '../../src/updates/weightDependence.js';

const bounds = { wMin: -1, wMax: 2 };
const inside = [-0.9, 0, 0.5, 1.9];
const beyond = [-3, -1, 2, 5];
const factor = async (
  dependence: WeightDependence,
  side: 'potentiation' | 'depression',
  w: readonly number[],
  mu: number | number[] | tf.Tensor = 0.5,
) => {
  const result = weightFactor(tf.tensor1d([...w]), side, dependence, bounds, mu, 'test');
  return result === 1 ? 1 : [...(await result.data())];
};
const expectClose = (actual: number | readonly number[], wanted: readonly number[]) => {
  expect(actual).toHaveLength(wanted.length);
  for (const [index, value] of wanted.entries()) {
    const error = Math.abs(([actual].flat()[index] ?? Number.NaN) - value);
    expect(error).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(value))); // float32, and WGSL's pow is good to some last bits
  }
};

describe('weightFactor inside the bounds', () => {
  it('additive does not depend on the weight', async () => {
    expect(await factor('additive', 'potentiation', inside)).toBe(1);
    expect(await factor('additive', 'depression', inside)).toBe(1);
  });

  it.each<[WeightDependence, (room: number, other: number) => number]>([
    ['additiveStep', () => 1],
    ['multiplicativePow', (room) => Math.sqrt(room)],
    ['multiplicativeRelu', (room) => room],
    ['soft', (room, other) => room * other],
  ])('%s follows its formula on both sides', async (dependence, formula) => {
    expectClose(
      await factor(dependence, 'potentiation', inside),
      inside.map((w) => formula(2 - w, w + 1)),
    );
    expectClose(
      await factor(dependence, 'depression', inside),
      inside.map((w) => formula(w + 1, 2 - w)),
    );
  });
});

describe('weightFactor at and beyond the bounds', () => {
  it('additiveStep and multiplicativeRelu stop there', async () => {
    expect(await factor('additiveStep', 'potentiation', beyond)).toEqual([1, 1, 0, 0]);
    expect(await factor('additiveStep', 'depression', beyond)).toEqual([0, 0, 1, 1]);
    expect(await factor('multiplicativeRelu', 'potentiation', beyond)).toEqual([5, 3, 0, 0]);
    expect(await factor('multiplicativeRelu', 'depression', beyond)).toEqual([0, 0, 3, 6]);
  });

  it('multiplicativePow: an integer μ is the power itself, 0 always gives 1', async () => {
    expectClose(await factor('multiplicativePow', 'potentiation', beyond, 0), [1, 1, 1, 1]);
    expectClose(await factor('multiplicativePow', 'potentiation', beyond, 1), [5, 3, 0, -3]);
    expectClose(await factor('multiplicativePow', 'potentiation', beyond, 2), [25, 9, 0, 9]);
    expectClose(await factor('multiplicativePow', 'depression', beyond, 3), [-8, 0, 27, 216]);
  });

  it('multiplicativePow: a fractional μ gives 0', async () => {
    expectClose(await factor('multiplicativePow', 'potentiation', beyond, 0.5), [Math.sqrt(5), Math.sqrt(3), 0, 0]);
    expectClose(await factor('multiplicativePow', 'depression', beyond, 1.5), [0, 0, 3 ** 1.5, 6 ** 1.5]);
  });

  it.each([0, 1e-6, 0.3, 1, 1.7, 2, 40])('multiplicativePow is a number for μ = %d, as number, array and tensor', async (mu) => {
    for (const form of [mu, [mu], tf.scalar(mu)]) {
      for (const side of ['potentiation', 'depression'] as const) {
        const values = [await factor('multiplicativePow', side, [...beyond, ...inside], form)].flat();
        expect(values.some(Number.isNaN)).toBe(false);
      }
    }
  });

  it('multiplicativePow: one μ per output, as an array or a tensor', async () => {
    const w = tf.tensor2d([
      [0.5, 0.5, 9],
      [-0.75, 1.75, 1.75],
    ]);
    const mus = [1, 2, 0.5];
    const wanted = [1.5, 1.5 ** 2, 0, 2.75, 0.25 ** 2, 0.5];
    for (const mu of [mus, tf.tensor1d(mus)]) {
      const result = weightFactor(w, 'potentiation', 'multiplicativePow', bounds, mu, 'test');
      expectClose(result === 1 ? [] : [...(await result.data())], wanted);
    }
  });
});

describe('weightFactor and memory', () => {
  it.each(weightDependences)('%s leaves exactly what it returns', (dependence) => {
    const w = tf.ones([3]);
    const before = tf.memory().numTensors;
    const result = weightFactor(w, 'depression', dependence, bounds, [0.5], 'test');
    expect(tf.memory().numTensors).toBe(before + (result === 1 ? 0 : 1));
  });
});
