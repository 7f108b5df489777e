import { expect, it } from 'vitest';
import { trainNetwork } from '../../../src/networks/latency/trainNetwork.js';
import { randomTimes, tiny } from './tiny.js';

it('a layer that has converged stops', async () => {
  const [layer = expect.fail('no layer')] = tiny(1).layers;
  const spec = { ...tiny(1), layers: [{ ...layer, images: 300, stopBelow: 0.25, etaPlus: 0.01 }] };
  const many = randomTimes(300, 4, 4);
  const stop = await trainNetwork(spec, many, { seed: 1 });
  expect(stop).toMatchObject({ layer: 1, imagesSeen: 0, convergence: [{ layer: 0, images: 256 }] });
});

it('lets timers have their turn', async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  await trainNetwork(
    { ...tiny(1), layers: tiny(1).layers.map((layer) => ({ ...layer, images: 8000, stopBelow: 0 })) },
    randomTimes(8000, 20, 20),
    { seed: 1 },
  );
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(0);
});
