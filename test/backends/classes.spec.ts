import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import type * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { type BackendName, useBackend } from '../../src/backends/useBackend.js';
import { tensorsOf } from '../../src/core/trees.js';
import { type Carrying, steps, subjects } from '../learners/subjects.js';
import { sample, targetBackend } from '../target.js';

/** What an object holds after a run that goes from one backend to the next, and takes it along. */
async function heldAfter(it: (typeof subjects)[number][1], backends: readonly BackendName[]): Promise<readonly tf.TypedArray[]> {
  await useBackend(backends[0]);
  const object: Carrying = it.make();
  for (const [index, backend] of backends.entries()) {
    await useBackend(backend, { object });
    await steps(it, object, 2 * index, 2 * index + 2);
  }
  await useBackend('cpu', object);
  const held = await Promise.all(tensorsOf(object.carry()).map((tensor) => tensor.data()));
  object.dispose?.();
  return held;
}

describe('useBackend carries', () => {
  afterEach(() => useBackend(targetBackend));

  it.each(sample(subjects))('a %s from backend to backend', async (_, it) => {
    const alone = await heldAfter(it, ['cpu', 'cpu', 'cpu', 'cpu']);
    const moved = await heldAfter(it, ['cpu', 'wasm', targetBackend, 'cpu']);
    expect(moved.map(({ length }) => length)).toEqual(alone.map(({ length }) => length));
    const differences = moved.flatMap((values, index) =>
      Array.from(values, (value, at) => Math.abs(value - (alone[index]?.[at] ?? Number.NaN))),
    );
    expect(differences.filter((difference) => !(difference < 1e-4))).toEqual([]);
  });
});
