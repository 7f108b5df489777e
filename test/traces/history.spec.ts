import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { heldSample, historyLength, initHistory, pushHistory, readHistory, sampleBefore } from '../../src/traces/history.js';

describe('history', () => {
  it.each([
    [0, 1, 1],
    [3, 1, 4],
    [2.5, 1, 4],
    [2.4000000000000004, 0.8, 4],
    [0.3, 0.1, 4],
  ])('to look back %f ms with dt %f takes %i samples', (longest, dt, length) => {
    expect(historyLength(longest, dt)).toBe(length);
  });

  it('keeps the latest values, newest first, for each sample of the batch', async () => {
    let history = initHistory([2, 1], 3);
    for (const value of [1, 2, 3, 4]) history = pushHistory(history, tf.tensor2d([[value], [-value]]));
    expect(await history.array()).toEqual([
      [[4], [3], [2]],
      [[-4], [-3], [-2]],
    ]);
  });

  it('has time first without a batch', () => {
    expect(initHistory([5, 2], 3, 0, 0).shape).toEqual([3, 5, 2]);
  });

  it('a time within the tolerance of a sample is that sample, others count from the older one', async () => {
    const sampling = { dt: 0.5, interpTolerance: 0.01 };
    const { steps, elapsed } = sampleBefore(tf.tensor1d([0, 0.005, 0.02, 0.495, 0.7, 1]), sampling);
    expect(Array.from(await steps.data())).toEqual([0, 0, 1, 1, 2, 2]);
    const wanted = [0, 0, 0.48, 0, 0.3, 0].map((value) => expect.closeTo(value, 6));
    expect(Array.from(await elapsed.data())).toEqual(wanted);
  });

  it('whole steps stay whole under rounding', async () => {
    const times = Array.from({ length: 200 }, (_, index) => index * 0.1);
    const { steps, elapsed } = sampleBefore(tf.tensor1d(times), { dt: 0.1, interpTolerance: 0 });
    expect(Array.from(await steps.data())).toEqual(times.map((_, index) => index));
    expect(Number((await tf.max(elapsed).data())[0])).toBe(0);
  });

  it('a spike between samples is the older one, or the nearer (halfway the older)', async () => {
    const [time, sampling] = [tf.tensor1d([0.25, 0.5, 0.75, 1]), { dt: 1, interpTolerance: 0 }];
    expect(Array.from(await heldSample(time, sampling, 'previous').data())).toEqual([1, 1, 1, 1]);
    expect(Array.from(await heldSample(time, sampling, 'nearest').data())).toEqual([0, 1, 1, 1]);
  });

  it('reads one value for each synapse, Infinity included, and leaves nothing behind', async () => {
    const history = tf.tensor3d([[[0], [7], [Number.POSITIVE_INFINITY]]]);
    const steps = tf.tensor2d([[0, 1, 2]]);
    const before = tf.memory().numTensors;
    const read = readHistory(history, steps);
    expect(tf.memory().numTensors - before).toBe(1);
    expect(await read.array()).toEqual([[0, 7, Number.POSITIVE_INFINITY]]);
  });

  it('refuses what is no time before now, no sample and no record', () => {
    const sampling = { dt: 1, interpTolerance: 0 };
    expect(() => historyLength(-1, 1)).toThrow('historyLength: longest must be a number ≥ 0, got -1');
    expect(() => historyLength(1e30, 1e-9)).toThrow('historyLength: longest of 1e+30 ms is too long for steps of 1e-9 ms');
    expect(() => initHistory([], 3)).toThrow('initHistory: shape is [], but time is axis 1, after that of the batch');
    expect(() => pushHistory([[1, 2]], [[1]])).toThrow('pushHistory: value has shape [1, 1], history [1, 2] needs [1]');
    expect(() => readHistory([[1, 2]], [2])).toThrow('readHistory: steps must be whole numbers in [0, 1], holds 2');
    expect(() => sampleBefore([-1], sampling)).toThrow('sampleBefore: time must be ms before now, ≥ 0, holds -1');
    expect(() => heldSample([1], sampling, 'Nearest' as 'nearest')).toThrow(
      "heldSample: interpolation must be one of 'previous', 'nearest'",
    );
    expect(() => sampleBefore([1], { dt: 1 } as typeof sampling)).toThrow(
      'sampleBefore: interpTolerance must be a number ≥ 0, got undefined',
    );
  });
});
