import type * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { useKernels } from '../../src/kernels/tensors/current.js';
import { kernelsWanted } from '../target.js';

/** What `compute` gives by the composition of TensorFlow.js operations. */
export function composed<T>(compute: () => T): T {
  useKernels(false);
  try {
    return compute();
  } finally {
    useKernels(kernelsWanted);
  }
}

/** That two lists of tensors agree to a difference that is small against the largest value of each. */
export async function expectClose(actual: readonly tf.Tensor[], wanted: readonly tf.Tensor[], tolerance = 1e-6): Promise<void> {
  expect(actual.map(({ shape }) => shape)).toEqual(wanted.map(({ shape }) => shape));
  for (const [index, tensor] of actual.entries()) {
    const [is, should] = await Promise.all([tensor.data<'float32'>(), wanted[index]?.data<'float32'>()]);
    const scale = should?.reduce((most, value) => Math.max(most, Math.abs(value)), 1) ?? 1;
    const worst = is.reduce((most, value, at) => Math.max(most, Math.abs(value - (should?.[at] ?? Number.NaN))), 0);
    expect(worst / scale, `tensor ${index}`).toBeLessThanOrEqual(tolerance);
  }
}
