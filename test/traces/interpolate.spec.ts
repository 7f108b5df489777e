import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { interpolate } from '../../src/traces/interpolate.js';
import { exponentialMean, runningMean } from '../../src/traces/runningMean.js';

it('an age before the first spike makes no NaN of the one that is read', async () => {
  const never = tf.fill([2], Number.POSITIVE_INFINITY);
  expect(Array.from(await interpolate([3, 3], never, [0, 1], 'nearest', { dt: 1 }).data())).toEqual([
    3,
    Number.POSITIVE_INFINITY,
  ]);
});

it('refuses other forms, shapes and times', () => {
  const dt = { dt: 1 };
  expect(() => interpolate([1], [1], [0], 'Linear' as 'linear', dt)).toThrow(
    "interpolate: form must be one of 'previous', 'next'",
  );
  expect(() => interpolate([1], [1, 2], [0], 'linear', dt)).toThrow('interpolate: newer has shape [2], older has [1]');
  expect(() => interpolate([1], [1], [2], 'linear', dt)).toThrow('interpolate: elapsed must be in [0, 1] ms, holds 2');
  expect(() => interpolate([1], [1], [0], 'linear', {} as typeof dt)).toThrow(
    'interpolate: dt must be a number > 0, got undefined',
  );
});

it('means refuse other shapes, and counts and weights that are none', () => {
  expect(() => runningMean([1], [1, 2], 1)).toThrow('runningMean: value has shape [2], mean has [1]');
  expect(() => runningMean([1], [1], 0)).toThrow('runningMean: count must be an integer ≥ 1, got 0');
  expect(() => exponentialMean([1], [1], 1.5)).toThrow('exponentialMean: alpha must be a number in [0, 1], got 1.5');
});
