import { describe, expect, it } from 'vitest';
import { orThrow } from '../../../src/core/errors.js';
import { digitDataSet } from '../../../src/data/digits.js';
import { controlWeights } from '../../../src/networks/latency/control/controlWeights.js';
import { matchedDensities } from '../../../src/networks/latency/control/matchedDensities.js';
import { encodeImages } from '../../../src/networks/latency/encodeImages.js';
import { validateNetworkSpec } from '../../../src/networks/latency/spec/networkSpec.js';
import { trainNetwork } from '../../../src/networks/latency/training/trainNetwork.js';
import { localPool } from '../../../src/networks/workers/workerPool.js';

const spec = orThrow(
  validateNetworkSpec({
    name: 'two',
    layers: [
      { maps: 8, kernelSize: 5, pad: 2, threshold: 10, images: 60, doubleEvery: 10 },
      { maps: 12, kernelSize: 3, pad: 1, threshold: 6, images: 60, doubleEvery: 10 },
    ],
    readout: { source: 'spikes' },
  }),
);

describe.each(['shuffled', 'random'] as const)('the control of %s weights', (kind) => {
  it('spikes as much as the trained network, with weights of the same histogram and thresholds of its own', async () => {
    const { train } = digitDataSet(1, 60, 1);
    const times = await encodeImages(train, 28, 28, spec.encoder);
    const { weights } = await trainNetwork(spec, times, { seed: 1 });
    const own = controlWeights(spec, weights, kind, 2);
    const work = { where: 'test', workers: localPool() };
    const densities = await matchedDensities({ network: spec, weights }, own, times, work);
    expect(densities.map(({ layer }) => layer)).toEqual([0, 1]);
    for (const { layer, trained, control, threshold } of densities) {
      expect(trained).toBeGreaterThan(5);
      expect(Math.abs(control / trained - 1)).toBeLessThan(0.03);
      expect(threshold).not.toBe(spec.layers[layer]?.threshold);
    }
    own.forEach((values, layer) => {
      expect(values).not.toEqual(weights[layer]);
      expect(values.slice().sort()).toEqual(weights[layer]?.slice().sort());
    });
  });
});
