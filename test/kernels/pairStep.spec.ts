import type * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fork } from '../../src/core/random.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import type { PairStdpParams } from '../../src/rules/pair/pairStdpParams.js';
import type { StdpState } from '../../src/rules/pair/stdpState.js';
import { weightDependences } from '../../src/updates/weightDependence.js';
import { runs } from '../target.js';
import { composed, expectClose } from './agree.js';
import { anyLayer, type Layer, spikes, uniform } from './layers.js';

const params = fc.record<Partial<PairStdpParams>>({
  integration: fc.constantFrom('exact', 'euler'),
  traceMode: fc.constantFrom('cumulative', 'nearest'),
  coincidence: fc.constantFrom('both', 'potentiation', 'depression', 'none'),
  weightDependence: fc.constantFrom(...weightDependences),
  mu: fc.constantFrom(0, 0.3, 0.5, 1, 2, 3),
  batchReduction: fc.constantFrom('sum', 'mean'),
  etaPlus: fc.constantFrom(0.03, -0.01, 0),
  etaMinus: fc.constantFrom(0.02, -0.01, 0),
  wMin: fc.constantFrom(0, -0.2),
  wMax: fc.constantFrom(1, 0.7),
  hardBound: fc.boolean(),
});

interface Case {
  readonly given: Partial<PairStdpParams>;
  readonly layer: Layer;
  readonly density: number;
  readonly graded: boolean;
  readonly seed: number;
}
const cases: fc.Arbitrary<Case> = fc.record({
  given: params,
  layer: anyLayer,
  density: fc.constantFrom(0, 0.05, 0.3, 1),
  graded: fc.boolean(),
  seed: fc.nat(),
});

/** Four steps from traces of the past and weights that may lie beyond the bounds. */
function run(
  { given, layer: { topology, pre, post, w: shape }, density, graded, seed }: Case,
  donate: boolean,
): readonly tf.Tensor[] {
  const rule = pairStdp(given, topology);
  let w = uniform(shape, fork(seed, 0), -0.3, 1.3);
  let state: StdpState = { tPre: uniform(pre, fork(seed, 100)), tPost: uniform(post, fork(seed, 101)) };
  for (let time = 0; time < 4; time++) {
    const input = {
      pre: spikes(pre, density, graded, fork(seed, 2 * time + 1)),
      post: spikes(post, density, graded, fork(seed, 2 * time + 2)),
    };
    [w, state] = rule.step(input, w, state, { donate });
  }
  return [w, state.tPre, state.tPost];
}

it('a fused step of the pair rule is the composed one, on any layer', () =>
  fc.assert(
    fc.asyncProperty(cases, async (given) => {
      await expectClose(
        run(given, false),
        composed(() => run(given, false)),
      );
    }),
    { numRuns: runs(150), seed: 1 },
  ));

it('a donated step gives the same bits', () =>
  fc.assert(
    fc.asyncProperty(cases, async (given) => {
      const [pure, donated] = [run(given, false), run(given, true)];
      for (const [index, tensor] of pure.entries()) expect(await donated[index]?.data()).toEqual(await tensor.data());
    }),
    { numRuns: runs(60), seed: 2 },
  ));
