import { describe, expect, it } from 'vitest';
import { trainCompetitive, untrainedLayer } from '../../../src/networks/competitive/trainCompetitive.js';
import { digits, small } from './small.js';

const sums = (weights: Float32Array, neurons: number): readonly number[] =>
  Array.from({ length: neurons }, (_, neuron) =>
    weights.filter((_, index) => index % neurons === neuron).reduce((sum, weight) => sum + weight, 0),
  );

/** Trains until so many images were seen, then stops. */
function stopped(images: number) {
  const abort = new AbortController();
  return trainCompetitive(small(), digits, {
    seed: 1,
    signal: abort.signal,
    onProgress: (done) => done >= images && abort.abort(),
  });
}

describe('untrainedLayer', () => {
  it('has positive random weights of the right sum, and thresholds that haven’t grown', () => {
    const { weights, theta, imagesSeen } = untrainedLayer(small(), 784, 1);
    expect([weights.length, imagesSeen]).toEqual([784 * 20, 0]);
    expect(weights.every((weight) => weight > 0)).toBe(true);
    for (const sum of sums(weights, 20)) expect(sum).toBeCloseTo(85, 3);
    expect(theta.every((value) => value === 0)).toBe(true);
    expect(untrainedLayer(small(), 784, 2).weights).not.toEqual(weights);
  });
});

describe('trainCompetitive', () => {
  const trained = trainCompetitive(small(), digits, { seed: 1 });

  it('learns the same from the same seed, something else from another', async () => {
    expect(await trainCompetitive(small(), digits, { seed: 1 })).toEqual(await trained);
    expect((await trainCompetitive(small(), digits, { seed: 2 })).weights).not.toEqual((await trained).weights);
  });

  it('keeps every neuron’s weights between 0 and 1, at the same sum', async () => {
    const { weights, imagesSeen } = await trained;
    expect(imagesSeen).toBe(230);
    expect(weights.every((weight) => weight >= 0 && weight <= 1)).toBe(true);
    for (const sum of sums(weights, 20)) expect(sum).toBeCloseTo(85, 2);
  });

  it('comes to prefer what it sees: of the pixels that are always black weights shrink', async () => {
    const black = Array.from({ length: 784 }, (_, pixel) =>
      digits.pixels.every((value, at) => at % 784 !== pixel || value === 0),
    );
    const preference = (weights: Float32Array) => {
      const sum = (of: boolean) =>
        weights.reduce((total, weight, at) => (black[Math.floor(at / 20)] === of ? total + weight : total), 0);
      return (sum(false) / sum(true)) * (black.filter((is) => is).length / black.filter((is) => !is).length);
    };
    expect(preference(untrainedLayer(small(), 784, 1).weights)).toBeCloseTo(1, 1);
    expect(preference((await trained).weights)).toBeGreaterThan(1.2);
    expect((await trained).theta.some((theta) => theta > 0)).toBe(true);
  });

  it.each([50, 150])('goes on after %i images as if it had never stopped', async (images) => {
    const part = await stopped(images);
    expect(part.imagesSeen).toBe(images);
    const kept = JSON.stringify(part);
    expect(await trainCompetitive(small(), digits, { seed: 1, from: part })).toEqual(await trained);
    expect(JSON.stringify(part)).toBe(kept);
  });

  it('stops before the first image when told so', async () => {
    const signal = AbortSignal.abort();
    expect(await trainCompetitive(small(), digits, { seed: 1, signal })).toEqual(untrainedLayer(small(), 784, 1));
  });

  it('tells how often the layer fired for every thousand images', async () => {
    const spec = small(2100, 3);
    const seen: (readonly number[])[] = [];
    const { activity } = await trainCompetitive(spec, digits, { seed: 1, onProgress: (done, total) => seen.push([done, total]) });
    expect(activity.map(({ images }) => images)).toEqual([1000, 2000, 2100]);
    for (const { spikes } of activity) expect(spikes).toBeGreaterThan(40);
    expect([seen.length, seen.at(-1)]).toEqual([42, [2100, 2100]]);
  });
});
