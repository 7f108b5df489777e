import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { normalizeWeights } from '../../../src/competition/normalizeWeights.js';
import { adaptiveLifStep, initAdaptiveLifState } from '../../../src/neurons/adaptiveLif.js';
import { initRefractoryState, refractoryLifStep } from '../../../src/neurons/refractoryLif.js';
import { traceStep } from '../../../src/traces/exponentialTrace.js';
import { expectClose, single } from '../compare.js';
import type { Form } from '../form.js';
import { type GoldenCase, goldenTensor } from '../load.js';
import * as loops from '../loops/bindsnetNodes.js';
import { network } from '../peers/bindsnet.js';
import { at } from '../series.js';

type Params = GoldenCase['params'];

const membrane = (params: Params) => ({
  ...{ dt: params.dt, tauMem: params.tc_decay, tauRefractory: params.refrac },
  ...{ vRest: params.rest, vReset: params.reset, vTh: params.thresh },
});
const diehlCook = (params: Params) => ({
  ...membrane(params),
  thetaPlus: params.theta_plus,
  tauTheta: params.tc_theta_decay,
});
/** Nodes of Diehl and Cook have a threshold that rises. */
const isAdaptive = ({ params }: GoldenCase) => params.theta_plus !== undefined;

async function nodes(golden: GoldenCase): Promise<void> {
  const { params, inputs, expected } = golden;
  const shape = inputs.x.shape.slice(1);
  const settings = isAdaptive(golden) ? diehlCook(params) : membrane(params);
  const step = isAdaptive(golden)
    ? (x: tf.Tensor, state: ReturnType<typeof initAdaptiveLifState>) => adaptiveLifStep(x, state, settings)
    : (x: tf.Tensor, { theta, ...state }: ReturnType<typeof initAdaptiveLifState>) => {
        const [z, next] = refractoryLifStep(x, state, settings);
        return [z, { ...next, theta }] as const;
      };
  if (isAdaptive(golden)) expect(params.one_spike, 'the peer would choose at random').toBe(0);
  const trace = { tau: params.tc_trace, amplitude: 1, dt: params.dt, traceMode: 'nearest', integration: 'exact' } as const;
  let state = initAdaptiveLifState(shape, { vRest: params.rest });
  let x: tf.Tensor = tf.zeros(shape);
  for (let time = 0; time < inputs.x.shape[0]; time++) {
    const [z, next] = step(goldenTensor(at(inputs.x, time)), state);
    [state, x] = [next, traceStep(x, z, trace)];
    await expectClose(z, at(expected.s, time), 0);
    await expectClose(state.v, at(expected.v, time), single);
    await expectClose(x, at(expected.trace, time), single);
    await expectClose(tf.squeeze(state.theta, [0]), at(expected.theta, time), single);
  }
}

/** A whole network, each layer fed with the spikes of the step before. */
async function wholeNetwork(golden: GoldenCase): Promise<void> {
  const { params, inputs, expected } = golden;
  const { dt, n_neurons: count, theta_plus, tc_theta_decay } = params;
  const excitatory = diehlCook({ ...params.Ae, dt, theta_plus, tc_theta_decay });
  const inhibitory = membrane({ ...params.Ai, dt });
  const rule = network.rule(golden);
  const others = tf.mul(tf.sub(tf.eye(count), 1), params.inh);
  let sX: tf.Tensor = tf.zeros([1, params.n_inpt]);
  let [sE, sI]: [tf.Tensor, tf.Tensor] = [tf.zeros([1, count]), tf.zeros([1, count])];
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
    await expectClose(e.v, at(expected.vE, time), single);
    await expectClose(i.v, at(expected.vI, time), single);
    await expectClose(tf.squeeze(e.theta, [0]), at(expected.thetaE, time), single);
  }
  await expectClose(w, expected.w_before_normalize, single);
  await expectClose(normalizeWeights(w, params.norm), expected.w_after_normalize, single);
}

export const forms: readonly Form[] = [
  { cases: 'bindsnet_nodes__', check: nodes, loops: loops.fromCurrents },
  { cases: network.cases, check: wholeNetwork, loops: loops.network },
];
