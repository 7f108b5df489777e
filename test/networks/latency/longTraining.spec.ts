import { expect, it, vi } from 'vitest';
import { trainNetwork } from '../../../src/networks/latency/training/trainNetwork.js';
import { randomTimes, tiny } from './tiny.js';

it('a layer that has converged stops', async () => {
  const [layer = expect.fail('no layer')] = tiny(1).layers;
  const spec = { ...tiny(1), layers: [{ ...layer, images: 300, stopBelow: 0.25, etaPlus: 0.01 }] };
  const many = randomTimes(300, 4, 4);
  const stop = await trainNetwork(spec, many, { seed: 1 });
  expect(stop).toMatchObject({ layer: 1, imagesSeen: 0, convergence: [{ layer: 0, images: 256 }] });
});

/** The turns that others have had at each image of a training, by a clock that goes on by so much whenever someone looks at it. */
async function turnsDuringTraining(tick: number): Promise<readonly number[]> {
  let [now, turns] = [0, 0];
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += tick;
    return now;
  });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    turns++;
    port2.postMessage('next');
  };
  port2.postMessage('first');
  const seen: number[] = [];
  try {
    const options = { seed: 1, onProgress: () => seen.push(turns) };
    await trainNetwork(
      { ...tiny(1), layers: tiny(1).layers.map((layer) => ({ ...layer, images: 40 })) },
      randomTimes(40, 4, 4),
      options,
    );
  } finally {
    clock.mockRestore();
    port1.close();
  }
  return seen;
}

it('lets everybody else have a turn after each 30 ms of work, and none before', async () => {
  expect(new Set(await turnsDuringTraining(0)).size).toBe(1);
  const seen = await turnsDuringTraining(5);
  expect(seen).toHaveLength(40);
  // A look at the clock for each image: after six of them 30 ms are over, and the seventh sets out again.
  expect(new Set(seen.slice(0, 6)).size).toBe(1);
  expect(new Set(seen).size).toBeGreaterThan(3); // 7, when a message comes through at each turn
});
