import * as tf from '@tensorflow/tfjs-core';
import { isLeft } from 'fp-ts/lib/Either.js';
import { afterEach, describe, expect, it } from 'vitest';
import { orThrow } from '../../../src/core/errors.js';
import { digitDataSet, generateDigits } from '../../../src/data/digits.js';
import { useKernels } from '../../../src/kernels/tensors/current.js';
import { classifyImage } from '../../../src/networks/classify/classifyImage.js';
import { encodeImages } from '../../../src/networks/latency/encodeImages.js';
import { evaluateNetwork } from '../../../src/networks/latency/evaluateNetwork.js';
import { extractFeatures } from '../../../src/networks/latency/extractFeatures.js';
import { runExperiment } from '../../../src/networks/latency/runExperiment.js';
import { encodersOf } from '../../../src/networks/latency/spec/branches.js';
import { encoderDefaults, type PartialNetworkSpec, validateNetworkSpec } from '../../../src/networks/latency/spec/networkSpec.js';
import { layerWeights } from '../../../src/networks/latency/training/layerWeights.js';
import { trainNetwork } from '../../../src/networks/latency/training/trainNetwork.js';

afterEach(() => useKernels(true));

const coarse = { encoder: { bins: 6 }, layers: [{ maps: 3, kernelSize: 7, threshold: 20, images: 12, etaPlus: 0.05 }] };
const fine = {
  encoder: { bins: 6, sigmaCentre: 0.5, sigmaSurround: 1, cutoff: 2, normalizationRadius: 0 },
  layers: [
    { maps: 5, kernelSize: 5, pad: 2, threshold: 8, images: 12, etaPlus: 0.05 },
    { maps: 4, kernelSize: 3, pad: 1, threshold: 2, images: 12, etaPlus: 0.05 },
  ],
};
const network = (...[own, ...beside]: readonly [typeof coarse, ...(typeof coarse)[]]) =>
  orThrow(validateNetworkSpec({ name: 'x', ...own, beside, readout: { source: 'spikes', grid: 2, iterations: 5 } }));
const both = network(coarse, fine);
const images = generateDigits(12, 1);

const seen = (spec: typeof both) => encodeImages(images, 28, 28, encodersOf(spec));
const learned = async (spec: typeof both) => (await trainNetwork(spec, await seen(spec), { seed: 2 })).weights;

