import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { untrained } from '../../../src/networks/latency/training/trainingState.js';
import { trainNetwork } from '../../../src/networks/latency/training/trainNetwork.js';
import { randomTimes, tiny } from './tiny.js';

const times = randomTimes(12);

/** Trains until `images` images were seen in all, then stops. */
async function stopped(layers: 1 | 2, images: number) {
  const abort = new AbortController();
  let seen = 0;
  return trainNetwork(tiny(layers), times, {
    seed: 1,
    signal: abort.signal,
    onProgress: () => ++seen === images && abort.abort(),
  });
}

describe.each([1, 2] as const)('trainNetwork with %i layer(s)', (layers) => {
  const spec = tiny(layers);

  it('learns the same from the same seed, something else from another', async () => {
    const [one, two, other] = [1, 1, 2].map((seed) => trainNetwork(spec, times, { seed }));
    expect(await one).toEqual(await two);
    expect((await other)?.weights).not.toEqual((await one)?.weights);
    const { layer, imagesSeen, weights } = (await one) ?? untrained;
    expect({ layer, imagesSeen, sizes: weights.map(({ length }) => length) }).toEqual({
      layer: layers,
      imagesSeen: 0,
      sizes: [9 * 2 * 3, 9 * 3 * 4].slice(0, layers),
    });
    for (const values of weights) expect(values.every((weight) => weight >= 0 && weight <= 1)).toBe(true);
  });

  it.each([1, 5, 12, 17].slice(0, layers === 1 ? 2 : 4))('goes on after %i images as if it had never stopped', async (images) => {
    const part = await stopped(layers, images);
    expect(part.layer * 12 + part.imagesSeen).toBe(images);
    const whole = await trainNetwork(spec, times, { seed: 1 });
    const kept = JSON.stringify(part);
    expect(await trainNetwork(spec, times, { seed: 1, from: part })).toEqual(whole);
    expect(JSON.stringify(part)).toBe(kept);
  });

  it('learns: the weights move away from where they began', async () => {
    const { weights } = await trainNetwork(spec, times, { seed: 1 });
    const first = await stopped(1, 1);
    expect(weights[0]).not.toEqual(first.weights[0]);
  });

  it('leaves no tensors', async () => {
    const before = tf.memory().numTensors;
    await trainNetwork(spec, times, { seed: 1 });
    await stopped(layers, 3);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('reports convergence at the end of a layer', async () => {
  const { convergence } = await trainNetwork(tiny(2), times, { seed: 1 });
  expect(convergence.map(({ layer, images }) => [layer, images])).toEqual([
    [0, 12],
    [1, 10],
  ]);
  for (const { value } of convergence) expect(value > 0 && value <= 0.25).toBe(true);
});

it('doesn’t start when told to stop', async () => {
  expect(await trainNetwork(tiny(1), times, { seed: 1, signal: AbortSignal.abort() })).toBe(untrained);
});

it('refuses a kernel larger than the images', async () => {
  const spec = { ...tiny(1), layers: tiny(1).layers.map((layer) => ({ ...layer, kernelSize: 9, pad: 0 })) };
  await expect(trainNetwork(spec, times, { seed: 1 })).rejects.toThrow(
    'trainNetwork: network.layers[0].kernelSize 9 is larger than the input of 8 × 7',
  );
});
