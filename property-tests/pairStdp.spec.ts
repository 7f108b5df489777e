import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fork, randomUniform } from '../src/core/random.js';
import { pairStdp } from '../src/rules/pair/pairStdp.js';
import type { PairStdpParams } from '../src/rules/pair/pairStdpParams.js';
import { weightDependences } from '../src/updates/weightDependence.js';
import { runs } from '../test/target.js';

const [inputs, outputs] = [3, 2];
type Train = readonly { readonly pre: readonly number[]; readonly post: readonly number[] }[];

const spikes = (length: number) => fc.array(fc.constantFrom(0, 0, 1), { minLength: length, maxLength: length });
const train: fc.Arbitrary<Train> = fc.array(fc.record({ pre: spikes(inputs), post: spikes(outputs) }), {
  minLength: 1,
  maxLength: 8,
});
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
const params = fc.record<Partial<PairStdpParams>>({
  integration: fc.constantFrom('exact', 'euler'),
  traceMode: fc.constantFrom('cumulative', 'nearest'),
  coincidence: fc.constantFrom('both', 'potentiation', 'depression', 'none'),
  tauPre: between(2, 100),
  tauPost: between(2, 100),
  etaPlus: between(1e-3, 0.1),
  etaMinus: between(1e-3, 0.1),
});
const weights = (seed: number) => tf.tensor2d(randomUniform(inputs * outputs, fork(seed, 0)), [inputs, outputs]);

/** Weights and traces after every step. */
function run(given: Partial<PairStdpParams>, stimulus: Train, start: tf.Tensor) {
  const rule = pairStdp(given);
  let [w, state] = [start, rule.init({ pre: [inputs], post: [outputs] })];
  return stimulus.map(({ pre, post }) => {
    [w, state] = rule.step({ pre, post }, w, state);
    return { w, ...state };
  });
}
const numbers = async (tensor: tf.Tensor | undefined) => [...((await tensor?.data()) ?? [])];
const check = <T extends [unknown, ...unknown[]]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  law: (...values: T) => Promise<void>,
) => fc.assert(fc.asyncProperty<T>(...arbitraries, law), { numRuns: runs(25), seed: 1 });

describe('pairStdp', () => {
  const lone = {
    all: [
      { pre: [1, 1, 1], post: [0, 0] },
      { pre: [0, 0, 0], post: [1, 1] },
    ],
  } as const;
  const silence = { pre: [0, 0, 0], post: [0, 0] };

  it('the sign of the change follows the order of the spikes', () =>
    check([params, fc.nat({ max: 5 }), fc.nat()], async (given, lag, seed) => {
      const start = tf.add(0.25, tf.mul(0.5, weights(seed)));
      const [pre, post] = lone.all;
      const gap = new Array(lag).fill(silence);
      const change = async (stimulus: Train) => numbers(tf.sub(run(given, stimulus, start).at(-1)?.w ?? start, start));
      expect((await change([pre, ...gap, post])).every((value) => value > 0)).toBe(true);
      expect((await change([post, ...gap, pre])).every((value) => value < 0)).toBe(true);
    }));

  it('silence before a stimulus changes nothing, to the bit', () =>
    check([params, train, fc.integer({ min: 1, max: 4 }), fc.nat()], async (given, stimulus, delay, seed) => {
      const start = weights(seed);
      const now = run(given, stimulus, start).at(-1);
      const later = run(given, [...new Array(delay).fill(silence), ...stimulus], start).at(-1);
      for (const part of ['w', 'tPre', 'tPost'] as const)
        expect(await numbers(later?.[part])).toEqual(await numbers(now?.[part]));
    }));

  it('a cumulative trace is never below the nearest one', () =>
    check([params, train], async (given, stimulus) => {
      const start = weights(1);
      const cumulative = run({ ...given, traceMode: 'cumulative' }, stimulus, start);
      const nearest = run({ ...given, traceMode: 'nearest' }, stimulus, start);
      for (const [time, state] of cumulative.entries()) {
        for (const trace of ['tPre', 'tPost'] as const) {
          const low = await numbers(nearest[time]?.[trace]);
          (await numbers(state[trace])).forEach((value, index) => {
            expect(value).toBeGreaterThanOrEqual((low[index] ?? Number.NaN) - 1e-6);
          });
        }
      }
    }));

  it('weights stay within the bounds at any rate, wherever they start', () =>
    check(
      [params, train, fc.constantFrom(...weightDependences), between(0, 3), between(-5, 5), fc.nat()],
      async (given, stimulus, weightDependence, mu, eta, seed) => {
        const [wMin, wMax] = [-0.5, 0.75];
        const start = tf.mul(4, tf.sub(weights(seed), 0.5));
        const wild = { ...given, weightDependence, mu, etaPlus: eta, etaMinus: 2 * eta, wMin, wMax };
        for (const { w } of run(wild, stimulus, start)) {
          for (const value of await numbers(w)) expect(value >= wMin && value <= wMax).toBe(true);
        }
      },
    ));
});
