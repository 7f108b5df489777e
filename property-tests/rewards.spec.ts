import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { laws } from '../src/conformance/index.js';
import { bindsnetHebbian, bindsnetMstdpet, bindsnetPostPre } from '../src/papers/bindsnet.js';
import { eligibilityStdp } from '../src/rules/eligibilityStdp.js';
import { fedeStdp } from '../src/rules/fedeStdp.js';
import { rewardStdp } from '../src/rules/rewardStdp.js';
import type { Rule, RuleInput } from '../src/rules/rule.js';
import { conv2d } from '../src/topologies/conv2d.js';
import { dense } from '../src/topologies/dense.js';
import type { Topology } from '../src/topologies/topology.js';

const topologies: readonly Topology[] = [dense, conv2d({ pad: 1, strides: [1, 2] })];

/** The same rule with a reward in every step, so that what it remembers reaches the weights. */
const rewarded = <S extends object>(rule: Rule<S>, reward: number): Rule<S> => ({
  ...rule,
  delta: (input: RuleInput, w, state) => rule.delta({ reward, ...input }, w, state),
  step: (input: RuleInput, w, state) => rule.step({ reward, ...input }, w, state),
});

type Make = (topology: Topology, params?: object) => Rule<never>;

/** What `laws` checks, but for those that the rule breaks by its nature. */
const holds = (make: Make, without: readonly string[] = [], hebbian = false, batchSums = true) => {
  describe.each(topologies.map((topology) => [topology.type, topology] as const))('on %s', (_, topology) => {
    const fromJSON = ({ params }: { readonly params: object }) => make(topology, params) as Rule<object>;
    const table = laws(make(topology), { hebbian, batchSums, backends: ['cpu', 'wasm'], fromJSON });
    it.each(
      table.filter(({ name }) => !without.some((prefix) => name.startsWith(prefix))).map((law) => [law.name, law] as const),
    )('%s', async (_name, law) => law.check());
  });
};

const bounded = { etaPlus: 1e-3, etaMinus: 1e-3, hardBound: true };

describe('eligibilityStdp without a reward', () =>
  holds((topology, params = bounded) => eligibilityStdp(params, topology) as Rule<never>));

describe('eligibilityStdp that forgets at once, rewarded', () =>
  holds(
    (topology, params = { ...bounded, tauEligibility: 0 }) => rewarded(eligibilityStdp(params, topology), 1) as Rule<never>,
    [],
    true,
  ));

// Eligibility outlasts the spikes: a reward in silence changes weights.
describe('eligibilityStdp, rewarded', () =>
  holds((topology, params = bounded) => rewarded(eligibilityStdp(params, topology), 1) as Rule<never>, ['silence'], true));

describe('fedeStdp', () =>
  holds(
    (topology, params = { batchReduction: 'sum', etaPlus: 1e-4, etaMinus: 1e-4 }) => fedeStdp(params, topology) as Rule<never>,
    ['bounds'], // it has none, and needs none: see below
  ));

describe('rewardStdp without a reward', () =>
  holds((topology, params = { wMin: 0, wMax: 1 }) => rewardStdp(params, topology) as Rule<never>));

describe.each([1, -0.5])('rewardStdp under a reward of %s', (reward) =>
  // What a stimulus did stays in memory until the next: a reward in silence still counts.
  holds((topology, params = { wMin: 0, wMax: 1 }) => rewarded(rewardStdp(params, topology), reward) as Rule<never>, ['silence']),
);

const nu = [1e-3, 1e-3] as const;
describe('BindsNET PostPre', () => holds((topology) => bindsnetPostPre({ nu }, topology) as Rule<never>, [], true));
describe('BindsNET Hebbian', () => holds((topology) => bindsnetHebbian({ nu }, topology) as Rule<never>));
describe('BindsNET MSTDPET', () => holds((topology) => bindsnetMstdpet({ nu }, topology) as Rule<never>));

describe('limits', () => {
  const pre = [
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  const post = [[0], [1], [1]];
  const run = async <S extends object>(rule: Rule<S>, reward?: number) => {
    let w: tf.Tensor = tf.tensor2d([[0.4], [0.6]]);
    let state = rule.init({ pre: [2], post: [1] });
    for (let time = 0; time < pre.length; time++)
      [w, state] = rule.step({ pre: pre[time] ?? [], post: post[time] ?? [], ...(reward !== undefined && { reward }) }, w, state);
    return [...(await w.data())];
  };

  it('eligibilityStdp that forgets at once under a reward of 1 is pair STDP', async () => {
    const rates = { nu: [0.02, 0.03] as const, tracesAdditive: true };
    const got = await run(eligibilityStdp({ etaPlus: 0.03, etaMinus: 0.02, tauEligibility: 0 }), 1);
    const want = await run(bindsnetPostPre(rates));
    expect(got).toEqual(want.map((value) => expect.closeTo(value, 6)));
  });

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
