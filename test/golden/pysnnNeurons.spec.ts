import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { adaptiveLifStep } from '../../src/neurons/adaptiveLif.js';
import { fedeNeuronStep } from '../../src/neurons/fedeNeuron.js';
import { initRefractoryState, type RefractoryState, refractoryLifStep } from '../../src/neurons/refractoryLif.js';
import { traceStep } from '../../src/traces/exponentialTrace.js';
import { tauOfDecay } from '../../src/traces/linearTrace.js';
import { casesOf } from './families.js';
import { expectClose, type GoldenCase, type GoldenTensor, goldenCase, goldenCases, goldenTensor } from './load.js';
import { at } from './series.js';

/** PySNN's update in our terms: a linear one is exact with the time constant that leaves the same fraction. */
const decays = (update: string, value: number, dt: number) =>
  update === 'linear'
    ? ({ tau: tauOfDecay(value, dt), integration: 'exact' } as const)
    : ({ tau: value, integration: 'euler' } as const);

function neuron({ params }: GoldenCase) {
  const { dt, thresh, v_rest, alpha_v, duration_refrac, update = 'exponential', tau_v } = params;
  const { tau, integration } = tau_v === undefined ? decays('linear', 1, dt) : decays(update, tau_v, dt);
  const shared = { dt, vTh: thresh, vRest: v_rest, vReset: v_rest, gain: alpha_v, tauRefractory: duration_refrac };
  return { ...shared, tauMem: tau, integration };
}

const summed = (series: GoldenTensor, time: number): tf.Tensor => tf.sum(goldenTensor(at(series, time)), -1);

/** Runs a case and compares spikes (exactly), potentials, traces and what remains of the refractory time. */
async function follows<S extends RefractoryState>(
  golden: GoldenCase,
  init: S,
  step: (time: number, state: S) => readonly [tf.Tensor, S],
  also: (state: S, time: number) => Promise<void> = async () => {},
): Promise<void> {
  const { params, expected } = golden;
  let state = init;
  let trace: tf.Tensor = tf.zeros(expected.trace.shape.slice(1));
  const settings = { ...decays(params.update ?? 'exponential', params.tau_t, params.dt), amplitude: params.alpha_t };
  for (let time = 0; time < expected.spikes.shape[0]; time++) {
    const [z, next] = step(time, state);
    state = next;
    trace = traceStep(trace, z, { ...settings, dt: params.dt, traceMode: 'cumulative' });
    await expectClose(z, at(expected.spikes, time), 0);
    await expectClose(state.v, at(expected.v, time), 3e-5);
    await expectClose(trace, at(expected.trace, time), 3e-5);
    if (expected.refrac !== undefined) await expectClose(tf.mul(state.refractory, params.dt), at(expected.refrac, time), 3e-5);
    await also(state, time);
  }
}

describe('PySNN IF and LIF neurons', () => {
  const integrateAndFire = { cases: 'pysnn_neuron__if_', apart: ['pysnn_neuron__if_refrac_never_ends'] };
  it.each([...casesOf(integrateAndFire), ...goldenCases('pysnn_neuron__lif_')])('%s', async (_, golden) => {
    const params = neuron(golden);
    const init = initRefractoryState(golden.expected.v.shape.slice(1), params);
    await follows(golden, init, (time, state) => refractoryLifStep(summed(golden.inputs.x, time), state, params));
  });

  it('pysnn_neuron__if_refrac_never_ends: four steps of 0.1 ms are 0.4 ms (the peer counts past 0 and is silent for ever)', async () => {
    const golden = goldenCase('pysnn_neuron__if_refrac_never_ends');
    const params = neuron(golden);
    let state = initRefractoryState(golden.expected.v.shape.slice(1), params);
    const spikes: number[][] = [];
    for (let time = 0; time < 16; time++) {
      const [z, next] = refractoryLifStep(summed(golden.inputs.x, time), state, params);
      state = next;
      spikes.push([...(await z.data())]);
    }
    const [peer, x] = [golden.expected.spikes.data as number[], golden.inputs.x.data as number[]];
    [0, 1].forEach((index) => {
      const mine = spikes.map((step) => step[index] ?? 0);
      // The rule by hand: the sum of inputs since the last rest, four deaf steps after each spike.
      let [v, deaf] = [0, 0];
      const right = mine.map((_, time) => {
        if (deaf > 0) deaf--;
        else v += x[time * 2 + index] ?? 0;
        if (v < 1) return 0;
        [v, deaf] = [0, 4];
        return 1;
      });
      expect(mine).toEqual(right);
      const theirs = peer.filter((_, entry) => entry % 2 === index);
      const first = mine.indexOf(1);
      expect(theirs.slice(0, first + 5)).toEqual(mine.slice(0, first + 5));
    });
    expect(spikes.flat().reduce((sum, z) => sum + z)).toBeGreaterThan(peer.reduce((sum, z) => sum + z));
  });
});

describe('PySNN adaptive LIF neurons', () => {
  it.each(goldenCases('pysnn_neuron__adaptive'))('%s', async (_, golden) => {
    const { params, inputs, expected } = golden;
    const theta = decays(params.update, params.tau_thresh, params.dt);
    const settings = {
      ...neuron(golden),
      vTh: 0,
      tauTheta: theta.tau,
      thetaIntegration: theta.integration,
      thetaPlus: params.alpha_thresh,
      thetaOrder: 'decayLast',
      sharedTheta: false,
    } as const;
    const shape = expected.v.shape.slice(1);
    const init = { ...initRefractoryState(shape), theta: tf.fill(shape, params.thresh) };
    const compare = async (state: { readonly theta: tf.Tensor }, time: number) =>
      expectClose(state.theta, at(expected.thresh, time), 3e-5);
    await follows(golden, init, (time, state) => adaptiveLifStep(summed(inputs.x, time), state, settings), compare);
  });
});

it('PySNN Fede neuron: pysnn_neuron__fede', async () => {
  const golden = goldenCase('pysnn_neuron__fede');
  const params = neuron(golden);
  const init = initRefractoryState(golden.expected.v.shape.slice(1), params);
  await follows(golden, init, (time, state) =>
    fedeNeuronStep(summed(golden.inputs.x, time), summed(golden.inputs.pre_trace, time), state, params),
  );
});
