import { expect, it } from 'vitest';
import { useBackend } from '../../src/backends/useBackend.js';
import { orThrow } from '../../src/core/errors.js';
import { digitDataSet } from '../../src/data/digits.js';
import { runExperiment } from '../../src/networks/latency/runExperiment.js';
import { validateNetworkSpec } from '../../src/networks/latency/spec/networkSpec.js';
import type { JobName, UpdateOf } from '../../src/networks/workers/jobs.js';
import { localPool } from '../../src/networks/workers/workerPool.js';
import { unpackState } from '../../src/state/stateFile.js';
import type { Dispatch } from '../../src/sweep/pieces/dispatch.js';
import { pieceExecutor } from '../../src/sweep/pieces/pieceExecutor.js';
import { piecePoolOver } from '../../src/sweep/pieces/piecePool.js';
import type { Recipe } from '../../src/sweep/pieces/recipe.js';

/** Two shards to learn from. */
const data = digitDataSet(1, 4200, 60);
const request = { directory: undefined, seed: 1, train: 4200, holdout: 0 };
const network = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2, images: 20 }], readout: { iterations: 2 } }));

/** A way to so many workers of this thread, which keep so many bytes; pieces go to one after the other, whoever has their rows. */
function wayTo(count: number, most: number): Dispatch & { readonly asked: Set<string> } {
  const executors = Array.from({ length: count }, () => pieceExecutor(localPool(), data, most));
  const blobs = new Map<string, Uint8Array>();
  const asked = new Set<string>();
  const fetch = async (hash: string): Promise<unknown> => unpackState(blobs.get(hash) ?? new Uint8Array());
  let turn = 0;
  return {
    asked,
    ask: async ({ job, blobs: needed }) => {
      for (const { hash, bytes } of needed) blobs.set(hash, bytes);
      const executor = executors[turn++ % count];
      const { recipe, update, answer } = job;
      const images = { ...job, fetch: (hash: string) => fetch(hash) as Promise<Recipe> };
      asked.add((await images.fetch(recipe)).name);
      const told = update === undefined ? undefined : ((await fetch(update)) as UpdateOf<JobName>);
      const result = await (answer === 'rows' ? executor?.rows(images) : executor?.answer(images, told));
      return { result, sent: 0, received: 0, fetched: 0 };
    },
    stop: () => undefined,
    close: async () => undefined,
  };
}

it.each([
  { name: 'one that keeps all', count: 1, most: Number.POSITIVE_INFINITY },
  { name: 'three that have to make what another has', count: 3, most: Number.POSITIVE_INFINITY },
  { name: 'one that forgets all after each piece', count: 1, most: 0 },
])('an experiment comes to the same bits by $name', async ({ count, most }) => {
  await useBackend('wasm');
  const routing = wayTo(count, most);
  const { signal } = new AbortController();
  const workers = piecePoolOver(routing, { request, data, local: localPool(), signal });
  const options = { seed: 1, control: most === 0 };
  expect(await runExperiment(network, data, { ...options, workers })).toEqual(await runExperiment(network, data, options));
  expect(routing.asked).toEqual(new Set(['encode', 'extract', 'moments', 'hinges', 'classify']));
});

it('works on images of the data set alone: others could not be named', () => {
  const { signal } = new AbortController();
  const workers = piecePoolOver(wayTo(1, 0), { request, data, local: localPool(), signal });
  expect(() => workers.share(new Uint8Array(784))).toThrow('pieces: values must be of the data set, or made by this pool');
  expect(workers.share(data.test.pixels)).toBe(data.test.pixels);
});