describe('a network of two branches', () => {
  it('sees the channels of both encoders, one after the other', async () => {
    const [own, beside, all] = [await seen(network(coarse)), await seen(network(fine)), await seen(both)];
    expect(all.channels).toBe(4);
    for (let place = 0; place < own.values.length / 2; place++) {
      const pairs = [own, beside].flatMap(({ values }) => [...values.subarray(2 * place, 2 * place + 2)]);
      expect([...all.values.subarray(4 * place, 4 * place + 4)]).toEqual(pairs);
    }
    useKernels(false);
    expect((await seen(both)).values).toEqual(all.values);
  });

  it('learns each from its own encoder alone', async () => {
    const [alone, together, other] = [await learned(network(coarse)), await learned(both), await learned(network(fine, fine))];
    expect(together.map(({ length }) => length)).toEqual([7 * 7 * 2 * 3, 5 * 5 * 2 * 5, 3 * 3 * 5 * 4]);
    expect(together[0]).toEqual(alone[0]);
    expect(other.length).toBe(4);
    expect((await learned(network(fine, coarse)))[0]).toEqual(other[0]);
  });

  it('goes on from the middle of a layer beside, with the same bits', async () => {
    const times = await seen(both);
    const stop = new AbortController();
    const onProgress = (layer: number, done: number) => void (layer === 2 && done === 5 && stop.abort());
    const half = await trainNetwork(both, times, { seed: 2, onProgress, signal: stop.signal });
    expect([half.layer, half.imagesSeen, half.weights.length]).toEqual([2, 5, 3]);
    expect(await trainNetwork(both, times, { seed: 2, from: half })).toEqual(await trainNetwork(both, times, { seed: 2 }));
  });

  it('is read out by the features of both, one after the other', async () => {
    const weights = await learned(both);
    const features = async (spec: typeof both, values: typeof weights) => {
      const times = await seen(spec);
      const tensors = layerWeights(spec, times, values);
      return extractFeatures(times, tensors, spec).finally(() => tf.dispose([...tensors]));
    };
    const [own, beside] = [
      await features(network(coarse), [weights[0]] as never),
      await features(network(fine), weights.slice(1)),
    ];
    const all = await features(both, weights);
    expect(all.size).toBe(4 * (3 + 4));
    const rows = Array.from({ length: all.count }, (_, row) =>
      [own, beside].flatMap(({ values, size }) => [...values.subarray(row * size, (row + 1) * size)]),
    );
    expect([...all.values]).toEqual(rows.flat());
    useKernels(false);
    const composed = await features(both, weights);
    for (const [index, value] of all.values.entries()) expect(composed.values[index]).toBeCloseTo(value, 4);
  });

  it('is tested again, and tells one image', async () => {
    const data = digitDataSet(1, 20, 5);
    const { training, readout, score, control } = await runExperiment(both, data, { seed: 1, control: true });
    if (readout === undefined) return expect.fail('was not read out');
    expect(control?.confusion.flat().reduce((sum, count) => sum + count)).toBe(5);
    expect(control?.densities.map(({ layer }) => layer)).toEqual([0, 1, 2]);
    for (const density of control?.densities ?? []) expect(Math.abs(density.control - density.trained)).toBeLessThan(2);
    expect(await evaluateNetwork(both, training.weights, readout, data.test, data)).toEqual(score);
    const trained = { kind: 'latency', network: both, data, arrays: { layers: training.weights, readout } } as const;
    expect((await classifyImage(trained, data.test.pixels.subarray(0, 784))).values.length).toBe(10);
  });

  it.each<[object, string]>([
    [{ beside: 5 }, 'network: beside must be a list of { encoder, layers }, got 5'],
    [{ beside: [{ layers: [] }] }, 'network.beside[0]: layers must be a list of at least one layer, got []'],
    [{ beside: [{ layers: [{}, { maps: 0 }] }] }, 'network.beside[0].layers[1]: maps must be an integer in [1, 65536], got 0'],
    [
      { beside: [{ layers: [{}], encoder: { size: 6 } }] },
      'network.beside[0].encoder: size must be an odd integer from 3 to 255, got 6',
    ],
    [
      { beside: [{ layers: [{}], encoder: { bins: 6 } }] },
      'network.beside[0].encoder: bins must be that of network.encoder, 15, got 6',
    ],
    [{ beside: [{ layers: [{}], readout: {} }] }, 'network.beside[0]: readout is not a parameter; known are encoder, layers'],
  ])('refuses %j', (change, message) => {
    const checked = validateNetworkSpec({ name: 'x', layers: [{}], ...change } as PartialNetworkSpec);
    expect(isLeft(checked) && checked.left.message).toBe(message);
  });

  it('shares what all encoders have in common; none beside is none', () => {
    const spec = orThrow(validateNetworkSpec({ name: 'x', encoder: { bins: 6 }, layers: [{}], beside: [{ layers: [{}] }] }));
    expect(spec.beside?.map(({ encoder }) => encoder)).toEqual([{ ...encoderDefaults, bins: 6 }]);
    expect(orThrow(validateNetworkSpec({ name: 'x', layers: [{}], beside: [] }))).not.toHaveProperty('beside');
  });

  it('refuses channels that its encoders don’t share, and encoders that differ', async () => {
    await expect(
      seen(network(coarse)).then((times) => trainNetwork(both, { ...times, channels: 1, width: 56 }, { seed: 1 })),
    ).rejects.toThrow('trainNetwork: times.channels are 1, which 2 encoders don’t have as many of each'.replace('’', "'"));
    await expect(encodeImages(images, 28, 28, [encoderDefaults, { ...encoderDefaults, bins: 6 }])).rejects.toThrow(
      'encodeImages: encoder[1].bins must be that of the first encoder',
    );
  });
});
