import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../../src/core/random.js';
import type { Reading } from '../../../src/kernels/host/featureExtractor.js';
import { extractFeatures } from '../../../src/networks/latency/extractFeatures.js';
import type { ConvLayerSpec } from '../../../src/networks/latency/spec/networkSpec.js';
import { readingOf } from '../../../src/networks/latency/spec/readoutSpec.js';
import { earliestIn, firstSpikesOf, imageOf, type Plane, potentialsAt } from './reference.js';
import { randomTimes, tiny } from './tiny.js';

const times = randomTimes(3);
const values = [randomUniform(9 * 2 * 3, 1), randomUniform(9 * 3 * 4, 2)];
const tensors = (layers: number): tf.Tensor4D[] =>
  values.slice(0, layers).map((own, index) => tf.tensor4d(own, index === 0 ? [3, 3, 2, 3] : [3, 3, 3, 4]));

/** What a source sees of a neuron, by plain loops. */
function seen(input: Plane, w: Float32Array, layer: ConvLayerSpec, { source, share }: Reading): Plane {
  if (source === 'spikes') {
    const spikes = firstSpikesOf(input, w, layer, times.steps);
    return { ...spikes, values: spikes.values.map((time) => (times.steps - time) / times.steps) };
  }
  const final = potentialsAt(input, w, layer, times.steps - 1);
  if (source === 'potentials') return final;
  const highest = (index: number) => {
    const start = index - (index % final.channels);
    return Math.max(...final.values.slice(start, start + final.channels));
  };
  return { ...final, values: final.values.map((value, index) => Math.max(0, value - share * highest(index))) };
}

function onGrid({ height, width, channels, values: all }: Plane, { grid, source }: Reading): readonly number[] {
  const [rows, columns] = [Math.ceil(height / grid), Math.ceil(width / grid)];
  const cells = new Array<number>(grid * grid * channels).fill(0);
  all.forEach((value, index) => {
    const [y, x] = [Math.floor(index / channels / width), Math.floor(index / channels) % width];
    const cell = (Math.floor(y / rows) * grid + Math.floor(x / columns)) * channels + (index % channels);
    cells[cell] = source === 'potentials' ? Math.max(cells[cell] ?? 0, value) : (cells[cell] ?? 0) + value;
  });
  return cells;
}

describe.each(['spikes', 'potentials', 'contrast'] as const)('extractFeatures: %s', (source) => {
  it.each([1, 2] as const)('of %i layer(s) equal plain loops', async (layers) => {
    const spec = tiny(layers, { source, grid: 3 });
    const weights = tensors(layers);
    const before = tf.memory().numTensors;
    const features = await extractFeatures(times, weights, spec);
    expect(tf.memory().numTensors).toBe(before);
    const [first = expect.fail(), last = first] = spec.layers;
    const wanted = [0, 1, 2].flatMap((image) => {
      const own = imageOf(times, image);
      const input =
        layers === 1 ? own : earliestIn(firstSpikesOf(own, values[0] ?? new Float32Array(), first, times.steps), first.poolSize);
      return onGrid(
        seen(input, values[layers - 1] ?? new Float32Array(), last, readingOf(spec.readout)),
        readingOf(spec.readout),
      );
    });
    expect(features).toMatchObject({ count: 3, size: 9 * last.maps });
    expect(features.values.length).toBe(wanted.length);
    wanted.forEach((value, index) => {
      expect(features.values[index]).toBeCloseTo(value, 4);
    });
  });

  it('are all 0 in silence', async () => {
    const silent = { ...times, values: new Uint8Array(times.values.length).fill(times.steps) };
    const features = await extractFeatures(silent, tensors(1), tiny(1, { source, grid: 3 }));
    expect(new Set(features.values)).toEqual(new Set([0]));
  });
});
