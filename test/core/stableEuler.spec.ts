import * as tf from '@tensorflow/tfjs-core';
import { right } from 'fp-ts/lib/Either.js';
import { expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import { stableEuler } from '../../src/core/stableEuler.js';
import { targetBackend } from '../target.js';

const refusal = (params: { readonly dt: number; readonly tau: number | readonly number[] | tf.Tensor }) => () =>
  orThrow(stableEuler('f', params, ['tau']));

it('lets pass what decays, and what swings without growing', () => {
  for (const [dt, tau] of [
    [1, 20],
    [2, 1],
    [1.4, 0.7],
    [0.6, 0.3],
    [1, Number.POSITIVE_INFINITY],
  ] as const) {
    const [number, list, tensor] = [
      { dt, tau },
      { dt, tau: [20, tau] },
      { dt, tau: tf.tensor1d([tau, 20]) },
    ];
    for (const params of [number, list, tensor]) expect(stableEuler('f', params, ['tau'])).toEqual(right(params));
  }
});

it('names the time constant that is too short, wherever it stands', () => {
  const message = "f: tau must be at least half of dt = 3 ms, or Euler's steps grow without end, got 1";
  expect(refusal({ dt: 3, tau: 1 })).toThrow(message);
  expect(refusal({ dt: 3, tau: [20, 1] })).toThrow(message);
  if (targetBackend !== 'webgpu') expect(refusal({ dt: 3, tau: tf.tensor1d([20, 1]) })).toThrow(message);
});

it('looks at the named ones alone', () => {
  expect(stableEuler('f', { dt: 3, tau: 1, tauMem: 20 }, ['tauMem'])._tag).toBe('Right');
});
