import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { computeStdpUpdate } from '../../src/rules/latency/computeStdpUpdate.js';

const never = Number.POSITIVE_INFINITY;
const rates = { etaPlus: 0.5, etaMinus: 0.25 } as const;
const numbers = async (tensor: tf.Tensor) => [...(await tensor.data())];

describe('computeStdpUpdate', () => {
  it('the order of first spikes decides the sign: before and together up, later and never down', async () => {
    const update = computeStdpUpdate(tf.fill([4], 0.5), [1, 3, 4, never], 3, { ...rates, weightDependence: 'additive' });
    expect(await numbers(update)).toEqual([0.5, 0.5, -0.25, -0.25]);
  });

  it('soft: both sides scale with (w − wMin)(wMax − w), nothing moves at a bound', async () => {
    const w = [-1, 0, 0.5, 3];
    const update = computeStdpUpdate(w, [0, 0, 9, 0], 5, { ...rates, wMin: -1, wMax: 3 });
    expect(await numbers(update)).toEqual([0, 0.5 * 1 * 3, -0.25 * 1.5 * 2.5, 0]);
  });

  it('two infinities count as together', async () => {
    expect(await numbers(computeStdpUpdate([0.5], [never], never, { ...rates, weightDependence: 'additive' }))).toEqual([0.5]);
  });

  it('takes one time and one rate per map', async () => {
    const preTimes = tf.fill([2, 3], 4);
    const update = computeStdpUpdate(tf.fill([2, 3], 0.5), preTimes, tf.tensor1d([3, 4, never]), {
      etaPlus: [1, 2, 3],
      etaMinus: tf.tensor1d([4, 5, 6]),
      weightDependence: 'additive',
    });
    expect(await numbers(update)).toEqual([-4, 2, 3, -4, 2, 3]);
  });

  it('of no weights is no change', async () => {
    expect(computeStdpUpdate(tf.zeros([0, 2]), tf.zeros([0, 2]), 1).shape).toEqual([0, 2]);
  });

  it('refuses shapes and parameters that do not fit', () => {
    expect(() => computeStdpUpdate([0, 1], [1], 0)).toThrow('computeStdpUpdate: preTimes has shape [1], w has [2]');
    expect(() => computeStdpUpdate([0], [1], 0, { etaPlus: Number.NaN })).toThrow(
      'computeStdpUpdate: etaPlus must be a finite number, got NaN',
    );
    expect(() => computeStdpUpdate([0], [1], 0, { wMin: 1 })).toThrow('computeStdpUpdate: wMin must be below wMax, got 1 and 1');
    expect(() => computeStdpUpdate([0], [1], 0, { mu: 1 } as object)).toThrow('computeStdpUpdate: mu is not a parameter');
  });

  it('leaves exactly what it returns', () => {
    const before = tf.memory().numTensors;
    computeStdpUpdate([0.5, 0.5], [1, 2], 1, { etaPlus: [1, 2] }).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
