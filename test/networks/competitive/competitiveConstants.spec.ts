import { describe, expect, it } from 'vitest';
import { orThrow } from '../../../src/core/errors.js';
import { competitiveConstants } from '../../../src/networks/competitiveSpec/competitiveConstants.js';
import { type PartialCompetitiveSpec, validateCompetitiveSpec } from '../../../src/networks/competitiveSpec/competitiveSpec.js';

const spec = (given: Omit<PartialCompetitiveSpec, 'name'>) => orThrow(validateCompetitiveSpec({ name: 'a', ...given }));

describe('competitiveLaw', () => {
  it('tells every constant by step', () => {
    const { layer, learning, input } = spec({ dt: 0.5 });
    const law = competitiveConstants(spec({ dt: 0.5 }), 784);
    expect(law).toMatchObject({ inputs: 784, neurons: 400, steps: 700, leastSpikes: input.minSpikes });
    const { excReversal, inhReversal, threshold, reset, inhibition } = layer;
    expect(law.neuron).toEqual([
      Math.exp(-0.5 / layer.tauExc),
      Math.exp(-0.5 / layer.tauInh),
      0.5 / layer.tauMembrane,
      excReversal,
      inhReversal,
      threshold,
      reset,
      10,
      inhibition,
    ]);
    expect(law.learning.at(-1)).toBeCloseTo(Math.exp(-500 / 1e7), 12);
    expect(law.learning.slice(0, 3)).toEqual([learning.etaPlus, learning.etaMinus, learning.wMax]);
    expect([law.preTrace[0], law.preTrace.length]).toEqual([1, 701]);
    expect(law.postTrace[40]).toBeCloseTo(Math.exp(-20 / learning.tauPost), 6);
  });

  it('makes pixels spike in proportion to their value, faster in later attempts, at most in every step', () => {
    const { scales } = competitiveConstants(spec({ input: { maxRate: 100, retryRate: 500, maxRetries: 2 } }), 784);
    expect(scales.length).toBe(3 * 256);
    const probability = (attempt: number, level: number) => 1 - 2 ** (1 / (scales[256 * attempt + level] ?? 0));
    expect(probability(0, 255)).toBeCloseTo(0.1, 6);
    expect(probability(0, 51)).toBeCloseTo(0.02, 6);
    expect(probability(1, 51)).toBeCloseTo(0.12, 6);
    expect(probability(2, 255)).toBe(1);
    expect(probability(0, 0)).toBeCloseTo(0, 12);
  });

  it.each([
    [
      spec({ input: { duration: 0.4 } }),
      'competitiveLaw: network.input.duration must be from 1 to 1048576 steps of 1 ms, got 0.4 ms',
    ],
    [spec({ dt: 1e-6 }), 'input.duration'],
    [
      spec({ layer: { neurons: 1_000_000 } }),
      'competitiveLaw: network.layer.neurons must be at most 342392 for 784 pixels, got 1000000',
    ],
    [
      spec({ learning: { norm: 800 } }),
      "competitiveLaw: network.learning.norm can't be 800: 784 weights up to 1 don't add up to it",
    ],
  ])('refuses what images can’t have: %#', (given, message) => {
    expect(() => competitiveConstants(given, 784)).toThrow(message);
  });
});
