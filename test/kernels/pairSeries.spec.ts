import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fork } from '../../src/core/random.js';
import { scan } from '../../src/core/scan.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import type { PairStdpParams } from '../../src/rules/pair/pairStdpParams.js';
import type { StdpState } from '../../src/rules/pair/stdpState.js';
import { stepOf } from '../../src/rules/stepOf.js';
import { weightDependences } from '../../src/updates/weightDependence.js';
import { runs } from '../target.js';
import { composed, expectClose } from './agree.js';
import { anyLayer, spikes, uniform } from './layers.js';

const params = fc.record<Partial<PairStdpParams>>({
  integration: fc.constantFrom('exact', 'euler'),
  traceMode: fc.constantFrom('cumulative', 'nearest'),
  coincidence: fc.constantFrom('both', 'potentiation', 'depression', 'none'),
  weightDependence: fc.constantFrom(...weightDependences),
  mu: fc.constantFrom(0, 0.3, 0.5, 1, 2),
  etaPlus: fc.constantFrom(0.03, -0.01),
  etaMinus: fc.constantFrom(0.02, -0.01),
  hardBound: fc.boolean(),
});
const cases = fc.record({
  given: params,
  layer: anyLayer,
  steps: fc.constantFrom(1, 2, 7, 150),
  density: fc.constantFrom(0, 0.03, 0.3, 1),
  graded: fc.boolean(),
  seed: fc.nat(),
});

it('a scan in one piece gives the bits of stepping, and agrees with the composition', () =>
  fc.assert(
    fc.asyncProperty(cases, async ({ given, layer: { topology, pre, post, w: shape }, steps, density, graded, seed }) => {
      const short = topology.type === 'dense' ? steps : Math.min(steps, 7);
      const rule = pairStdp(given, topology);
      const trains = {
        pre: spikes([short, ...pre], density, graded, fork(seed, 1)),
        post: spikes([short, ...post], density, graded, fork(seed, 2)),
      };
      const start = uniform(shape, fork(seed, 0), -0.3, 1.3);
      const state: StdpState = { tPre: uniform(pre, fork(seed, 3)), tPost: uniform(post, fork(seed, 4)) };
      const whole = scan(stepOf(rule), [start, state], trains);
      const stepped = scan(
        (carry: readonly [tf.Tensor, StdpState], x: typeof trains) => stepOf(rule)(carry, x),
        [start, state],
        trains,
      );
      const list = ([[w, { tPre, tPost }]]: typeof whole) => [w, tPre, tPost];
      for (const [index, tensor] of list(whole).entries())
        expect(await tensor.data()).toEqual(await list(stepped)[index]?.data());
      if (short < 10) await expectClose(list(whole), list(composed(() => scan(stepOf(rule), [start, state], trains))));
    }),
    { numRuns: runs(80), seed: 1 },
  ));

it('leaves what it returns and nothing else, and gives unbatched series back unbatched', () => {
  const rule = pairStdp();
  const trains = { pre: tf.ones([5, 3]), post: tf.ones([5, 2]) };
  const [w, state] = [tf.fill([3, 2], 0.5), rule.init({ pre: [3], post: [2] })];
  const before = tf.memory().numTensors;
  const [[next, { tPre }]] = scan(stepOf(rule), [w, state], trains);
  expect(tf.memory().numTensors - before).toBe(3);
  expect([next.shape, tPre.shape]).toEqual([[3, 2], [3]]);
});

it('refuses trains that do not fit, as a step does', () => {
  const rule = pairStdp();
  const start = [tf.fill([3, 2], 0.5), rule.init({ pre: [3], post: [2] })] as const;
  expect(() => scan(stepOf(rule), start, { pre: tf.ones([5, 4]), post: tf.ones([5, 2]) })).toThrow(
    'pairStdp: pre has 4 columns, w [3, 2] needs 3',
  );
  expect(() => scan(stepOf(rule), start, { pre: tf.ones([5, 3]), post: tf.ones([4, 2]) })).toThrow(
    'scan: xs has leading axes 5 and 4, which must agree',
  );
});
