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

  it('carries what shares its values once, and what is there already not at all', async () => {
    const w = tf.add([1, 2, 3, 4], 0);
    const [same, other] = [tf.clone(w), tf.reshape(w, [2, 2])];
    await useBackend(targetBackend, [w, same]);
    const before = tf.memory().numTensors;
    await useBackend(otherBackend, { w, same, other, name: 'w', size: 4, none: null, values: new Float32Array(1) });
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(w);
    expect([...(await tf.add(other, tf.reshape(same, [2, 2])).data())]).toEqual([2, 4, 6, 8]);
  });

  it('refuses what it can’t carry, by name, and stays where it is', async () => {
    const disposed = tf.add([1, 2], 0);
    disposed.dispose();
    const kept = tf.add([5], 0);
    class Learner {
      readonly w = kept;
    }
    for (const [carry, problem] of [
      [disposed, 'carry was disposed, or given away by a donated step'],
      [{ w: kept, state: { tPre: disposed } }, 'carry.state.tPre was disposed'],
      [[kept, disposed], 'carry.1 was disposed'],
      [null, 'carry must be a tensor, or arrays and records of them, got null'],
      [5, 'carry must be a tensor, or arrays and records of them, got 5'],
      ['w', 'carry must be a tensor, or arrays and records of them, got "w"'],
      [new Learner(), 'carry must be a tensor, or arrays and records of them, got '],
      [
        { learner: new Learner() },
        "carry.learner is { w: a tensor [1] }, whose tensors can't be seen: carry the tensors themselves",
      ],
      [{ all: new Map([['w', kept]]) }, 'carry.all is '],
      [{ w: Promise.resolve(kept) }, 'carry.w is '],
    ] as const) {
      await expect(useBackend(otherBackend, carry)).rejects.toThrow(`useBackend: ${problem}`);
      expect(tf.getBackend()).toBe(targetBackend);
    }
    expect([...(await kept.data())]).toEqual([5]);
  });

  it('takes what is asked for at once one after the other', async () => {
    const w = tf.add([1, 2], 0);
    const refused = expect(useBackend('none' as BackendName)).rejects.toThrow('useBackend: name must be');
    const calls = [otherBackend, targetBackend, otherBackend, otherBackend, targetBackend, otherBackend].map(async (name) => {
      await useBackend(name, { w });
      return [...(await w.data())];
    });
    expect(await Promise.all(calls)).toEqual(calls.map(() => [1, 2]));
    await refused;
    expect(tf.getBackend()).toBe(otherBackend);
    expect([...(await tf.add(w, 1).data())]).toEqual([2, 3]);
  });

  it('names the backends it knows when it refuses another', async () => {
    await expect(useBackend('webgl' as BackendName)).rejects.toThrow(
      'useBackend: name must be one of webgpu, wasm, cpu, cuda, got webgl',
    );
    expect(tf.getBackend()).toBe(targetBackend);
    for (const name of [null, 5, '', 'WASM', 'wasm ', {}, [], ['wasm'], Symbol('wasm'), Object.create(null)])
      await expect(useBackend(name as BackendName)).rejects.toThrow(
        'useBackend: name must be one of webgpu, wasm, cpu, cuda, got ',
      );
    expect(tf.getBackend()).toBe(targetBackend);
  });
});
