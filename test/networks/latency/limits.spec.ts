import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { orThrow } from '../../../src/core/errors.js';
import { digitDataSet, generateDigits } from '../../../src/data/digits.js';
import { encodeImages } from '../../../src/networks/latency/encodeImages.js';
import { extractFeatures } from '../../../src/networks/latency/extractFeatures.js';
import { runExperiment } from '../../../src/networks/latency/runExperiment.js';
import {
  type ConvLayerSpec,
  encoderDefaults,
  type ReadoutSpec,
  validateNetworkSpec,
} from '../../../src/networks/latency/spec/networkSpec.js';
import { trainNetwork } from '../../../src/networks/latency/training/trainNetwork.js';
import { randomTimes, tiny } from './tiny.js';

const data = digitDataSet(1, 12, 3);
const network = (layer: Partial<ConvLayerSpec>, readout: Partial<ReadoutSpec> = {}) =>
  orThrow(validateNetworkSpec({ name: 'x', layers: [{ maps: 2, ...layer }], readout: { iterations: 3, ...readout } }));

describe('sizes', () => {
  it.each<readonly [string, Partial<ConvLayerSpec>]>([
    ['winners', { winners: 1e9 }],
    ['pad', { pad: 20_000 }],
    ['maps', { maps: 1e9 }],
    ['kernelSize', { kernelSize: 1e6 }],
    ['poolSize', { poolSize: 2 ** 40 }],
    ['inhibitionRadius', { inhibitionRadius: 2 ** 40 }],
  ])('%s beyond every image is refused with the network', (name, layer) => {
    expect(() => network(layer)).toThrow(new RegExp(`^network\\.layers\\[0\\]: ${name} must be an integer in \\[`));
  });

  it('a grid beyond every image is refused with the network', () => {
    expect(() => network({}, { grid: 30_000 })).toThrow('network.readout: grid must be an integer in [1, 4096], got 30000');
  });

  it.each<readonly [string, Partial<ConvLayerSpec>, Partial<ReadoutSpec>, string]>([
    ['a wide border', { pad: 4000 }, {}, 'network.layers[0] asks for 27.3 GiB'],
    ['many maps', { maps: 65_536, kernelSize: 101, pad: 50 }, {}, 'network.layers[0] asks for'],
    ['a fine grid', {}, { grid: 4096 }, 'network.readout.grid asks for'],
  ])('%s that memory doesn’t hold is refused before any work, with what it would take', async (_, layer, readout, problem) => {
    const stages: string[] = [];
    const options = { seed: 1, onProgress: (stage: string) => stages.push(stage) };
    const work = runExperiment(network(layer, readout), data, options);
    await expect(work).rejects.toThrow(`runExperiment: ${problem}`);
    await expect(work).rejects.toThrow(/asks for [\d.]+ GiB of memory for .*; at most 4 GiB$/);
    expect(stages).toEqual([]);
  });

  it('as many winners as there are maps, and far more, learn the same', async () => {
    const times = randomTimes(12);
    const [layer = expect.fail()] = tiny(1).layers;
    const learn = (winners: number) => trainNetwork({ ...tiny(1), layers: [{ ...layer, winners }] }, times, { seed: 1 });
    expect(await learn(60_000)).toEqual(await learn(3));
  });
});

