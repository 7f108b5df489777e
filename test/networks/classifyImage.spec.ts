import { describe, expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import { digitDataSet } from '../../src/data/digits.js';
import { classifyImage } from '../../src/networks/classify/classifyImage.js';
import type { Classification, TrainedNetwork } from '../../src/networks/classify/trainedNetwork.js';
import { runCompetitive } from '../../src/networks/competitive/competitiveExperiment.js';
import { validateCompetitiveSpec } from '../../src/networks/competitiveSpec/competitiveSpec.js';
import { runExperiment } from '../../src/networks/latency/runExperiment.js';
import { validateNetworkSpec } from '../../src/networks/latency/spec/networkSpec.js';
import { scorePredictions } from '../../src/networks/score.js';

const size = 28 * 28;
const image = (pixels: Uint8Array, index: number): Uint8Array => pixels.slice(index * size, (index + 1) * size);
const names = ['nought', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

async function latency(): Promise<{ readonly trained: TrainedNetwork; readonly data: typeof data; readonly score: unknown }> {
  const data = { ...digitDataSet(2, 40, 12), classNames: names };
  const network = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 4, images: 20 }], readout: { iterations: 10 } }));
  const { training, readout, score } = await runExperiment(network, data, { seed: 3 });
  return { trained: { kind: 'latency', network, data, arrays: { layers: training.weights, readout } }, data, score };
}

async function competitive(): Promise<{ readonly trained: TrainedNetwork; readonly data: typeof data; readonly score: unknown }> {
  const data = digitDataSet(2, 40, 1);
  const network = orThrow(
    validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 20 }, learning: { images: 40 }, readout: { images: 40 } }),
  );
  const { training, rates, score } = await runCompetitive(network, data, { seed: 3 });
  return { trained: { kind: 'competitive', network, seed: 3, data, arrays: { ...training, answers: rates } }, data, score };
}

describe('classifyImage', () => {
  it.each([
    ['latency', latency],
    ['competitive', competitive],
  ] as const)('answers each test image as the experiment itself did: %s', async (kind, train) => {
    const { trained, data, score } = await train();
    const answers: Classification[] = [];
    for (const index of data.test.labels.keys()) answers.push(await classifyImage(trained, image(data.test.pixels, index)));
    expect(
      scorePredictions(
        Uint8Array.from(answers, ({ label }) => label),
        data.test.labels,
        10,
      ),
    ).toEqual(score);
    for (const { label, name, by, values, spikes } of answers) {
      expect([name, by]).toEqual([data.classNames[label], kind === 'latency' ? 'margins' : 'votes']);
      expect(label).toBe(values.indexOf(Math.max(...values)));
      expect(values).toHaveLength(10);
      expect(spikes).toBeGreaterThan(0);
      if (by === 'votes') expect(values.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
    }
  });

  it('tells that a black image makes no spikes, and no votes', async () => {
    const black = new Uint8Array(size);
    const { trained } = await competitive();
    expect(await classifyImage(trained, black)).toEqual({
      label: 0,
      name: '0',
      by: 'votes',
      values: new Array(10).fill(0),
      spikes: 0,
    });
    expect((await classifyImage((await latency()).trained, black)).spikes).toBe(0);
  });

  it('refuses a network that was not read out, and pixels of another number', async () => {
    const { trained } = await latency();
    const unread = { ...trained, arrays: { ...trained.arrays, readout: undefined } } as TrainedNetwork;
    await expect(classifyImage(unread, new Uint8Array(size))).rejects.toThrow('classifyImage: network was not read out yet');
    await expect(classifyImage(trained, new Uint8Array(9))).rejects.toThrow(
      'classifyImage: pixels has 9 entries, an image of 28 × 28 pixels needs 784',
    );
  });
});
