import fc from 'fast-check';
import { describe, it } from 'vitest';
import { fork, randomUniform } from '../../src/core/random.js';
import { dependenceCodes } from '../../src/kernels/dependences.js';
import type { Arena } from '../../src/kernels/module/arena.js';
import type { RuleKernels } from '../../src/kernels/module/ruleKernels.js';
import { floatsAt, sameBits, sparse } from './bothKernels.js';

const density = fc.constantFrom(0, 0.03, 0.3, 1);
const size = (most: number) => fc.oneof(fc.constantFrom(1, 2, 3, 4), fc.integer({ min: 1, max: most }));

/** Rates, exponent, bounds of the weights and the clamp: what setChange takes behind a code. */
const numbers = fc.constantFrom(
  [0.05, 0.03, 0.3, 0.1, 0.9, 0, 1],
  [-0.2, 0.5, 2.7, 0.1, 0.9, 0, 1],
  [0.4, -0.1, 0, 0, 1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  [0.1, 0.7, 40, -0.2, 1.1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
) as fc.Arbitrary<[number, number, number, number, number, number, number]>;
const constants = fc.record({ code: fc.constantFrom(...Object.values(dependenceCodes)), numbers });

const place = (arena: Arena<RuleKernels>, values: Float32Array): number => arena.place(values).byteOffset;
/** Within the clamp of all laws, with the bounds among them. */
const weights = (length: number, seed: number): Float32Array =>
  randomUniform(length, fork(seed, 9)).map((value) => (value < 0.1 ? 0.1 : value > 0.9 ? 0.9 : value));
/** More than scratch of any kernel here. */
const scratchWords = 60_000;

const pair = fc.record({
  rows: size(30),
  columns: size(80),
  steps: fc.constantFrom(1, 2, 7, 130),
  constants,
  density,
  postDensity: density,
  graded: fc.boolean(),
  nearest: fc.boolean(),
  presentPre: fc.boolean(),
  presentPost: fc.boolean(),
  seed: fc.nat(),
});
type Pair = typeof pair extends fc.Arbitrary<infer T> ? T : never;

/** Places what both scans start from. */
function start(
  kernels: RuleKernels,
  arena: Arena<RuleKernels>,
  { rows, columns, steps, constants: { code, numbers: given }, ...more }: Pair,
) {
  kernels.setChange(code, ...given);
  const { seed } = more;
  return {
    w: place(arena, weights(rows * columns, seed)),
    tPre: place(arena, randomUniform(rows, fork(seed, 2))),
    tPost: place(arena, randomUniform(columns, fork(seed, 3))),
    preTrain: place(arena, sparse(steps * rows, more.density, more.graded, seed + 1)),
  };
}

describe('the plain kernels give the same bits as the SIMD module', () => {
  it('traceStep', () => {
    const cases = fc.record({ count: size(40), density, graded: fc.boolean(), nearest: fc.boolean(), seed: fc.nat() });
    sameBits(cases, (kernels, arena, given) => {
      const trace = place(arena, randomUniform(given.count + 2, given.seed));
      const spikes = place(arena, sparse(given.count, given.density, given.graded, given.seed));
      const out = place(arena, randomUniform(given.count + 2, given.seed));
      kernels.traceStep(given.count, trace, spikes, trace, 0.951, 0.3, given.nearest);
      kernels.traceStep(given.count, trace, spikes, out, 0.951, 0.3, given.nearest);
      return [trace, out].map((address) => floatsAt(arena, address, given.count + 2));
    });
  });

  it.each(Object.entries(dependenceCodes))('applyOne, law %s', (_, code) => {
    const side = fc.record({ given: fc.boolean(), pre: density, post: density });
    const cases = fc.record({
      rows: size(20),
      columns: size(140),
      numbers,
      plus: side,
      minus: side,
      graded: fc.boolean(),
      inPlace: fc.boolean(),
      bounded: fc.boolean(),
      seed: fc.nat(),
    });
    sameBits(cases, (kernels, arena, { rows, columns, numbers: given, plus, minus, graded, inPlace, bounded, seed }) => {
      kernels.setChange(code, ...given);
      const words = rows * columns + 3;
      const addressOf = (isGiven: boolean, length: number, part: number, use: number) =>
        isGiven ? place(arena, sparse(length, part, graded, seed + use)) : 0;
      const w = place(arena, inPlace ? weights(words, seed) : randomUniform(words, seed, -0.5, 1.5));
      const out = inPlace ? w : place(arena, new Float32Array(words));
      const sides = [plus, minus].flatMap((one, index) => [
        addressOf(one.given, rows, one.pre, 4 * index + 1),
        addressOf(one.given, columns, one.post, 4 * index + 2),
      ]) as [number, number, number, number];
      kernels.applyOne(rows, columns, w, out, inPlace || bounded, ...sides, arena.take(4 * scratchWords));
      return floatsAt(arena, out, words);
    });
  });

  it('fireStep', () => {
    const cases = fc.record({
      count: size(40),
      neurons: fc.constantFrom<[number, number, number, number, number, number]>(
        [0.9, 0.1, 0.8, 0, 0.05, 0],
        [0.7, 0.4, 0.5, 0.3, 0.6, -0.2],
        [0.95, 1.5, 0.1, -0.4, 0.2, 0.1],
      ),
      inhibition: fc.constantFrom(0, 0.3, 2),
      density,
      graded: fc.boolean(),
      inPlace: fc.boolean(),
      seed: fc.nat(),
    });
    sameBits(cases, (kernels, arena, { count, neurons, inhibition, density: part, graded, inPlace, seed }) => {
      kernels.setNeurons(...neurons);
      const values = (use: number) => place(arena, randomUniform(count + 2, fork(seed, use), -1, 1.5));
      const [inputs, v, i] = [values(1), values(2), values(3)];
      const spikes = place(arena, sparse(count + 2, part, graded, seed));
      const out = inPlace ? spikes : values(4);
      kernels.fireStep(count, inputs, v, i, inhibition, spikes, out);
      return [v, i, out].map((address) => floatsAt(arena, address, count + 2));
    });
  });

  it('scanPairs', () =>
    sameBits(pair, (kernels, arena, given) => {
      const { rows, columns, steps, nearest, presentPre, presentPost, seed } = given;
      const { w, tPre, tPost, preTrain } = start(kernels, arena, given);
      const postTrain = place(arena, sparse(steps * columns, given.postDensity, given.graded, seed + 2));
      const scratch = arena.take(4 * kernels.scanPairsWords(rows, columns));
      const traces = [0.9, 0.3, 0.8, 0.5, nearest, presentPre, presentPost] as const;
      kernels.scanPairs(steps, rows, columns, w, tPre, tPost, preTrain, postTrain, ...traces, scratch);
      return [floatsAt(arena, w, rows * columns), floatsAt(arena, tPre, rows), floatsAt(arena, tPost, columns)];
    }));

  it('scanLayer', () =>
    sameBits(fc.record({ given: pair, inhibition: fc.constantFrom(0, 0.2) }), (kernels, arena, { given, inhibition }) => {
      const { rows, columns, steps, nearest, presentPre, presentPost, seed } = given;
      kernels.setNeurons(0.8, 0.5, 0.6, 0.01, 0.4, 0.1);
      const { w, tPre, tPost, preTrain } = start(kernels, arena, given);
      const [v, i] = [place(arena, randomUniform(columns, fork(seed, 4))), place(arena, randomUniform(columns, fork(seed, 5)))];
      const before = place(arena, sparse(columns, given.postDensity, false, seed + 3));
      const out = arena.take(4 * steps * columns);
      const scratch = arena.take(4 * kernels.scanLayerWords(rows, columns));
      const traces = [0.9, 0.3, 0.8, 0.5, nearest, presentPre, presentPost] as const;
      const neurons = [v, i, before, inhibition, preTrain, out] as const;
      kernels.scanLayer(steps, rows, columns, w, tPre, tPost, ...neurons, ...traces, scratch);
      const layer = [floatsAt(arena, w, rows * columns), floatsAt(arena, tPre, rows), floatsAt(arena, tPost, columns)];
      return [...layer, ...[v, i, before].map((at) => floatsAt(arena, at, columns)), floatsAt(arena, out, steps * columns)];
    }));
});
