/// <reference types="vite/client" />
import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../src/backends/useBackend.js';

/** The backend that this project of vitest.config.ts tests. */
export const targetBackend = import.meta.env['BACKEND'] as BackendName;

/** Another one, to compare with; its package has to be imported. */
export const otherBackend: BackendName = targetBackend === 'cpu' ? 'wasm' : 'cpu';

/** Whether the fused kernels are to serve here. */
export const kernelsWanted: boolean = import.meta.env['KERNELS'] !== 'off';

/** WebGPU in software takes up to a millisecond for an operation: what is tried in many ways elsewhere is tried in few there. */
const slow = targetBackend === 'webgpu';

/** How many random cases to try. */
export const runs = (many: number): number => (slow ? Math.ceil(many / 8) : many);

/** Which of a list to try: all, or every eighth. */
export const sample = <T>(list: readonly T[]): T[] => list.filter((_, index) => !slow || index % 8 === 0);

/** Which of several ways to the same result to try: all, or one, another for each case. */
export const waysOf = <T>(ways: readonly T[], name: string): T[] =>
  ways.filter((_, index) => !slow || index === name.length % ways.length);

/** Computes what another backend may as well, such as finite differences to compare with. */
export async function elsewhere<T>(compute: () => Promise<T>): Promise<T> {
  if (!slow) return compute();
  await tf.setBackend(otherBackend);
  try {
    return await compute();
  } finally {
    await tf.setBackend(targetBackend);
  }
}
