import { isLeft } from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { orThrow } from '../../../src/core/errors.js';
import {
  competitiveDefaults,
  type PartialCompetitiveSpec,
  validateCompetitiveSpec,
} from '../../../src/networks/competitiveSpec/competitiveSpec.js';

const message = (given: object): string => {
  const result = validateCompetitiveSpec(given as PartialCompetitiveSpec);
  return isLeft(result) ? result.left.message : 'good';
};

describe('validateCompetitiveSpec', () => {
  it('fills in the defaults, and survives JSON', () => {
    const spec = orThrow(validateCompetitiveSpec({ name: 'a', layer: { neurons: 7 }, readout: { vote: 'mean' } }));
    expect(spec).toEqual({
      ...competitiveDefaults,
      name: 'a',
      layer: { ...competitiveDefaults.layer, neurons: 7 },
      readout: { ...competitiveDefaults.readout, vote: 'mean' },
    });
    expect(orThrow(validateCompetitiveSpec(JSON.parse(JSON.stringify(spec)) as PartialCompetitiveSpec))).toEqual(spec);
  });

  it.each([
    [{ dt: 0 }, 'network: dt must be a number > 0, got 0'],
    [{ name: 5 }, 'network: name must be a text, got 5'],
    [{ layers: [] }, 'network: layers is not a parameter'],
    [{ layer: 3 }, 'network.layer: it must be a record of parameters, got 3'],
    [{ layer: { neurons: 0 } }, 'network.layer: neurons must be an integer ≥ 1, got 0'],
    [{ layer: { tauExc: Number.NaN } }, 'network.layer: tauExc must be a number > 0, got NaN'],
    [{ input: { maxRate: -1 } }, 'network.input: maxRate must be a number > 0, got -1'],
    [{ input: { maxRetries: 0.5 } }, 'network.input: maxRetries must be an integer in [0, 1000], got 0.5'],
    [{ learning: { etaPlus: 'fast' } }, 'network.learning: etaPlus must be a number ≥ 0, got "fast"'],
    [{ learning: { epochs: 1 } }, 'network.learning: epochs is not a parameter'],
    [{ readout: { vote: 'most' } }, "network.readout: vote must be one of 'rate', 'mean', got \"most\""],
  ])('refuses %j', (given, expected) => {
    expect(message({ name: 'a', ...given })).toContain(expected);
  });
});
