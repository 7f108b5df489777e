import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fork, randomUint32, randomUniform } from '../../src/core/random.js';
import { type CompetitiveLaw, CompetitiveLayer } from '../../src/kernels/competitiveLayer.js';
import { scalarKernels } from '../../src/kernels/scalar/index.js';

const traces = (steps: number, tau: number) => Float32Array.from({ length: steps + 1 }, (_, k) => Math.exp(-k / tau));

/** Levels spike with a probability of level / 255 · rate in a step. */
const scales = (...rates: readonly number[]) =>
  Float32Array.from({ length: 256 * rates.length }, (_, at) => {
    const p = Math.min(1, ((at % 256) / 255) * (rates[Math.floor(at / 256)] ?? 0));
    return at % 256 === 0 ? 0 : 1 / Math.log2(1 - p);
  });

const law = (inputs: number, neurons: number, steps: number, rates: readonly number[]): CompetitiveLaw => ({
  inputs,
  neurons,
  steps,
  neuron: [0.37, 0.61, 0.01, 65, -35, 1.5, 0, 5, 40],
  learning: [0.05, 0.01, 1, inputs / 10, 0.05, 0.999],
  preTrace: traces(steps, 20),
  postTrace: traces(steps, 15),
  scales: scales(...rates),
  leastSpikes: 5,
});

const learnedOf = (inputs: number, neurons: number, seed: number) => ({
  weights: randomUniform(inputs * neurons, fork(seed, 0), 0, 0.3),
  theta: randomUniform(neurons, fork(seed, 1)),
});

describe('a competitive layer', () => {
  it('gives the same bits without SIMD', () =>
    fc.assert(
      fc.property(
        fc.record({
          inputs: fc.integer({ min: 1, max: 90 }),
          neurons: fc.integer({ min: 1, max: 70 }),
          steps: fc.integer({ min: 1, max: 120 }),
          seed: fc.nat(),
          learn: fc.boolean(),
        }),
        ({ inputs, neurons, steps, seed, learn }) => {
          const images = Uint8Array.from(randomUint32(4 * inputs, fork(seed, 2)), (word) => (word % 3 === 0 ? word >>> 24 : 0));
          const run = (layer: CompetitiveLayer) => [layer.present(images, seed, [1, 2, 2 ** 40 + 3, 4], learn), layer.learned];
          const [rules, start] = [law(inputs, neurons, steps, [0.2, 0.5, 1]), learnedOf(inputs, neurons, seed)];
          const simd = run(new CompetitiveLayer(rules, start));
          const plain = run(new CompetitiveLayer(rules, start, scalarKernels));
          expect(plain).toEqual(simd);
        },
      ),
      { numRuns: 100, seed: 1 },
    ));
});
