import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { scan } from '../../src/core/scan.js';
import { liFeedForwardStep, liStep } from '../../src/neurons/leakyIntegrator.js';
import { lifFeedForwardStep, lifStep } from '../../src/neurons/lif.js';
import { initStdpSensorState, type StdpSensorState, stdpSensorStep } from '../../src/traces/stdpSensor.js';
import { casesOf } from './families.js';
import { expectClose, type GoldenCase, goldenCase, goldenCases, goldenTensor } from './load.js';

/** Norse's inverse time constants are in 1/s and its dt in s. */
const tau = (inverse: number): number => 1000 / inverse;

const leaky = ({ params }: GoldenCase) => ({
  tauSyn: tau(params.tau_syn_inv),
  tauMem: tau(params.tau_mem_inv),
  vLeak: params.v_leak as number,
  dt: 1000 * params.dt,
});

const lif = (golden: GoldenCase) => ({
  ...leaky(golden),
  vTh: golden.params.v_th as number,
  vReset: golden.params.v_reset as number,
});

const initial = ({ inputs }: GoldenCase) => ({ v: goldenTensor(inputs.v0), i: goldenTensor(inputs.i0) });

const weights = (golden: GoldenCase, name: string) => goldenTensor(golden.inputs[name], [1, 0]);

/** Runs `step` over the inputs of a case and compares every output at every step. */
async function follows<S extends { readonly v: tf.Tensor; readonly i: tf.Tensor; readonly z?: tf.Tensor }>(
  golden: GoldenCase,
  init: S,
  step: (x: tf.Tensor, state: S) => readonly [tf.Tensor, S],
  output: 'z' | 'v',
): Promise<void> {
  const [, ys] = scan(
    (state: S, x: tf.Tensor) => {
      const [y, next] = step(x, state);
      return [next, { y, v: next.v, i: next.i }] as const;
    },
    init,
    goldenTensor(golden.inputs.x),
  );
  await expectClose(ys.y, golden.expected[output]);
  await expectClose(ys.v, golden.expected.v);
  await expectClose(ys.i, golden.expected.i);
}

describe('Norse neurons', () => {
  it.each(goldenCases('norse_lif_step'))('%s', async (_, golden) => {
    const params = lif(golden);
    const input = weights(golden, 'input_weights');
    const recurrent = weights(golden, 'recurrent_weights');
    const init = { ...initial(golden), z: goldenTensor(golden.inputs.z0) };
    await follows(golden, init, (x, state) => lifStep(x, state, input, recurrent, params), 'z');
  });

  const feedForward = casesOf({ cases: 'norse_lif_feed_forward_step', apart: ['norse_lif_feed_forward_step__exact_threshold'] });
  it.each(feedForward)('%s', async (_, golden) => {
    const params = lif(golden);
    await follows(golden, initial(golden), (x, state) => lifFeedForwardStep(x, state, params), 'z');
  });

  it('norse_lif_feed_forward_step__exact_threshold: exactly on the threshold is silent, one float32 above it fires', async () => {
    const golden = goldenCase('norse_lif_feed_forward_step__exact_threshold');
    // The peer's excess of 2⁻³⁰ is less than a float32 near 1 can hold: 2⁻²³ is the least that it can.
    const state = { v: goldenTensor(golden.inputs.v0), i: tf.tensor2d([[1, 1 + 2 ** -23]]) };
    const [z, next] = lifFeedForwardStep([[0, 0]], state, lif(golden));
    expect([...(await z.data())]).toEqual([0, 1]);
    expect([...(await next.v.data())]).toEqual([0.5, 0]);
  });

  it.each(goldenCases('norse_li_step'))('%s', async (_, golden) => {
    const input = weights(golden, 'input_weights');
    await follows(golden, initial(golden), (x, state) => liStep(x, state, input, leaky(golden)), 'v');
  });

  it.each(goldenCases('norse_li_feed_forward_step'))('%s', async (_, golden) => {
    await follows(golden, initial(golden), (x, state) => liFeedForwardStep(x, state, leaky(golden)), 'v');
  });
});

describe('norse_stdp_sensor_step__0', () => {
  const golden = goldenCase('norse_stdp_sensor_step__0');
  const { params, inputs, expected } = golden;
  const run = (tauPost: number) =>
    scan(
      (state: StdpSensorState, { pre, post }: { pre: tf.Tensor; post: tf.Tensor }) => {
        const settings = {
          etaPlus: params.eta_p,
          etaMinus: params.eta_m,
          tauPre: tau(params.tau_c_inv),
          tauPost,
          dt: 1000 * params.dt,
        };
        const next = stdpSensorStep(pre, post, state, settings);
        return [next, next] as const;
      },
      initStdpSensorState(inputs.z_pre.shape.slice(1), inputs.z_post.shape.slice(1)),
      { pre: goldenTensor(inputs.z_pre), post: goldenTensor(inputs.z_post) },
    )[1];

  it('agrees when both time constants are the one that the peer reads', async () => {
    const traces = run(tau(params.tau_c_inv));
    await expectClose(traces.aPre, expected.a_pre);
    await expectClose(traces.aPost, expected.a_post);
  });

  it('decays aPost with its own time constant (the peer never reads tau_ac_inv)', async () => {
    const traces = run(tau(params.tau_ac_inv));
    const spikes = inputs.z_post.data as number[];
    const width = spikes.length / inputs.z_post.shape[0];
    const trace = new Array<number>(width).fill(0);
    const right = spikes.map((spike, index) => {
      const neuron = index % width;
      trace[neuron] = (trace[neuron] ?? 0) * (1 - params.dt * params.tau_ac_inv) + params.eta_m * spike;
      return trace[neuron] ?? 0;
    });
    await expectClose(traces.aPre, expected.a_pre);
    await expectClose(traces.aPost, { shape: inputs.z_post.shape, dtype: 'float32', data: right });
  });
});
