import { describe, it } from 'vitest';
import { laws } from '../src/conformance/index.js';
import { mstdp } from '../src/rules/mstdp.js';
import { mstdpet } from '../src/rules/mstdpet.js';
import type { Rule, RuleInput } from '../src/rules/rule.js';
import { tripletStdp } from '../src/rules/tripletStdp.js';
import { twoFactorStdp } from '../src/rules/twoFactorStdp.js';
import { conv2d } from '../src/topologies/conv2d.js';
import { dense } from '../src/topologies/dense.js';
import type { Topology } from '../src/topologies/topology.js';

type Make = (params: object, topology: Topology) => Rule<object>;

const rates = { etaPost: 1e-3, etaPre: -1e-3, batchReduction: 'sum', hardBound: true };
const triplets = {
  etaPostPair: 1e-3,
  etaPostTriplet: 1e-3,
  etaPrePair: -1e-3,
  etaPreTriplet: -1e-3,
  batchReduction: 'sum',
  hardBound: true,
};

/** The rule with a reward in each step (the laws give spikes alone). */
const withReward =
  (make: Make, reward: number): Make =>
  (params, topology) => {
    const rule = make(params, topology);
    const rewarded = (input: RuleInput) => ({ ...input, reward });
    return {
      ...rule,
      delta: (input, w, state) => rule.delta(rewarded(input), w, state),
      step: (input, w, state) => rule.step(rewarded(input), w, state),
    };
  };

const rules: readonly (readonly [string, Make, object, { readonly hebbian?: boolean; readonly silent?: boolean }])[] = [
  ['twoFactorStdp', twoFactorStdp as Make, rates, {}],
  [
    'twoFactorStdp, nearest, multiplicative',
    twoFactorStdp as Make,
    { ...rates, traceMode: 'nearest', weightDependence: 'soft' },
    {},
  ],
  ['twoFactorStdp with records', twoFactorStdp as Make, { ...rates, maxDelay: 3 }, {}],
  ['twoFactorStdp, depressive', twoFactorStdp as Make, { ...rates, etaPost: -1e-3 }, { hebbian: false }],
  ['tripletStdp', tripletStdp as Make, triplets, {}],
  ['tripletStdp with records', tripletStdp as Make, { ...triplets, maxDelay: 2, slowTrace: 'previous' }, {}],
  ['mstdp', withReward(mstdp as Make, 2), rates, {}],
  ['mstdp, punished', withReward(mstdp as Make, -2), rates, { hebbian: false }],
  // The eligibility of past spikes pays in silence too.
  ['mstdpet', withReward(mstdpet as Make, 2), rates, { silent: false }],
  ['mstdpet without a reward', mstdpet as Make, rates, { hebbian: false }],
];

const convolution = conv2d({ pad: 1, strides: [1, 2] });

describe.each(rules)('%s', (_, make, params, { hebbian = true, silent = true }) => {
  describe.each([dense, convolution])('on $type', (topology) => {
    const fromJSON = (json: { readonly params: object }) => make(json.params, topology);
    const suite = laws(make(params, topology), { hebbian, fromJSON, backends: ['cpu', 'wasm'] });
    const expected = suite.filter(({ name }) => silent || !name.startsWith('silence'));
    it.each(expected.map((law) => [law.name, law] as const))('%s', (_name, law) => law.check());
  });
});
