import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { type BackendName, useBackend } from '../../src/backends/useBackend.js';

describe('useBackend', () => {
  const current = (process.env['BACKEND'] ?? 'cpu') as BackendName;
  afterEach(() => useBackend(current));

  it.each<BackendName>(['wasm', 'cpu'])('%s becomes the current backend, ready to compute', async (name) => {
    await useBackend(name);
    expect(tf.getBackend()).toBe(name);
    expect([...(await tf.add([1], [2]).data())]).toEqual([3]);
  });

  it('carries tensors along', async () => {
    const state = { w: tf.tensor1d([1, 2]), more: [tf.scalar(3)] };
    await useBackend(current === 'cpu' ? 'wasm' : 'cpu', state);
    expect([...(await state.w.data()), ...(await tf.add(state.more[0] ?? 0, 1).data())]).toEqual([1, 2, 4]);
  });

  it('names the backends it knows when it refuses another', async () => {
    await expect(useBackend('webgl' as BackendName)).rejects.toThrow(
      'useBackend: name must be one of webgpu, wasm, cpu, cuda, got webgl',
    );
    expect(tf.getBackend()).toBe(current);
  });
});
