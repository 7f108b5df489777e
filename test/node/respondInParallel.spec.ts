import { expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import { fork } from '../../src/core/random.js';
import { generateDigits } from '../../src/data/digits.js';
import { validateCompetitiveSpec } from '../../src/networks/competitive/competitiveSpec.js';
import { type Responder, respond } from '../../src/networks/competitive/respond.js';
import { untrainedLayer } from '../../src/networks/competitive/trainCompetitive.js';

// As it is shipped: its workers are programs of their own.
const shipped = new URL('../../dist/cli/respondInParallel.js', import.meta.url);
const { respondInParallel } = (await import(shipped.href)) as { readonly respondInParallel: Responder };

const spec = orThrow(validateCompetitiveSpec({ name: 'small', input: { duration: 40, maxRate: 300 }, layer: { neurons: 8 } }));
const { pixels, labels } = generateDigits(20, 1);
// Enough images for several workers, in the kind of array that files are read into.
const images = { pixels: Buffer.concat(new Array<Uint8Array>(110).fill(pixels)), labels, count: 2200 };
const stimulus = { spec, learned: untrainedLayer(spec, 784, 1), images, spikes: fork(1, 0) };

async function answersOf(responder: Responder, signal?: AbortSignal): Promise<ReadonlyMap<number, Int32Array>> {
  const batches = new Map<number, Int32Array>();
  await responder(stimulus, (first, raster) => batches.set(first, raster), signal);
  return batches;
}

it('gives the answers of one thread', async () => {
  const [parallel, single] = [await answersOf(respondInParallel), await answersOf(respond)];
  expect([...parallel.keys()].sort((a, b) => a - b)).toEqual([...single.keys()]);
  for (const [first, raster] of single) expect(parallel.get(first)).toEqual(raster);
  expect([...single.values()].some((raster) => raster.some((neuron) => neuron >= 0))).toBe(true);
});

it('stops at the signal', async () => {
  expect((await answersOf(respondInParallel, AbortSignal.abort())).size).toBe(0);
});
