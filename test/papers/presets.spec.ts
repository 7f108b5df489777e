import { describe, expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import { validateCompetitiveSpec } from '../../src/networks/competitiveSpec/competitiveSpec.js';
import { layerSizes } from '../../src/networks/latency/spec/layerSizes.js';
import { validateNetworkSpec } from '../../src/networks/latency/spec/networkSpec.js';
import type { LatencyPreset, Preset } from '../../src/papers/preset.js';
import { presets } from '../../src/papers/presets.js';

const all: readonly (readonly [string, Preset])[] = Object.entries(presets);
const latency = all.filter((entry): entry is [string, LatencyPreset] => entry[1].kind === 'latency');

describe.each(all)('%s', (name, preset) => {
  it('is a valid network of that name, with its source', () => {
    const spec =
      preset.kind === 'latency'
        ? orThrow(validateNetworkSpec(preset.network))
        : orThrow(validateCompetitiveSpec(preset.network(preset.neurons)));
    expect(spec.name).toBe(name);
    for (const text of [preset.summary, preset.source, preset.expected]) expect(text).not.toBe('');
  });
});

it.each(latency.filter(([, { network }]) => network.encoder?.input !== 'features'))(
  '%s fits images of 28 × 28: padded so that no layer shrinks',
  (_, { network }) => {
    expect(layerSizes(orThrow(validateNetworkSpec(network)), 28, 28)).toEqual(
      network.layers.map((_, index) => (index === 0 ? [28, 28] : [14, 14])),
    );
  },
);

it('diehlCook2015 has as many neurons as asked for, the more the faster their thresholds grow', () => {
  const { layer } = orThrow(validateCompetitiveSpec(presets.diehlCook2015.network(1600)));
  expect([layer.neurons, layer.thetaPlus]).toEqual([1600, 0.2]);
  for (const odd of [0, 2.5, Number.NaN, '400', undefined])
    expect(() => presets.diehlCook2015.network(odd as number)).toThrow('diehlCook2015: neurons must be an integer ≥ 1');
});
