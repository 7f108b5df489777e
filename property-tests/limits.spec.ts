import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../src/core/random.js';
import { fedeStdp } from '../src/rules/homeostasis/fedeStdp.js';
import { delayAdjustedStdp } from '../src/rules/lastSpike/delayAdjustedStdp.js';
import { kernelStdp } from '../src/rules/lastSpike/kernelStdp.js';
import { pairStdp } from '../src/rules/pair/pairStdp.js';
import type { PairStdpParams } from '../src/rules/pair/pairStdpParams.js';
import { symmetricStdp } from '../src/rules/pair/symmetricStdp.js';
import { productRule } from '../src/rules/product/productRule.js';
import { eligibilityStdp } from '../src/rules/reward/eligibilityStdp.js';
import { mstdp } from '../src/rules/reward/mstdp.js';
import { mstdpet } from '../src/rules/reward/mstdpet.js';
import type { Rule } from '../src/rules/rule.js';
import { tripletStdp } from '../src/rules/triplet/tripletStdp.js';
import { conv2d } from '../src/topologies/conv2d.js';
import { dense } from '../src/topologies/dense.js';
import type { Topology } from '../src/topologies/topology.js';

/** Layers of each topology, without batch. */
const layers = {
  dense: { pre: [4], post: [3], w: [4, 3] },
  conv2d: { pre: [3, 4, 2], post: [2, 3, 2], w: [2, 2, 2, 2] },
} as const;

const layersOf = ({ type }: Topology) => layers[type as keyof typeof layers];

type Steps = readonly { readonly pre: tf.Tensor; readonly post: tf.Tensor; readonly reward?: number }[];

/** Random spikes over time, `[batch, …]`; `where` says in which steps each layer may fire. */
function train(topology: Topology, seed: number, batch: number, where = (_layer: 'pre' | 'post', _time: number) => true): Steps {
  const spikes = (layer: 'pre' | 'post', time: number) => {
    const shape = [batch, ...layersOf(topology)[layer]];
    const draws = randomUniform(
      shape.reduce((size, next) => size * next, 1),
      seed * 64 + 2 * time + Number(layer === 'pre'),
    );
    return tf.tensor(
      draws.map((value) => Number(value < 0.35 && where(layer, time))),
      shape,
    );
  };
  return Array.from({ length: 8 }, (_, time) => ({ pre: spikes('pre', time), post: spikes('post', time), reward: 1 }));
}

/** The change of the weights over some steps. */
function change(rule: Rule<object>, steps: Steps): tf.Tensor {
  const { pre, post, w: shape } = layersOf(rule.topology);
  const batch = steps[0]?.pre.shape[0] ?? 1;
  const start = tf.fill([...shape], 0.5);
  let [w, state] = [start as tf.Tensor, rule.init({ pre: [batch, ...pre], post: [batch, ...post], w: shape })];
  for (const step of steps) [w, state] = rule.step(step, w, state);
  return tf.sub(w, start);
}

/** Runs with random seeds; `compare` gives pairs that must agree to 1e-6, of changes that are not all zero. */
async function always(compare: (seed: number) => readonly (readonly [tf.Tensor, tf.Tensor])[]): Promise<void> {
  const property = fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 20 }), async (seed) => {
    tf.engine().startScope('property');
    for (const [one, other] of compare(seed)) {
      const [got, want] = await Promise.all([one.data(), other.data()]);
      expect(Math.max(...want.map(Math.abs))).toBeGreaterThan(1e-4);
      got.forEach((value, index) => {
        expect(Math.abs(value - (want[index] ?? Number.NaN))).toBeLessThan(1e-6);
      });
    }
    tf.engine().endScope();
  });
  await fc.assert(property, { numRuns: 3, seed: 1 });
}

const free = { wMin: -10, wMax: 10 };
const exact: Partial<PairStdpParams> = { ...free, tauPre: 20, tauPost: 30, integration: 'exact' };
const exponential = (eta: number, tau: number) => ({ kernel: 'exponential' as const, eta, tau });
const sum = { ...free, batchReduction: 'sum' } as const;
type Make = (topology: Topology) => Rule<object>;
const topologies = [dense, conv2d()];

