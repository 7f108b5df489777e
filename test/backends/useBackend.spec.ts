import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { type BackendName, useBackend } from '../../src/backends/useBackend.js';
import { otherBackend, targetBackend } from '../target.js';

describe('useBackend', () => {
  afterEach(() => useBackend(targetBackend));

  it.each<BackendName>([otherBackend, targetBackend])('%s becomes the current backend, ready to compute', async (name) => {
    await useBackend(name);
    expect(tf.getBackend()).toBe(name);
    expect([...(await tf.add([1], [2]).data())]).toEqual([3]);
  });

  it('carries tensors along', async () => {
    const state = { w: tf.add([1, 2], 0), more: [tf.add(3, 0)] };
    await useBackend(otherBackend, state);
    expect([...(await state.w.data()), ...(await tf.add(state.more[0] ?? 0, 1).data())]).toEqual([1, 2, 4]);
  });

  it('names the backends it knows when it refuses another', async () => {
    await expect(useBackend('webgl' as BackendName)).rejects.toThrow(
      'useBackend: name must be one of webgpu, wasm, cpu, cuda, got webgl',
    );
    expect(tf.getBackend()).toBe(targetBackend);
  });
});
