import { describe, expect, it } from 'vitest';
import { fork } from '../../../src/core/random.js';
import { respond } from '../../../src/networks/competitive/respond.js';
import { untrainedLayer } from '../../../src/networks/competitive/trainCompetitive.js';
import { answer } from '../../../src/networks/workers/competitiveJobs.js';
import { digits, small } from './small.js';

const spec = small();
const learned = untrainedLayer(spec, 784, 1);
const stimulus = { spec, learned, images: digits, spikes: fork(1, 9) };

async function answers(signal?: AbortSignal, onBatch: () => void = () => undefined): Promise<ReadonlyMap<number, Int32Array>> {
  const batches = new Map<number, Int32Array>();
  const take = (first: number, raster: Int32Array) => {
    batches.set(first, raster);
    onBatch();
  };
  await respond(stimulus, take, signal);
  return batches;
}

describe('respond', () => {
  it('answers every image, in batches', async () => {
    const batches = await answers();
    expect([...batches].map(([first, raster]) => [first, raster.length])).toEqual([
      [0, 50 * 100],
      [50, 10 * 100],
    ]);
    expect(batches.get(0)?.some((neuron) => neuron >= 0)).toBe(true);
  });

  it('answers an image the same whatever came before it', async () => {
    const alone = answer({ spec, learned, pixels: digits.pixels, size: 784, spikes: stimulus.spikes })(53, 54);
    expect(alone).toEqual((await answers()).get(50)?.subarray(300, 400));
  });

  it('stops at the signal', async () => {
    const abort = new AbortController();
    expect((await answers(abort.signal, () => abort.abort())).size).toBe(1);
  });
});
