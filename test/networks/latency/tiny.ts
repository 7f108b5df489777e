import { orThrow } from '../../../src/core/errors.js';
import { randomUint32 } from '../../../src/core/random.js';
import {
  type NetworkSpec,
  type PartialNetworkSpec,
  validateNetworkSpec,
} from '../../../src/networks/latency/spec/networkSpec.js';
import type { SpikeTimes } from '../../../src/networks/latency/spikeTimes.js';

/** A network of one or two small layers, 3 maps then 4. */
export const tiny = (layers: 1 | 2, readout: PartialNetworkSpec['readout'] = { grid: 2, iterations: 20 }): NetworkSpec =>
  orThrow(
    validateNetworkSpec({
      name: 'tiny',
      encoder: { bins: 6 },
      layers: [
        { maps: 3, kernelSize: 3, pad: 1, threshold: 2.5, winners: 2, inhibitionRadius: 1, etaPlus: 0.05, images: 12 },
        { maps: 4, kernelSize: 3, pad: 1, threshold: 1.5, winners: 2, inhibitionRadius: 1, etaPlus: 0.05, images: 10 },
      ].slice(0, layers),
      readout,
    }),
  );

/** Spike times of random images; a third of the neurons is silent. */
export function randomTimes(count: number, height = 8, width = 7, seed = 1): SpikeTimes {
  const steps = 6;
  const values = Uint8Array.from(randomUint32(count * height * width * 2, seed), (word) => Math.min(steps, word % 9));
  return { values, count, height, width, channels: 2, steps };
}