describe('a layer that never fires', () => {
  const silent = (index: number) => {
    const { layers, ...rest } = tiny(2);
    return { ...rest, layers: layers.map((layer, at) => (at === index ? { ...layer, threshold: 1000 } : layer)) };
  };

  it.each([0, 1])('is told by its number and by how many images: layer %i', async (index) => {
    const before = tf.memory().numTensors;
    await expect(trainNetwork(silent(index), randomTimes(12), { seed: 1 })).rejects.toThrow(
      `trainNetwork: network.layers[${index}] was silent in all of ${[12, 10][index]} images`,
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  it('stops early, what was learned below it is kept', async () => {
    const { layers, ...rest } = silent(1);
    const spec = { ...rest, layers: layers.map((layer) => ({ ...layer, images: 1000 })) };
    const learned: number[] = [];
    let seen = 0;
    const training = trainNetwork(spec, randomTimes(300, 4, 4), {
      seed: 1,
      onLearned: ({ layer }) => learned.push(layer),
      onProgress: (layer) => {
        if (layer === 1) seen++;
      },
    });
    await expect(training).rejects.toThrow('network.layers[1] was silent in all of 256 images');
    expect([learned, seen]).toEqual([[1], 255]);
  });

  it('is told of by the experiment too, and when only the read-out would have seen it', async () => {
    await expect(runExperiment(network({ threshold: 1000 }), data, { seed: 1 })).rejects.toThrow(
      'runExperiment: network.layers[0] was silent in all of 12 images: no potential came above its threshold 1000',
    );
    const untaught = network({ threshold: 1000, images: 0 }, { source: 'spikes' });
    await expect(runExperiment(untaught, data, { seed: 1 })).rejects.toThrow('network.layers[0] was silent in all of 12 images');
  });

  it('may be silent for the images that are left after a stop', async () => {
    const times = randomTimes(12);
    const blank = { ...times, values: new Uint8Array(times.values.length).fill(times.steps) };
    const abort = new AbortController();
    const options = { seed: 1, signal: abort.signal, onProgress: () => abort.abort() };
    const from = await trainNetwork(tiny(1), times, options);
    expect((await trainNetwork(tiny(1), blank, { seed: 1, from })).layer).toBe(1);
  });
});

describe('stopped', () => {
  it('encodeImages has no result, and says how many images were done', async () => {
    const before = tf.memory().numTensors;
    const abort = new AbortController();
    let calls = 0;
    const stop = () => {
      calls++;
      abort.abort();
    };
    const work = encodeImages(generateDigits(203, 1), 28, 28, encoderDefaults, stop, abort.signal);
    await expect(work).rejects.toThrow('encodeImages: images were stopped after 100 of 203');
    expect([calls, tf.memory().numTensors]).toEqual([1, before]);
  });

  it('extractFeatures likewise', async () => {
    const times = await encodeImages(generateDigits(3, 1), 28, 28, encoderDefaults);
    const w = tf.ones<tf.Rank.R4>([7, 7, 2, 2]);
    const work = extractFeatures(times, [w], network({}), undefined, AbortSignal.abort());
    await expect(work).rejects.toThrow('extractFeatures: images were stopped after 0 of 3');
    w.dispose();
  });

  it('when all is done, the result is whole', async () => {
    const abort = new AbortController();
    const whole = await encodeImages(generateDigits(3, 1), 28, 28, encoderDefaults, () => abort.abort(), abort.signal);
    expect(whole).toEqual(await encodeImages(generateDigits(3, 1), 28, 28, encoderDefaults));
  });
});

describe('nothing, and one', () => {
  it('no images: nothing is learned, nothing extracted', async () => {
    const times = randomTimes(0);
    const { layer, weights, convergence } = await trainNetwork(tiny(2), times, { seed: 1 });
    expect([layer, weights.length, convergence]).toEqual([2, 2, []]);
    const w = tf.ones<tf.Rank.R4>([3, 3, 2, 3]);
    expect(await extractFeatures(times, [w], tiny(1))).toEqual({ values: new Float32Array(), count: 0, size: 12 });
    w.dispose();
    await expect(runExperiment(network({}), digitDataSet(1, 0, 3), { seed: 1 })).rejects.toThrow('data.train holds no images');
    await expect(runExperiment(network({}), digitDataSet(1, 12, 0), { seed: 1 })).rejects.toThrow('data.test holds no images');
  });

  it('one image, one pixel, one channel, one map, one step', async () => {
    const times = { values: Uint8Array.of(0), count: 1, height: 1, width: 1, channels: 1, steps: 1 };
    const one = { maps: 1, kernelSize: 1, pad: 0, threshold: 0.1, winners: 1, inhibitionRadius: 0, etaPlus: 0.1 };
    const spec = network(one, { grid: 1 });
    const { weights } = await trainNetwork(spec, times, { seed: 1 });
    const w = weights[0]?.[0] ?? Number.NaN;
    expect(w > 0.5 && w <= 1).toBe(true);
    const tensor = tf.tensor4d([w], [1, 1, 1, 1]);
    for (const source of ['spikes', 'potentials', 'contrast'] as const) {
      const { values } = await extractFeatures(times, [tensor], network(one, { grid: 1, source }));
      expect(values[0]).toBeCloseTo({ spikes: 1, potentials: w, contrast: 0.3 * w }[source], 5);
    }
    tensor.dispose();
    const black = await encodeImages({ pixels: Uint8Array.of(255), count: 1 }, 1, 1, { ...encoderDefaults, bins: 1 });
    expect([...black.values].every((time) => time <= 1)).toBe(true);
  });
});
