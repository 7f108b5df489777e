import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { type BackendName, backendNames, useBackend } from '../../src/backends/useBackend.js';

describe('useBackend', () => {
  const current = process.env['BACKEND'] ?? 'cpu';
  afterEach(async () => {
    await tf.setBackend(current);
  });

  it.each(backendNames)('%s becomes the current backend, ready to compute', async (name) => {
    await useBackend(name);
    expect(tf.getBackend()).toBe(name);
    expect([...(await tf.add([1], [2]).data())]).toEqual([3]);
  });

  it('names the backends it knows when it refuses another', async () => {
    await expect(useBackend('webgl' as BackendName)).rejects.toThrow('useBackend: name must be one of wasm, cpu, got webgl');
    expect(tf.getBackend()).toBe(current);
  });
});
