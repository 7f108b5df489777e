import * as tf from '@tensorflow/tfjs-core';
import type { Rule } from '../../../src/rules/rule.js';
import { traceStep } from '../../../src/traces/exponentialTrace.js';
import { expectClose, single } from '../compare.js';
import type { Family } from '../families.js';
import type { Form, Loops } from '../form.js';
import { type GoldenCase, type GoldenTensor, goldenTensor } from '../load.js';
import * as loops from '../loops/bindsnet.js';
import { pairRules, rewardRules } from '../peers/bindsnet.js';
import { at } from '../series.js';

/** A trace of BindsNET's nodes over a series of spikes: a spike sets it, or adds to it. */
export function nodeTrace(spikes: GoldenTensor, params: GoldenCase['params'], tau: number): tf.Tensor {
  const traceMode = params.traces_additive ? 'cumulative' : 'nearest';
  const settings = { tau, amplitude: 1, dt: params.dt, traceMode, integration: 'exact' } as const;
  let trace: tf.Tensor = tf.zeros(spikes.shape.slice(1));
  for (const z of tf.unstack(goldenTensor(spikes))) trace = traceStep(trace, z, settings);
  return trace;
}

async function follow(rule: Rule<object>, { params, inputs, expected }: GoldenCase, rewarded: boolean): Promise<void> {
  let w = goldenTensor(inputs.w);
  let state = rule.init({ pre: inputs.pre.shape.slice(1), post: inputs.post.shape.slice(1) });
  for (let time = 0; time < inputs.pre.shape[0]; time++) {
    const [pre, post] = [goldenTensor(at(inputs.pre, time)), goldenTensor(at(inputs.post, time))];
    const reward = rewarded ? { reward: Number(at(inputs.reward, time).data[0]) } : {};
    [w, state] = rule.step({ pre, post, ...reward }, w, state);
    await expectClose(w, at(expected.w, time), single);
  }
  await expectClose(nodeTrace(inputs.pre, params, params.tc_trace_pre), expected.x_pre, single);
  await expectClose(nodeTrace(inputs.post, params, params.tc_trace_post), expected.x_post, single);
  if (rewarded || !('tPre' in state && 'tPost' in state)) return;
  await expectClose(state.tPre as tf.Tensor, expected.x_pre, single);
  await expectClose(state.tPost as tf.Tensor, expected.x_post, single);
}

const shared = 'the cases of all rules list the same params; this one has no use for it';

const pairs = (family: Family, plain: Loops): Form => ({
  cases: family.cases,
  check: (golden) => follow(family.rule(golden), golden, false),
  loops: plain,
  unread: () => ({
    ...{ 'params.a_plus': shared, 'params.a_minus': shared, 'params.tc_plus': shared, 'params.tc_minus': shared },
    ...{ 'params.tc_e_trace': shared, 'inputs.reward': shared },
  }),
});

const rewards = (family: Family, plain: Loops, more: { readonly [path: string]: string } = {}): Form => ({
  cases: family.cases,
  check: (golden) => follow(family.rule(golden), golden, true),
  loops: plain,
  unread: () => ({ 'params.nu[1]': 'the peer reads nu[0] alone', ...more }),
});

const [postPre, weightDependent, hebbian] = pairRules;
const [mstdp, mstdpet] = rewardRules;

export const forms: readonly Form[] = [
  pairs(postPre, loops.postPre),
  pairs(weightDependent, loops.weightDependent),
  pairs(hebbian, loops.hebbian),
  rewards(mstdp, loops.mstdp, { 'params.tc_e_trace': shared }),
  rewards(mstdpet, loops.mstdpet),
];
