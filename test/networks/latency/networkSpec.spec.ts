import { isLeft } from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { orThrow } from '../../../src/core/errors.js';
import { layerSizes } from '../../../src/networks/latency/spec/layerSizes.js';
import {
  convLayerDefaults,
  encoderDefaults,
  type PartialNetworkSpec,
  readoutDefaults,
  validateNetworkSpec,
} from '../../../src/networks/latency/spec/networkSpec.js';

describe('validateNetworkSpec', () => {
  it('fills in the defaults', () => {
    expect(orThrow(validateNetworkSpec({ name: 'plain', layers: [{}, { maps: 5 }] }))).toEqual({
      name: 'plain',
      encoder: encoderDefaults,
      layers: [convLayerDefaults, { ...convLayerDefaults, maps: 5 }],
      readout: readoutDefaults,
    });
  });

  it.each<[object, string]>([
    [{ layers: [] }, 'network: layers must be a list of at least one layer, got []'],
    [{ layers: 5 }, 'network: layers must be a list of at least one layer, got 5'],
    [{ layers: [{}, { threshold: Number.NaN }] }, 'network.layers[1]: threshold must be a number > 0, got NaN'],
    [{ layers: [5] }, 'network.layers[0]: it must be a record of parameters, got 5'],
    [{ layers: [{ etaPlus: [1, 2] }] }, 'network.layers[0]: etaPlus must be a number ≥ 0, got [1, 2]'],
    [{ layers: [{ etaPlus: -1 }] }, 'network.layers[0]: etaPlus must be a number ≥ 0, got -1'],
    [{ encoder: { size: 6 } }, 'network.encoder: size must be an odd integer from 3 to 255, got 6'],
    [{ encoder: { bins: 256 } }, 'network.encoder: bins must be an integer from 1 to 255, got 256'],
    [
      { readout: { source: 'smoke' } },
      "network.readout: source must be one of 'spikes', 'potentials', 'contrast', got \"smoke\"",
    ],
    [{ readout: { share: 1 } }, 'network.readout: share must be a number in [0, 1), got 1'],
    [{ readout: { share: 2.5, source: 'spikes' } }, 'network.readout: share must be a number in [0, 1), got 2.5'],
    [{ readout: { share: 1 - 2 ** -30 } }, 'network.readout: share must be a number in [0, 1), got 0.9999999990686774'],
    [{ readout: { share: -0.1 } }, 'network.readout: share must be a number in [0, 1), got -0.1'],
    [{ readout: { share: Number.NaN } }, 'network.readout: share must be a number in [0, 1), got NaN'],
    [{ readout: null }, 'network.readout: it must be a record of parameters, got null'],
    [{ more: 1 }, 'network: more is not a parameter; known are name, encoder, layers, beside, readout'],
  ])('refuses %j', (change, message) => {
    const checked = validateNetworkSpec({ name: 'x', layers: [{}], ...change } as PartialNetworkSpec);
    expect(isLeft(checked) && checked.left.message).toBe(message);
  });
});

describe('layerSizes', () => {
  const sizes = (layers: PartialNetworkSpec['layers'], height: number, width: number) =>
    layerSizes(orThrow(validateNetworkSpec({ name: 'x', layers })), height, width);

  it('follows kernels, pads and pools through the layers', () => {
    expect(
      sizes(
        [
          { kernelSize: 5, pad: 0, poolSize: 2 },
          { kernelSize: 3, pad: 1 },
        ],
        20,
        25,
      ),
    ).toEqual([
      [16, 21],
      [8, 11],
    ]);
  });

  it('says which kernel doesn’t fit', () => {
    expect(() =>
      sizes(
        [
          { kernelSize: 5, pad: 0, poolSize: 4 },
          { kernelSize: 5, pad: 0 },
        ],
        20,
        25,
      ),
    ).toThrow('layerSizes: network.layers[1].kernelSize 5 is larger than the input of 4 × 6 padded by 0');
  });
});
