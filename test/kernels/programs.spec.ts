import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeNamed } from '../../property-tests/everyRule.js';
import { fork } from '../../src/core/random.js';
import { scan } from '../../src/core/scan.js';
import { mapTensors, tensorsOf } from '../../src/core/trees.js';
import { kernelsOnHost } from '../../src/kernels/tensors/current.js';
import { seriesOf } from '../../src/rules/fastPath.js';
import { symmetricStdp } from '../../src/rules/pair/symmetricStdp.js';
import { twoFactorStdp } from '../../src/rules/pair/twoFactorStdp.js';
import { vogelsStdp } from '../../src/rules/pair/vogelsStdp.js';
import { eligibilityStdp } from '../../src/rules/reward/eligibilityStdp.js';
import { mstdp } from '../../src/rules/reward/mstdp.js';
import { mstdpet } from '../../src/rules/reward/mstdpet.js';
import type { Rule } from '../../src/rules/rule.js';
import { ruleNames } from '../../src/rules/ruleFromJSON.js';
import { stepOf } from '../../src/rules/stepOf.js';
import { tripletStdp } from '../../src/rules/triplet/tripletStdp.js';
import { clopathStdp } from '../../src/rules/voltage/clopathStdp.js';
import { dense } from '../../src/topologies/dense.js';
import { sparse } from '../../src/topologies/sparse.js';
import type { Topology } from '../../src/topologies/topology.js';
import { weightDependences } from '../../src/updates/weightDependence.js';
import { runs } from '../target.js';
import { composed, expectClose } from './agree.js';
import { anyLayer, type Layer, spikes, uniform } from './layers.js';

/** A rule of activities, with params of its own. */
type Make = (topology: Topology) => Rule<object>;

const rates = fc.constantFrom(0.03, -0.02, 0);
const bounds = { wMin: fc.constantFrom(0, -0.2), wMax: fc.constantFrom(1, 0.7), hardBound: fc.boolean() };
const reduction = fc.constantFrom('sum', 'mean');
const traceMode = fc.constantFrom('cumulative', 'nearest');
const coincidence = fc.constantFrom('both', 'post', 'pre', 'none');
const dependence = { weightDependence: fc.constantFrom(...weightDependences), mu: fc.constantFrom(0.5, 1, 2) };
const pairs = { etaPost: rates, etaPre: rates, traceMode, coincidence, batchReduction: reduction, ...bounds, ...dependence };
const eligibility = {
  etaPlus: rates,
  etaMinus: rates,
  readout: fc.constantFrom('present', 'previous'),
  positions: fc.constantFrom('sum', 'mean'),
  tauEligibility: fc.constantFrom(0, 20),
  batchReduction: reduction,
};
const triplets = {
  etaPostPair: rates,
  etaPostTriplet: rates,
  etaPrePair: rates,
  etaPreTriplet: rates,
  slowTrace: fc.constantFrom('before', 'previous'),
};
const symmetric = { eta: rates, alpha: fc.constantFrom(0, 0.4), coincidence: fc.constantFrom('once', 'both', 'none') };

const given = <P>(params: { [name: string]: fc.Arbitrary<unknown> }, make: (params: P, topology: Topology) => unknown) =>
  fc.record(params).map(
    (values): Make =>
      (topology) =>
        make(values as P, topology) as Rule<object>,
  );
/** Rules with parameters drawn at random. */
const drawn = {
  twoFactorStdp: given(pairs, twoFactorStdp),
  mstdp: given({ ...pairs, scale: fc.constantFrom(1, 0.5) }, mstdp),
  mstdpet: given({ ...pairs, scale: fc.constantFrom(1, 0.5) }, mstdpet),
  tripletStdp: given({ ...triplets, traceMode, coincidence, batchReduction: reduction, ...bounds, ...dependence }, tripletStdp),
  symmetricStdp: given({ ...symmetric, traceMode, batchReduction: reduction, ...bounds }, symmetricStdp),
  vogelsStdp: given({ eta: rates, targetRate: fc.constantFrom(0, 10), ...bounds }, vogelsStdp),
  clopathStdp: given({ etaPlus: fc.constantFrom(1e-4, 1e-3), tauPlus: fc.constantFrom(5, 7), ...bounds }, clopathStdp),
  eligibilityStdp: given({ ...eligibility, traceMode, ...bounds, ...dependence }, eligibilityStdp),
};

