import { isRight } from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import { layerSizes } from '../../src/networks/layerSizes.js';
import { validateNetworkSpec } from '../../src/networks/networkSpec.js';
import { presets } from '../../src/papers/presets.js';

describe.each(Object.entries(presets))('%s', (name, preset) => {
  it('is a valid network of that name, with its source', () => {
    const spec = validateNetworkSpec(preset.network);
    expect(isRight(spec)).toBe(true);
    expect(orThrow(spec).name).toBe(name);
    for (const text of [preset.summary, preset.source, preset.expected]) expect(text).not.toBe('');
  });

  it('fits images of 28 × 28: padded so that no layer shrinks', () => {
    expect(layerSizes(orThrow(validateNetworkSpec(preset.network)), 28, 28)).toEqual(
      preset.network.layers.map((_, index) => (index === 0 ? [28, 28] : [14, 14])),
    );
  });
});
