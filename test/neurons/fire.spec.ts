import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { fire, thresholdPotentials } from '../../src/neurons/fire.js';

const potentials = [
  [1, 2, -3, 0],
  [2, 2.5, -4, 0],
];

describe('fire', () => {
  it('fires strictly above the threshold, also above a negative one', async () => {
    expect(await fire(potentials, 2).array()).toEqual([
      [0, 0, 0, 0],
      [0, 1, 0, 0],
    ]);
    expect(await fire([[-1, -3]], -2).array()).toEqual([[1, 0]]);
  });

  it('without a threshold waits for the last step and gives the sign there', async () => {
    expect(await fire(potentials).array()).toEqual([
      [0, 0, 0, 0],
      [1, 1, -1, 0],
    ]);
  });

  it('an infinite threshold silences everyone', async () => {
    expect(await tf.sum(fire(potentials, Number.POSITIVE_INFINITY)).data()).toEqual(Float32Array.of(0));
    expect(await tf.sum(tf.abs(thresholdPotentials(potentials, Number.POSITIVE_INFINITY))).data()).toEqual(Float32Array.of(0));
  });

  it('refuses a scalar, an empty train and a NaN threshold', () => {
    expect(() => fire(3, 1)).toThrow('fire: potentials has shape [], needs [T, …] with T ≥ 1');
    expect(() => fire(tf.zeros([0, 3]), 1)).toThrow('fire: potentials has shape [0, 3]');
    expect(() => thresholdPotentials([[1]], Number.NaN)).toThrow('thresholdPotentials: threshold must be a number, got NaN');
  });
});

describe('thresholdPotentials', () => {
  it('keeps the potentials of those that fire', async () => {
    expect(await tf.abs(thresholdPotentials(potentials, 1.5)).array()).toEqual([
      [0, 2, 0, 0],
      [2, 2.5, 0, 0],
    ]);
    expect(await thresholdPotentials(potentials).array()).toEqual([[0, 0, 0, 0], potentials[1]]);
  });

  it('leaves only its result', () => {
    const before = tf.memory().numTensors;
    tf.dispose([thresholdPotentials(potentials, 1), thresholdPotentials(potentials), fire(potentials, 1), fire(potentials)]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
