import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { makeNamed } from '../../property-tests/everyRule.js';
import { AdaptiveThreshold, initAdaptiveThreshold, initConvergenceTracker, stdpKernel } from '../../src/entries/everything.js';
import { ruleNames } from '../../src/rules/ruleFromJSON.js';
import { dense } from '../../src/topologies/dense.js';
import { initDelayLine } from '../../src/traces/delayLine.js';
import { initHistory } from '../../src/traces/history.js';

/** What makes a rule remember more steps than float32 can count. */
const long = { maxDelay: 1e9, delay: 1e9 };
const recording = ruleNames.flatMap((name) => {
  const { params } = makeNamed(name, {}, dense);
  const given = Object.entries(long).filter(([param]) => param in params && !name.endsWith('Delay'));
  return given.map(([param, value]) => [name, { [param]: value }] as const);
});

describe('records that no memory holds', () => {
  it.each(recording)('%s of %j is refused in its name', (name, params) => {
    expect(() => makeNamed(name, params, dense).init({ pre: [1], post: [1] })).toThrow(
      new RegExp(`^${name}: \\w+ of 1000000000 ms is too long for steps of 1 ms$`),
    );
  });

  it('are those of several rules', () => {
    expect(recording.length).toBeGreaterThan(4);
  });

  it('are refused by whoever makes them', () => {
    expect(() => initDelayLine([1], 1e9)).toThrow('initDelayLine: maxDelay must be at most 16777216, got 1000000000');
    expect(() => initHistory([1, 1], 1e9)).toThrow('initHistory: length must be at most 16777216, got 1000000000');
  });
});

it('layers that no memory holds, and kernels whose parameters do not meet the differences, are refused by name', () => {
  const sizes = [1, 1, 1e9];
  expect(() => initAdaptiveThreshold(sizes)).toThrow('initAdaptiveThreshold: shape [1, 1, 1000000000] holds');
  expect(() => initConvergenceTracker(sizes)).toThrow('initConvergenceTracker: shape [1, 1, 1000000000] holds');
  expect(() => new AdaptiveThreshold(1e9, [1, 1])).toThrow('AdaptiveThreshold: spatialShape [1, 1, 1000000000] holds');
  const thresholds = new AdaptiveThreshold(1, [1, 1]);
  expect(() => thresholds.getThresholds(1e9)).toThrow('AdaptiveThreshold: batch [1000000000, 1, 1, 1] holds');
  thresholds.dispose();
  expect(() => stdpKernel({ kernel: 'exponential', eta: tf.zeros([0]), tau: 20 }, tf.ones([2, 3]), 'pre')).toThrow(
    'stdpKernel: kernel.eta has shape [0], difference [2, 3]',
  );
});
