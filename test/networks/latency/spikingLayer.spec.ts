import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../../src/core/random.js';
import { cumulativeWave, timesTensor } from '../../../src/networks/latency/spikeTimes.js';
import {
  finalPotentials,
  firstSpikes,
  poolFirstSpikes,
  potentialsOverTime,
} from '../../../src/networks/latency/tensors/spikingLayer.js';
import { earliestIn, firstSpikesOf, imageOf, potentialsAt } from './reference.js';
import { randomTimes, tiny } from './tiny.js';

const times = randomTimes(2);
const [layer = expect.fail('no layer')] = tiny(1).layers;
const values = randomUniform(3 * 3 * 2 * 3, 4);
const weights = () => tf.tensor4d(values, [3, 3, 2, 3]);

const expectAll = (actual: ArrayLike<number>, wanted: readonly number[]): void => {
  expect(actual.length).toBe(wanted.length);
  wanted.forEach((value, index) => {
    expect(actual[index]).toBeCloseTo(value, 4);
  });
};

describe('cumulativeWave', () => {
  it('is 1 from the first spike on', async () => {
    const wave = cumulativeWave(tf.tensor4d([0, 2, 3], [1, 1, 3, 1]), 3);
    expect(wave.shape).toEqual([3, 1, 3, 1]);
    expect([...(await wave.data())]).toEqual([1, 0, 0, 1, 0, 0, 1, 1, 0]);
  });
});

describe('a layer of integrate-and-fire neurons, against plain loops', () => {
  it('fires for the first time when the potential crosses the threshold', async () => {
    const spikes = firstSpikes(timesTensor(times, 0, 2), weights(), layer, times.steps);
    const wanted = [0, 1].flatMap((image) => firstSpikesOf(imageOf(times, image), values, layer, times.steps).values);
    expect(new Set(wanted).size).toBeGreaterThan(3);
    expectAll(await spikes.data(), wanted);
  });

  it('has potentials at every step, and after the last', async () => {
    const wanted = Array.from({ length: times.steps }, (_, step) => potentialsAt(imageOf(times, 1), values, layer, step).values);
    expectAll(await potentialsOverTime(timesTensor(times, 1, 2), weights(), layer, times.steps).data(), wanted.flat());
    expectAll(await finalPotentials(timesTensor(times, 1, 2), weights(), layer, times.steps).data(), wanted.at(-1) ?? []);
  });

  it.each([1, 2, 3, 4, 5])('pools the earliest spike in squares of %i', async (size) => {
    const pooled = poolFirstSpikes(timesTensor(times, 0, 1), size);
    expectAll(await pooled.data(), earliestIn(imageOf(times, 0), size).values);
  });

  it('is silent when nothing fires', async () => {
    const silent = tf.fill([1, 8, 7, 2], times.steps) as tf.Tensor4D;
    expect(new Set(await firstSpikes(silent, weights(), layer, times.steps).data())).toEqual(new Set([times.steps]));
    expect(new Set(await finalPotentials(silent, weights(), layer, times.steps).data())).toEqual(new Set([0]));
  });

  it('leaves exactly its results', () => {
    const [input, w] = [timesTensor(times, 0, 1), weights()];
    const before = tf.memory().numTensors;
    const spikes = firstSpikes(input, w, layer, times.steps);
    const results = [
      spikes,
      finalPotentials(input, w, layer, times.steps),
      poolFirstSpikes(spikes, 2),
      poolFirstSpikes(spikes, 1),
    ];
    expect(tf.memory().numTensors).toBe(before + 4);
    tf.dispose(results);
  });
});