describe('limits', () => {
  const both = (one: Make, other: Make, where?: Parameters<typeof train>[3]) =>
    always((seed) =>
      topologies.map((topology) => {
        const steps = train(topology, seed, 2, where);
        return [change(one(topology), steps), change(other(topology), steps)];
      }),
    );
  const reduced = { ...free, batchReduction: 'mean' } as const;

  it('triplet STDP with triplet rates of 0 is pair STDP', () =>
    both(
      (topology) =>
        tripletStdp(
          {
            ...reduced,
            etaPostPair: 2e-3,
            etaPrePair: -1e-3,
            etaPostTriplet: 0,
            etaPreTriplet: 0,
            tauPreFast: 12,
            tauPostFast: 25,
          },
          topology,
        ),
      (topology) =>
        pairStdp({ ...exact, batchReduction: 'mean', etaPlus: 2e-3, etaMinus: 1e-3, tauPre: 12, tauPost: 25 }, topology),
    ));

  it('MSTDPET with a reward of 1 and an eligibility that is gone at once is MSTDP', () =>
    both(
      (topology) => mstdpet({ ...sum, tauEligibility: 2 ** -7, scale: 2 ** -7 }, topology),
      (topology) => mstdp(sum, topology),
    ));

  it('MSTDP with a reward of 1 is pair STDP', () =>
    both(
      (topology) => mstdp({ ...sum, etaPost: 2e-3, etaPre: -1e-3, tauPre: 20, tauPost: 30 }, topology),
      (topology) => pairStdp({ ...exact, etaPlus: 2e-3, etaMinus: 1e-3 }, topology),
    ));

  it('kernel STDP with exponential halves, at spikes, is pair STDP between nearest neighbours', () =>
    both(
      (topology) => kernelStdp({ ...sum, kernelPost: exponential(2e-3, 12), kernelPre: exponential(-1e-3, 25) }, topology),
      (topology) =>
        pairStdp({ ...exact, etaPlus: 2e-3, etaMinus: 1e-3, tauPre: 12, tauPost: 25, traceMode: 'nearest' }, topology),
      // Simultaneous spikes are one pair there and two here.
      (layer, time) => (layer === 'pre') === (time % 2 === 0),
    ));

  it('symmetric STDP is Hebbian and anti-Hebbian pair STDP in one', () =>
    both(
      (topology) => symmetricStdp({ ...free, eta: 1e-3, tauPre: 20, tauPost: 30, coincidence: 'both' }, topology),
      (topology) => pairStdp({ ...exact, etaPlus: 1e-3, etaMinus: -1e-3 }, topology),
    ));

  it('an eligibility that is gone at once under a reward of 1 is pair STDP', () =>
    both(
      (topology) => eligibilityStdp({ ...free, etaPlus: 2e-3, etaMinus: 1e-3, tauEligibility: 0 }, topology),
      (topology) => pairStdp({ ...exact, etaPlus: 2e-3, etaMinus: 1e-3, tauPre: 20, tauPost: 20 }, topology),
    ));

  it('an eligibility with rates over its time constant is MSTDPET', () =>
    both(
      (topology) => eligibilityStdp({ ...free, etaPlus: 2e-3 / 25, etaMinus: 1e-3 / 25, tauEligibility: 25 }, topology),
      (topology) => mstdpet({ ...sum, etaPost: 2e-3, etaPre: -1e-3, tauEligibility: 25 }, topology),
    ));

  it('delay-adjusted STDP without delays is kernel STDP', () =>
    both(
      (topology) => delayAdjustedStdp({ ...sum, etaPlus: 2e-3, etaMinus: 1e-3, tauPlus: 12, tauMinus: 25 }, topology),
      (topology) => kernelStdp({ ...sum, kernelPost: exponential(2e-3, 12), kernelPre: exponential(-1e-3, 25) }, topology),
    ));

  it('a rule as text is the rule that it writes down', () =>
    both(
      (topology) => productRule({ ...free, dw: 'dw = 2^-9 * x1 * y0 - 2^-10 * x0 * y1', tauX1: 20, tauY1: 30 }, topology),
      (topology) => pairStdp({ ...exact, etaPlus: 2 ** -9, etaMinus: 2 ** -10 }, topology),
    ));

  it('fedeStdp comes to rest where both sides balance: w = wInit + ln((e^x̂ − a)/(e^(1−x̂) − a))/2', async () => {
    const a = 0.3;
    const rule = fedeStdp({ etaPlus: 0.1, etaMinus: 0.1, a, tauPre: 1, traceMode: 'nearest', integration: 'euler' });
    let w: tf.Tensor = tf.tensor2d([[0], [1]]);
    const state = rule.init({ pre: [2], post: [1] });
    for (let time = 0; time < 60; time++) [w] = rule.step({ pre: [1, 0.5], post: [1] }, w, state);
    const rest = (part: number) => 0.5 + Math.log((Math.exp(part) - a) / (Math.exp(1 - part) - a)) / 2;
    const got = await w.data();
    expect(got[0]).toBeCloseTo(rest(1), 4);
    expect(got[1]).toBeCloseTo(rest(0.5), 4);
  });
});
