import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type BatchReduction, isLinear, reduceBatch } from '../../src/updates/batchReduction.js';

const perSample = () => tf.tensor3d([[[1, -2]], [[3, -4]], [[5, 0]]]);

describe('reduceBatch', () => {
  it.each<[string, BatchReduction, number[][]]>([
    ['sum', 'sum', [[9, -6]]],
    ['mean', 'mean', [[3, -2]]],
    ['max', 'max', [[5, 0]]],
    ['a function', (samples) => tf.min(samples, 0), [[1, -4]]],
  ])('%s removes the batch axis', async (_, reduction, wanted) => {
    expect(await reduceBatch(perSample(), reduction, 'test').array()).toEqual(wanted);
  });

  it('refuses a function that keeps the batch', () => {
    expect(() => reduceBatch(perSample(), (samples) => samples, 'test')).toThrow(
      'test: the reduction gave shape [3, 1, 2], needs [1, 2]',
    );
  });

  it('only sum and mean fold into one product', () => {
    expect((['sum', 'mean', 'max', tf.neg] as BatchReduction[]).map(isLinear)).toEqual([true, true, false, false]);
  });
});
