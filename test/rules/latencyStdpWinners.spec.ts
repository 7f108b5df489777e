import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { doubledRates } from '../../src/rules/homeostasis/adaptRates.js';
import { computeStdpUpdate } from '../../src/rules/latency/computeStdpUpdate.js';
import { latencyStdpWinners } from '../../src/rules/latency/latencyStdpWinners.js';

const rates = { etaPlus: 0.25, etaMinus: 0.125, weightDependence: 'additive' } as const;
const never = Number.POSITIVE_INFINITY;

describe('latencyStdpWinners', () => {
  it('is computeStdpUpdate on the receptive field of the winner', async () => {
    const w = tf.randomUniform([3, 2, 2, 4], 0.2, 0.8, 'float32', 1);
    const times = tf.floor(tf.randomUniform([7, 6, 2], 0, 9, 'float32', 2));
    const next = latencyStdpWinners(w, times, [{ channel: 2, y: 1, x: 2, time: 4 }], {}, { strides: 2 });
    const map = tf.slice(w, [0, 0, 0, 2], [3, 2, 2, 1]);
    const field = tf.expandDims(tf.slice(times, [2, 4, 0], [3, 2, 2]), 3);
    const wanted = tf.concat(
      [
        tf.slice(w, [0, 0, 0, 0], [3, 2, 2, 2]),
        tf.add(map, computeStdpUpdate(map, field, 4)),
        tf.slice(w, [0, 0, 0, 3], [3, 2, 2, 1]),
      ],
      3,
    );
    expect(await next.array()).toEqual(await wanted.array());
  });

  it('potentiates before and together, depresses later, never, and outside the image', async () => {
    const times = tf.tensor3d([[[2], [3], [4], [never]]]);
    const w = tf.fill([1, 5, 1, 1], 0.5);
    const next = latencyStdpWinners(w, times, [{ channel: 0, y: 1, x: 0, time: 3 }], rates, { pad: 1 });
    expect(await next.data()).toEqual(Float32Array.of(0.375, 0.75, 0.75, 0.375, 0.375));
  });

  it('of two winners of a map the last decides', async () => {
    const times = tf.tensor3d([[[1], [9]]]);
    const w = tf.fill([1, 1, 1, 1], 0.5);
    const early = { channel: 0, y: 0, x: 0, time: 5 };
    const late = { channel: 0, y: 0, x: 1, time: 5 };
    expect(await latencyStdpWinners(w, times, [late, early], rates).data()).toEqual(Float32Array.of(0.75));
    expect(await latencyStdpWinners(w, times, [early, late], rates).data()).toEqual(Float32Array.of(0.375));
  });

  it('one rate per map, as array or tensor', async () => {
    const times = tf.tensor3d([[[0]]]);
    const w = tf.fill([1, 1, 1, 3], 0.5);
    const winners = [2, 0].map((channel) => ({ channel, y: 0, x: 0, time: 1 }));
    const etaPlus = [0.125, 0.25, 0.375];
    const wanted = Float32Array.of(0.625, 0.5, 0.875);
    expect(await latencyStdpWinners(w, times, winners, { ...rates, etaPlus }).data()).toEqual(wanted);
    expect(await latencyStdpWinners(w, times, winners, { ...rates, etaPlus: tf.tensor1d(etaPlus) }).data()).toEqual(wanted);
  });

  it('clips every weight, also without winners', async () => {
    const w = tf.tensor4d([1.5, -1, 0.5], [1, 1, 1, 3]);
    const next = latencyStdpWinners(w, tf.zeros([1, 1, 1]), [], { wMin: 0.25, wMax: 0.75 });
    expect(await next.data()).toEqual(Float32Array.of(0.75, 0.25, 0.5));
  });

  it('refuses wrong shapes and winners outside the output', () => {
    const w = tf.zeros([2, 2, 1, 3]);
    const times = tf.zeros([4, 4, 1]);
    const winner = { channel: 0, y: 0, x: 0, time: 0 };
    expect(() => latencyStdpWinners(tf.zeros([2, 2]), times, [])).toThrow('latencyStdpWinners: w has shape [2, 2]');
    expect(() => latencyStdpWinners(w, tf.zeros([4, 4, 2]), [])).toThrow(
      'preTimes has shape [4, 4, 2], w [2, 2, 1, 3] needs [H, W, 1]',
    );
    expect(() => latencyStdpWinners(w, times, [{ ...winner, x: 3 }])).toThrow(
      'winners holds channel 0 at (0, 3), the output has 3 maps of 3 × 3',
    );
    expect(() => latencyStdpWinners(w, times, [{ ...winner, channel: 3 }])).toThrow('winners holds channel 3');
    expect(() => latencyStdpWinners(w, times, [winner], { etaPlus: [1, 2] })).toThrow('etaPlus has 2 rates, w has 3 maps');
    expect(() => latencyStdpWinners(w, times, [winner], {}, { strides: 0 })).toThrow('strides must be an integer ≥ 1, got 0');
  });

  it('leaves only the new weights', () => {
    const w = tf.zeros([2, 2, 1, 3]);
    const times = tf.zeros([4, 4, 1]);
    const before = tf.memory().numTensors;
    const next = latencyStdpWinners(w, times, [{ channel: 1, y: 0, x: 0, time: 0 }]);
    expect(tf.memory().numTensors).toBe(before + 1);
    next.dispose();
  });
});

describe('doubledRates', () => {
  const start = { etaPlus: 0.004, etaMinus: 0.003, wMax: 2 };

  it('doubles every 500 images and stops at 0.15', () => {
    expect(doubledRates(start, 499)).toEqual(start);
    expect(doubledRates(start, 500)).toEqual({ etaPlus: 0.008, etaMinus: 0.006, wMax: 2 });
    expect(doubledRates(start, 2500).etaPlus).toBeCloseTo(0.128, 12);
    expect(doubledRates(start, 3000)).toEqual({ etaPlus: 0.15, etaMinus: 0.75 * 0.15, wMax: 2 });
    expect(doubledRates(start, 1e9).etaPlus).toBe(0.15);
  });

  it('follows its schedule', () => {
    expect(doubledRates({ etaPlus: 1, etaMinus: 9 }, 20, { every: 10, etaMax: 100, ratio: 0.5 })).toEqual({
      etaPlus: 4,
      etaMinus: 2,
    });
    expect(() => doubledRates(start, -1)).toThrow('doubledRates: imagesSeen must be a number ≥ 0, got -1');
    expect(() => doubledRates(start, 1, { every: 0 })).toThrow('doubledRates: every must be an integer ≥ 1, got 0');
  });
});
