import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { getFirstSpikeTimes } from '../../src/traces/firstSpikeTimes.js';

const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());

describe('getFirstSpikeTimes', () => {
  it('finds the first of several spikes, at any rank', async () => {
    expect(await values(getFirstSpikeTimes([0, 0, 1, 1]))).toEqual([2]);
    const train = [
      [
        [0, 1],
        [0, 0],
      ],
      [
        [2, 0],
        [0, 0],
      ],
      [
        [1, 1],
        [0, 1],
      ],
    ];
    const times = getFirstSpikeTimes(train);
    expect(times.shape).toEqual([2, 2]);
    expect(await values(times)).toEqual([1, 0, Number.POSITIVE_INFINITY, 2]);
  });

  it('gives silent neurons the value for no spike; negative values and NaN are no spikes', async () => {
    expect(await values(getFirstSpikeTimes(tf.zeros([5, 3]), 5))).toEqual([5, 5, 5]);
    expect(await values(getFirstSpikeTimes(tf.tensor2d([[-1, Number.NaN]]), -1))).toEqual([-1, -1]);
  });

  it('takes bool and int32 trains, and trains without steps', async () => {
    expect(
      await values(
        getFirstSpikeTimes(
          tf.tensor2d(
            [
              [0, 1],
              [1, 1],
            ],
            [2, 2],
            'bool',
          ),
        ),
      ),
    ).toEqual([1, 0]);
    expect(
      await values(
        getFirstSpikeTimes(
          tf.tensor2d(
            [
              [0, 1],
              [1, 1],
            ],
            [2, 2],
            'int32',
          ),
        ),
      ),
    ).toEqual([1, 0]);
    expect(await values(getFirstSpikeTimes(tf.zeros([0, 2])))).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  it('refuses a train without time, and leaves nothing behind', () => {
    const spikes = tf.ones([3, 2]);
    const before = tf.memory().numTensors;
    expect(() => getFirstSpikeTimes(1)).toThrow('getFirstSpikeTimes: spikes is a single number, needs a leading time axis');
    getFirstSpikeTimes(spikes);
    expect(tf.memory().numTensors).toBe(before + 1);
  });
});