/** Every other rule that kernels carry out, as it is. */
const asItIs = ruleNames
  .filter((name) => !(name in drawn) && seriesOf(makeNamed(name, {}, dense)) !== undefined)
  .map((name) => [name, fc.constant<Make>((topology) => makeNamed(name, {}, topology))] as const);

const rules: readonly (readonly [name: string, make: fc.Arbitrary<Make>])[] = [...Object.entries(drawn), ...asItIs];

interface Case {
  readonly make: Make;
  readonly layer: Layer;
  readonly density: number;
  readonly graded: boolean;
  readonly reward: number | undefined;
  readonly withVoltage: boolean;
  readonly seed: number;
}
const casesOf = (make: fc.Arbitrary<Make>, most = 20): fc.Arbitrary<Case> =>
  fc.record({
    make,
    layer: anyLayer.filter(({ w }) => w.length === 2 || w.every((size) => size < most)),
    density: fc.constantFrom(0, 0.1, 1),
    graded: fc.boolean(),
    reward: fc.constantFrom(undefined, 1.5, -0.5, 0),
    withVoltage: fc.boolean(),
    seed: fc.nat(),
  });

const steps = 4;

/** A train of four steps, with what a rule reads besides spikes. */
function trainOf({ layer: { pre, post }, density, graded, reward, withVoltage, seed }: Case, { reads }: Rule<object>) {
  return {
    pre: spikes([steps, ...pre], density, graded, fork(seed, 1)),
    post: spikes([steps, ...post], density, graded, fork(seed, 2)),
    ...(reads.includes('reward') && reward !== undefined && { reward }),
    ...(reads.includes('voltage') && withVoltage && { voltage: uniform([steps, ...post], fork(seed, 3), -80, 10) }),
  };
}

/** From traces of the past, also of spikes below 0, and weights that may lie beyond the bounds. */
function startOf({ layer, seed }: Case, rule: Rule<object>): [tf.Tensor, object] {
  const w = uniform(layer.w, fork(seed, 0), -0.3, 1.3);
  const state = mapTensors(rule.init({ pre: layer.pre, post: layer.post, w: layer.w }), (tensor) =>
    uniform(tensor.shape, seed, -1, 1),
  );
  return [w, state];
}

function run(one: Case, donate: boolean): readonly tf.Tensor[] {
  const rule = one.make(one.layer.topology);
  const train = trainOf(one, rule);
  let [w, state] = startOf(one, rule);
  for (let time = 0; time < steps; time++) {
    const input = mapTensors(train, (tensor) => tf.squeeze(tf.slice(tensor, [time], [1]), [0]));
    [w, state] = rule.step(input, w, state, { donate });
  }
  return [w, ...tensorsOf(state)];
}

describe.each(rules)('a fused step of %s', (_, make) => {
  it('is the composed one, on any layer', () =>
    fc.assert(
      fc.asyncProperty(casesOf(make), async (one) => {
        await expectClose(
          run(one, false),
          composed(() => run(one, false)),
          4e-6,
        );
      }),
      { numRuns: runs(14), seed: 1 },
    ));

  it('gives the same bits donated, and in one piece with others', () =>
    fc.assert(
      fc.asyncProperty(casesOf(make), async (one) => {
        const rule = one.make(one.layer.topology);
        const [whole] = scan(stepOf(rule), startOf(one, rule), trainOf(one, rule));
        const [pure, donated, scanned] = [run(one, false), run(one, true), tensorsOf(whole)];
        for (const [index, tensor] of pure.entries()) {
          const bits = await tensor.data();
          expect([await donated[index]?.data(), await scanned[index]?.data()]).toEqual([bits, bits]);
        }
      }),
      { numRuns: runs(8), seed: 2 },
    ));

  it('is one piece of work where the kernels are at hand, on dense and on listed synapses', async () => {
    const [input, w] = [{ pre: tf.ones([6]), post: tf.ones([4]), reward: 1 }, tf.fill([6, 4], 0.5)];
    const [one] = fc.sample(make, { numRuns: 1, seed: 3 });
    if (one === undefined) throw new Error('there is no such rule');
    const all = sparse(Array.from({ length: 24 }, (_, i) => [Math.floor(i / 4), i % 4] as const));
    for (const [topology, weights] of [[dense, w] as const, [all, tf.reshape(w, [24])] as const]) {
      const rule = one(topology);
      const state = rule.init({ pre: [6], post: [4], w: weights.shape });
      const { kernelNames } = await tf.profile(() => rule.step(input, weights, state)[0]);
      expect(kernelNames.length === 0).toBe(kernelsOnHost());
    }
  });
});
