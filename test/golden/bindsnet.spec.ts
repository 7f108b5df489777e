import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { normalizeWeights } from '../../src/competition/normalizeWeights.js';
import { adaptiveLifStep, initAdaptiveLifState } from '../../src/neurons/adaptiveLif.js';
import { initRefractoryState, refractoryLifStep } from '../../src/neurons/refractoryLif.js';
import type { Rule } from '../../src/rules/rule.js';
import type { StdpState } from '../../src/rules/stdpState.js';
import { traceStep } from '../../src/traces/exponentialTrace.js';
import { casesOf } from './families.js';
import { expectClose, type GoldenCase, goldenCase, goldenTensor } from './load.js';
import { network, pairRules, rewardRules } from './peers/bindsnet.js';
import { at } from './series.js';

/** Runs a case and compares weights at every step; gives the last state. */
async function follows<S extends StdpState>(rule: Rule<S>, { inputs, expected }: GoldenCase): Promise<S> {
  let w = goldenTensor(inputs.w);
  let state = rule.init({ pre: inputs.pre.shape.slice(1), post: inputs.post.shape.slice(1) });
  for (let time = 0; time < inputs.pre.shape[0]; time++) {
    const [pre, post] = [goldenTensor(at(inputs.pre, time)), goldenTensor(at(inputs.post, time))];
    [w, state] = rule.step({ pre, post, reward: Number(inputs.reward.data[time]) }, w, state);
    await expectClose(w, at(expected.w, time), 3e-5);
  }
  return state;
}

describe.each(pairRules)('BindsNET $cases', (family) => {
  it.each(casesOf(family))('%s', async (_, golden) => {
    const { tPre, tPost } = await follows(family.rule(golden), golden);
    await expectClose(tPre, golden.expected.x_pre, 3e-5);
    await expectClose(tPost, golden.expected.x_post, 3e-5);
  });
});

describe.each(rewardRules)('BindsNET $cases', (family) => {
  it.each(casesOf(family))('%s', async (_, golden) => {
    await follows(family.rule(golden), golden);
  });
});

const trace = (tau: number) => ({ tau, amplitude: 1, dt: 1, traceMode: 'nearest', integration: 'exact' }) as const;

describe('BindsNET nodes', () => {
  const membrane = (params: GoldenCase['params']) => ({
    dt: params.dt ?? 1,
    tauMem: params.tc_decay,
    vRest: params.rest,
    vReset: params.reset,
    vTh: params.thresh,
    tauRefractory: params.refrac,
  });

  it('bindsnet_nodes__lif', async () => {
    const { params, inputs, expected } = goldenCase('bindsnet_nodes__lif');
    let state = initRefractoryState([2, 4], membrane(params));
    let x: tf.Tensor = tf.zeros([2, 4]);
    for (let time = 0; time < inputs.x.shape[0]; time++) {
      const [z, next] = refractoryLifStep(goldenTensor(at(inputs.x, time)), state, membrane(params));
      [state, x] = [next, traceStep(x, z, trace(params.tc_trace))];
      await expectClose(z, at(expected.s, time), 0);
      await expectClose(state.v, at(expected.v, time), 3e-5);
      await expectClose(x, at(expected.trace, time), 3e-5);
    }
  });

  const diehlCook = (params: GoldenCase['params']) => ({
    ...membrane(params),
    thetaPlus: params.theta_plus,
    tauTheta: params.tc_theta_decay,
  });

  it('bindsnet_nodes__diehlcook', async () => {
    const { params, inputs, expected } = goldenCase('bindsnet_nodes__diehlcook');
    let state = initAdaptiveLifState([2, 4], diehlCook(params));
    let x: tf.Tensor = tf.zeros([2, 4]);
    for (let time = 0; time < inputs.x.shape[0]; time++) {
      const [z, next] = adaptiveLifStep(goldenTensor(at(inputs.x, time)), state, diehlCook(params));
      [state, x] = [next, traceStep(x, z, trace(params.tc_trace))];
      await expectClose(z, at(expected.s, time), 0);
      await expectClose(state.v, at(expected.v, time), 3e-5);
      await expectClose(x, at(expected.trace, time), 3e-5);
      await expectClose(tf.squeeze(state.theta, [0]), at(expected.theta, time), 3e-5);
    }
  });

  it('bindsnet_diehlcook2015__0: a whole network, each layer fed with the spikes of the step before', async () => {
    const golden = goldenCase('bindsnet_diehlcook2015__0');
    const { params, inputs, expected } = golden;
    const count = params.n_neurons;
    const excitatory = diehlCook({ ...params.Ae, theta_plus: params.theta_plus, tc_theta_decay: params.tc_theta_decay });
    const inhibitory = membrane(params.Ai);
    const rule = network.rule(golden);
    const others = tf.mul(tf.sub(tf.eye(count), 1), params.inh);
    let [sX, sE, sI]: [tf.Tensor, tf.Tensor, tf.Tensor] = [
      tf.zeros([1, params.n_inpt]),
      tf.zeros([1, count]),
      tf.zeros([1, count]),
    ];
    let w = goldenTensor(inputs.w);
    let [e, i] = [initAdaptiveLifState([1, count], excitatory), initRefractoryState([1, count], inhibitory)];
    let traces = rule.init({ pre: sX.shape, post: sE.shape });
    for (let time = 0; time < inputs.x.shape[0]; time++) {
      const toE = tf.add(tf.matMul(sX as tf.Tensor2D, w as tf.Tensor2D), tf.matMul(sI as tf.Tensor2D, others as tf.Tensor2D));
      const toI = tf.mul(sE, params.exc);
      sX = goldenTensor(at(inputs.x, time));
      [sE, e] = adaptiveLifStep(toE, e, excitatory);
      [sI, i] = refractoryLifStep(toI, i, inhibitory);
      [w, traces] = rule.step({ pre: sX, post: sE }, w, traces);
      await expectClose(sE, at(expected.sE, time), 0);
      await expectClose(sI, at(expected.sI, time), 0);
      await expectClose(e.v, at(expected.vE, time), 3e-5);
      await expectClose(i.v, at(expected.vI, time), 3e-5);
      await expectClose(tf.squeeze(e.theta, [0]), at(expected.thetaE, time), 3e-5);
    }
    await expectClose(w, expected.w_before_normalize, 3e-5);
    await expectClose(normalizeWeights(w, params.norm), expected.w_after_normalize, 3e-5);
  });
});
