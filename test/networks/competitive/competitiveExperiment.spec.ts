import { describe, expect, it } from 'vitest';
import { digitDataSet } from '../../../src/data/digits.js';
import { evaluateCompetitive, runCompetitive } from '../../../src/networks/competitive/competitiveExperiment.js';
import { outOfOrderPool } from '../workers/outOfOrderPool.js';
import { small } from './small.js';

const data = digitDataSet(1, 300, 100);
const spec = small(1500, 40);

describe('runCompetitive', () => {
  const result = runCompetitive(spec, data, { seed: 1 });

  it('tells digits apart without a classifier', async () => {
    const { score } = await result;
    expect(score?.accuracy).toBe(0.53); // as recorded; chance is 0.1
    expect(score?.confusion.flat().reduce((sum, count) => sum + count)).toBe(100);
  });

  it('gives the same in whatever order the answers come', async () => {
    expect(await runCompetitive(spec, data, { seed: 1, workers: outOfOrderPool() })).toEqual(await result);
  });

  it('is tested again to the last digit', async () => {
    const { training, rates, score } = await result;
    expect(rates && (await evaluateCompetitive(spec, training, rates, data, { seed: 1 }))).toEqual(score);
  });

  it('is not tested on images of another size', async () => {
    const { training, rates = { classes: 10, rates: new Float32Array(400) } } = await result;
    const test = { pixels: new Uint8Array(480), labels: Uint8Array.of(0), count: 1 };
    const refused = evaluateCompetitive(spec, training, rates, { test, classes: 10 }, { seed: 1 });
    await expect(refused).rejects.toThrow(
      'evaluateCompetitive: data.test.pixels has 480 entries, 1 images of 784 pixels needs 784',
    );
  });

  it('learns nothing from labels', async () => {
    const relabelled = { ...data, train: { ...data.train, labels: data.train.labels.map((label) => 9 - label) } };
    const { training, score } = await runCompetitive(spec, relabelled, { seed: 1 });
    expect(training).toEqual((await result).training);
    expect(score?.accuracy).toBe(0); // as recorded: what was 3 is called 6
  });

  it('labels its neurons by the last training images alone', async () => {
    const few = { ...spec, readout: { ...spec.readout, images: 100 } };
    const labels = data.train.labels.map((label, image) => (image < 200 ? 0 : label));
    const changed = { ...data, train: { ...data.train, labels } };
    const [one, two] = [await runCompetitive(few, data, { seed: 1 }), await runCompetitive(few, changed, { seed: 1 })];
    expect(two.rates).toEqual(one.rates);
  });

  it.each([
    ['learn', ['training']],
    ['label neurons', ['training']],
    ['test', ['rates', 'training']],
  ])('leaves what it has when stopped in “%s”', async (stage, parts) => {
    const abort = new AbortController();
    const onProgress = (now: string) => now === stage && abort.abort();
    const stopped = await runCompetitive(spec, data, { seed: 1, signal: abort.signal, onProgress });
    expect(Object.keys(stopped).sort()).toEqual(parts);
    const resumed = await runCompetitive(spec, data, { seed: 1, from: stopped.training });
    expect(resumed).toEqual(await result);
  });
});
