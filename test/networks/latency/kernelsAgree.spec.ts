import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { orThrow } from '../../../src/core/errors.js';
import { randomUint32 } from '../../../src/core/random.js';
import { generateDigits } from '../../../src/data/digits.js';
import { kernelsOnHost, useKernels } from '../../../src/kernels/tensors/current.js';
import { encodeImages } from '../../../src/networks/latency/encodeImages.js';
import { extractFeatures } from '../../../src/networks/latency/extractFeatures.js';
import {
  encoderDefaults,
  type LinearReadoutSpec,
  type NetworkSpec,
  validateNetworkSpec,
} from '../../../src/networks/latency/spec/networkSpec.js';
import { layerWeights } from '../../../src/networks/latency/training/layerWeights.js';
import { trainNetwork } from '../../../src/networks/latency/training/trainNetwork.js';
import type { FeatureMatrix } from '../../../src/networks/readout/featureMatrix.js';
import { runs } from '../../target.js';
import { randomTimes } from './tiny.js';

afterEach(() => useKernels(true));

/** The same with the kernels and by composition. */
async function bothWays<T>(compute: () => Promise<T>): Promise<readonly [kernels: T, composed: T]> {
  const kernels = await compute();
  useKernels(false);
  expect(kernelsOnHost()).toBe(false);
  return [kernels, await compute()];
}

const times = randomTimes(runs(60), 13, 11);
const network = (source: LinearReadoutSpec['source'] = 'contrast', threshold = 4): NetworkSpec =>
  orThrow(
    validateNetworkSpec({
      name: 'two layers',
      layers: [
        { maps: 19, kernelSize: 5, pad: 2, threshold, winners: 3, inhibitionRadius: 2, etaPlus: 0.05, doubleEvery: 20 },
        { maps: 35, kernelSize: 3, pad: 0, threshold: 2, winners: 4, inhibitionRadius: 1, etaPlus: 0.05 },
      ],
      readout: { source, grid: 3 },
    }),
  );

/** Weights on a grid of 2⁻¹⁰, where every sum is exact: potentials meet the threshold to the bit. */
const weightsOnGrid = ({ layers }: NetworkSpec) =>
  layers.map(({ maps, kernelSize }, index) => {
    const count = kernelSize ** 2 * (layers[index - 1]?.maps ?? 2) * maps;
    return Float32Array.from(randomUint32(count, index), (word) => (word % 1025) / 1024);
  });

describe('kernels and composition agree', () => {
  it.each(['spikes', 'potentials', 'contrast'] as const)('on features: %s', async (source) => {
    const spec = network(source);
    const weights = layerWeights(spec, times, weightsOnGrid(spec));
    const [kernels, composed] = await bothWays(() => extractFeatures(times, weights, spec));
    tf.dispose([...weights]);
    expect(kernels.values.some((value) => value > 0)).toBe(true);
    kernels.values.forEach((value, index) => {
      expect(Math.abs(value - (composed.values[index] ?? 0))).toBeLessThanOrEqual(1e-6 * Math.abs(value) + 1e-6);
    });
  });

  it('on every first spike, where many potentials are just at the threshold', async () => {
    const spec = network('spikes', 2);
    const halves = weightsOnGrid(spec).map((values) => values.map((value) => Math.round(2 * value) / 2));
    const weights = layerWeights(spec, times, halves);
    const [kernels, composed] = await bothWays(() => extractFeatures(times, weights, spec));
    tf.dispose([...weights]);
    const steps = ({ values }: FeatureMatrix) => values.map((earliness) => Math.round(earliness * times.steps));
    expect(steps(kernels)).toEqual(steps(composed));
  });

  it('on what two layers learn', async () => {
    const [kernels, composed] = await bothWays(() => trainNetwork(network(), times, { seed: 3 }));
    expect(kernels.convergence.length).toBe(composed.convergence.length);
    kernels.weights.forEach((weights, layer) => {
      weights.forEach((value, index) => {
        expect(value).toBeCloseTo(composed.weights[layer]?.[index] ?? Number.NaN, 5);
      });
    });
  });

  it('on spike times of images, but for ranks that rounding decides', async () => {
    const [kernels, composed] = await bothWays(() => encodeImages(generateDigits(runs(40), 2), 28, 28, encoderDefaults));
    const differing = kernels.values.filter((time, index) => time !== composed.values[index]).length;
    expect(differing).toBeLessThan(0.002 * kernels.values.filter((time) => time < kernels.steps).length);
  });
});

it('refuses weights below 0, and of another number of layers', async () => {
  const spec = network();
  const [first = expect.fail(), second = expect.fail()] = weightsOnGrid(spec);
  const negative = layerWeights(spec, times, [first, second.map((value) => value - 0.5)]);
  await expect(extractFeatures(times, negative, spec)).rejects.toThrow(
    /extractFeatures: weights\[1\] holds -0\.\d+ at \d+, must be finite and ≥ 0/,
  );
  await expect(extractFeatures(times, negative.slice(0, 1), spec)).rejects.toThrow('weights are of 1 layers, there are 2');
  tf.dispose([...negative]);
});
