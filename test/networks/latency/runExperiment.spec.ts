import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { orThrow } from '../../../src/core/errors.js';
import { digitDataSet } from '../../../src/data/digits.js';
import { evaluateNetwork } from '../../../src/networks/latency/evaluateNetwork.js';
import type { Experiment } from '../../../src/networks/latency/experiment.js';
import { runExperiment } from '../../../src/networks/latency/runExperiment.js';
import { validateNetworkSpec } from '../../../src/networks/latency/spec/networkSpec.js';

const data = digitDataSet(1, 60, 30);
const network = (layers: number) =>
  orThrow(
    validateNetworkSpec({
      name: 'small',
      encoder: { bins: 5 },
      layers: [
        { maps: 6, kernelSize: 5, pad: 2, threshold: 10, images: 20, etaPlus: 0.05 },
        { maps: 8, kernelSize: 3, pad: 1, threshold: 4, images: 10, etaPlus: 0.05 },
      ].slice(0, layers),
      readout: { grid: 4, iterations: 20 },
    }),
  );

const diagonal = (confusion: readonly (readonly number[])[] = []): number =>
  confusion.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);

/** How many of 30 digits were right when this was recorded, and how many with shuffled weights; chance is 3. All is seeded. */
describe.each([
  { layers: 1, right: 23, shuffled: 19 },
  { layers: 2, right: 18, shuffled: 16 },
])('an experiment with $layers layer(s)', ({ layers, right, shuffled }) => {
  it('tells as many digits apart as were recorded, the control too, and the test again gives the same', async () => {
    const before = tf.memory().numTensors;
    const spec = network(layers);
    const stages = new Set<string>();
    const { training, readout, score, control } = await runExperiment(spec, data, {
      seed: 1,
      control: true,
      onProgress: (stage) => stages.add(stage),
    });
    expect(tf.memory().numTensors).toBe(before);
    expect(training.layer).toBe(layers);
    expect([score, control].map((counted) => diagonal(counted?.confusion))).toEqual([right, shuffled]);
    expect([score?.accuracy, control?.accuracy]).toEqual([right / 30, shuffled / 30]);
    expect(score?.confusion.flat().reduce((sum, count) => sum + count)).toBe(30);
    expect([...stages]).toContain(`learn layer ${layers}`);
    expect([...stages]).toContain('fit read-out (control)');
    if (readout === undefined) expect.fail('no read-out');
    expect(await evaluateNetwork(spec, training.weights, readout, data.test, data)).toEqual(score);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('says of a layer that stops early why', async () => {
  const { layers, ...rest } = network(1);
  const spec = { ...rest, layers: layers.map((layer) => ({ ...layer, stopBelow: 0.25 })) };
  const told: (string | undefined)[] = [];
  await runExperiment({ ...spec }, data, {
    seed: 1,
    onProgress: (stage, _done, _total, note) => stage === 'learn layer 1' && told.push(note),
  });
  expect(told.at(-1)).toMatch(/^C 0\.\d{4}, converged$/);
  expect(told.slice(0, -1).filter((note) => note?.includes('converged'))).toEqual([]);
});

let uninterrupted: Promise<Experiment> | undefined;
const whole = (): Promise<Experiment> => {
  uninterrupted ??= runExperiment(network(1), data, { seed: 1 });
  return uninterrupted;
};

it.each(['encode training images', 'learn layer 1', 'extract training features', 'fit read-out', 'extract test features'])(
  'stopped in “%s” it has no score and can go on to the same one',
  async (where) => {
    const abort = new AbortController();
    const part = await runExperiment(network(1), data, {
      seed: 1,
      signal: abort.signal,
      onProgress: (stage) => stage === where && abort.abort(),
    });
    expect(part.score).toBeUndefined();
    expect(await runExperiment(network(1), data, { seed: 1, from: part.training })).toEqual(await whole());
  },
);

it('refuses a kernel larger than the images before any work', async () => {
  const spec = { ...network(1), layers: network(1).layers.map((layer) => ({ ...layer, kernelSize: 29, pad: 0 })) };
  const stages: string[] = [];
  await expect(runExperiment(spec, data, { seed: 1, onProgress: (stage) => stages.push(stage) })).rejects.toThrow(
    'runExperiment: network.layers[0].kernelSize 29 is larger than the input of 28 × 28 padded by 0',
  );
  expect(stages).toEqual([]);
});
