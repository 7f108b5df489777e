import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fork, randomUint32, randomUniform } from '../../src/core/random.js';
import { raceLayer } from '../../src/kernels/host/raceLayer.js';
import { spikeLists } from '../../src/kernels/host/spikeLists.js';
import { Arena } from '../../src/kernels/module/arena.js';
import { networkKernels } from '../../src/kernels/module/networkKernels.js';
import { plainNetworks } from './bothKernels.js';

const layers = fc.record({
  inputs: fc.integer({ min: 1, max: 40 }),
  classes: fc.integer({ min: 1, max: 9 }),
  perClass: fc.integer({ min: 1, max: 12 }),
  within: fc.boolean(),
  seed: fc.nat(),
});

it('learns and answers with the same bits with SIMD and without', () => {
  let learned = 0;
  fc.assert(
    fc.property(layers, ({ inputs, classes, perClass, within, seed }) => {
      const [neurons, threshold, count] = [classes * perClass, 0.1 * inputs, 12];
      const first = randomUniform(neurons * inputs, fork(seed, 0), 0.1, 0.6);
      const given = { weights: first, thresholds: new Float32Array(neurons).fill(threshold) };
      // Of 16 values, so that many spikes come together; a third is silent.
      const features = Float32Array.from(
        randomUint32(count * inputs, fork(seed, 1)),
        (word) => Math.max(0, (word % 24) - 8) / 16,
      );
      const lists = spikeLists(features, new Float32Array(inputs).fill(1));
      const images = Int32Array.from(randomUint32(2 * count, fork(seed, 2)), (word) => word % count);
      const labels = images.map((image) => image % classes);
      const run = (kernels: typeof networkKernels) => {
        const sums = new Float32Array(neurons).fill(within ? 0 : 0.35 * inputs);
        const layer = raceLayer({ inputs, neurons, perClass, threshold }, given, sums, new Arena(0, kernels));
        const targets = Math.max(1, perClass - 1);
        layer.setLearning({ within, targets, gap: 0.1, etaPlus: 0.3, etaMinus: -0.5, etaThreshold: 0.2 });
        layer.hold([lists]);
        return { answers: layer.learn(images, labels), ...layer.learned(), tested: layer.answer(lists) };
      };
      const simd = run(networkKernels);
      expect(run(plainNetworks)).toEqual(simd);
      learned += simd.weights.filter((weight, index) => weight !== first[index]).length;
    }),
    { numRuns: 60, seed: 1 },
  );
  expect(learned).toBeGreaterThan(10_000);
});
