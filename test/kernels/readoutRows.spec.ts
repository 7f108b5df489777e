import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fork, randomUniform } from '../../src/core/random.js';
import { readoutRows, rowsAtOnce } from '../../src/kernels/host/readoutRows.js';
import { Arena } from '../../src/kernels/module/arena.js';
import { networkKernels } from '../../src/kernels/module/networkKernels.js';
import { plainNetworks } from './bothKernels.js';

interface Given {
  readonly classes: number;
  readonly size: number;
  readonly count: number;
  readonly seed: number;
}

const given: fc.Arbitrary<Given> = fc.record({
  classes: fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 1, max: 26 }) }, { weight: 1, arbitrary: fc.constant(300) }),
  size: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constantFrom(512, 515)),
  count: fc.integer({ min: 1, max: rowsAtOnce }),
  seed: fc.nat(),
});

/** A reading of rows, and the loss and gradient of two presentations. */
function readAndLearn({ classes, size, count, seed }: Given, kernels: typeof networkKernels) {
  const random = (length: number, use: number) => randomUniform(length, fork(seed, use), -1, 1);
  const labels = Uint16Array.from(random(count, 0), (value) => Math.floor(((value + 1) / 2) * classes));
  const rows = readoutRows(classes, random(size, 1), random(size, 2), new Arena(0, kernels));
  const [features, weights] = [random(count * size, 3), random((size + 1) * classes, 4)];
  const total = new Float64Array((size + 1) * classes);
  rows.setWeights(Float64Array.from(weights));
  rows.read(features);
  const best = rows.best();
  let loss = rows.learn(labels, total.subarray(size * classes));
  rows.read(features.subarray(0, size));
  loss += rows.learn(labels.subarray(0, 1), total.subarray(size * classes));
  rows.drain(total);
  return { best, loss, total, features, weights, labels, mean: random(size, 1), inverse: random(size, 2) };
}

it('gives the same bits with SIMD and without', () =>
  fc.assert(
    fc.property(given, (layer) => {
      const [simd, plain] = [readAndLearn(layer, networkKernels), readAndLearn(layer, plainNetworks)];
      expect(plain.best).toEqual(simd.best);
      expect(plain.loss).toBe(simd.loss);
      expect(plain.total).toEqual(simd.total);
    }),
    { numRuns: 60, seed: 1 },
  ));

it('scores and learns as the formula says', () =>
  fc.assert(
    fc.property(given, (layer) => {
      const { classes, size, count } = layer;
      const { best, loss, total, features, weights, labels, mean, inverse } = readAndLearn(layer, networkKernels);
      const wanted = new Float64Array(total.length);
      let wantedLoss = 0;
      for (const row of [...Array(count).keys(), 0]) {
        const x = Array.from({ length: size }, (_, d) => ((features[row * size + d] ?? 0) - (mean[d] ?? 0)) * (inverse[d] ?? 0));
        const scores = Array.from({ length: classes }, (_, c) =>
          x.reduce((sum, value, d) => sum + value * (weights[d * classes + c] ?? 0), weights[size * classes + c] ?? 0),
        );
        expect(scores[best[row] ?? -1]).toBeCloseTo(Math.max(...scores), 4);
        scores.forEach((score, c) => {
          const y = labels[row] === c ? 1 : -1;
          const margin = Math.max(0, 1 - y * score);
          wantedLoss += margin ** 2 / 2;
          for (let d = 0; d <= size; d++) wanted[d * classes + c] = (wanted[d * classes + c] ?? 0) - y * margin * (x[d] ?? 1);
        });
      }
      expect(Math.abs(loss - wantedLoss)).toBeLessThan(1e-4 * (1 + wantedLoss));
      expect(total.findIndex((value, at) => Math.abs(value - (wanted[at] ?? 0)) >= 1e-3)).toBe(-1);
    }),
    { numRuns: 30, seed: 2 },
  ));
