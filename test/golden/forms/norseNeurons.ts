import type * as tf from '@tensorflow/tfjs-core';
import { scan } from '../../../src/core/scan.js';
import { liFeedForwardStep, liStep } from '../../../src/neurons/leakyIntegrator.js';
import { lifFeedForwardStep, lifStep } from '../../../src/neurons/lif.js';
import { initStdpSensorState, type StdpSensorState, stdpSensorStep } from '../../../src/traces/stdpSensor.js';
import { expectClose } from '../compare.js';
import type { Form } from '../form.js';
import { type GoldenCase, goldenTensor } from '../load.js';
import * as loops from '../loops/norseNeurons.js';
import { unmetered } from '../meter.js';

/** Norse's inverse time constants are in 1/s and its dt in s. */
const tau = (inverse: number): number => 1000 / inverse;

const leaky = ({ params }: GoldenCase) => ({
  ...{ tauSyn: tau(params.tau_syn_inv), tauMem: tau(params.tau_mem_inv) },
  ...{ vLeak: params.v_leak as number, dt: 1000 * params.dt },
});
const lif = (golden: GoldenCase) => ({
  ...leaky(golden),
  vTh: golden.params.v_th as number,
  vReset: golden.params.v_reset as number,
});

/**
 * The currents of a case. A neuron that comes nearer to its threshold than float32 can tell, but not onto it, is kept as far
 * from it on its side as float32 can.
 */
function currents(golden: GoldenCase): tf.Tensor {
  const { params, inputs } = golden;
  const margins = params.v_th === undefined ? [] : loops.firstMargins(unmetered(golden));
  const least = 5e-7 * Math.max(1, Math.abs(params.v_th));
  const data = inputs.i0.data.map((value: number | string, index: number) => {
    const margin = margins[index] ?? 0;
    const missing = margin !== 0 && Math.abs(margin) < least ? Math.sign(margin) * least : 0;
    return Number(value) + missing / (params.dt * params.tau_mem_inv);
  });
  return goldenTensor({ ...inputs.i0, data });
}

const initial = (golden: GoldenCase) => ({ v: goldenTensor(golden.inputs.v0), i: currents(golden) });
const weights = (golden: GoldenCase, name: string) => goldenTensor(golden.inputs[name], [1, 0]);

/** Runs `step` over the inputs of a case and compares every output at every step. */
async function follow<S extends { readonly v: tf.Tensor; readonly i: tf.Tensor }>(
  { inputs, expected }: GoldenCase,
  init: S,
  step: (x: tf.Tensor, state: S) => readonly [tf.Tensor, S],
): Promise<void> {
  const [, ys] = scan(
    (state: S, x: tf.Tensor) => {
      const [y, next] = step(x, state);
      return [next, { y, v: next.v, i: next.i }] as const;
    },
    init,
    goldenTensor(inputs.x),
  );
  await (expected.z === undefined ? expectClose(ys.y, expected.v) : expectClose(ys.y, expected.z, 0));
  await expectClose(ys.v, expected.v);
  await expectClose(ys.i, expected.i);
}

const sensed = ({ params, inputs }: GoldenCase, tauPost: number): StdpSensorState => {
  const { eta_p: etaPlus, eta_m: etaMinus } = params;
  const settings = { etaPlus, etaMinus, tauPre: tau(params.tau_c_inv), tauPost, dt: 1000 * params.dt };
  return scan(
    (state: StdpSensorState, { pre, post }: { readonly pre: tf.Tensor; readonly post: tf.Tensor }) => {
      const next = stdpSensorStep(pre, post, state, settings);
      return [next, next] as const;
    },
    initStdpSensorState(inputs.z_pre.shape.slice(1), inputs.z_post.shape.slice(1)),
    { pre: goldenTensor(inputs.z_pre), post: goldenTensor(inputs.z_post) },
  )[1];
};

export const forms: readonly Form[] = [
  {
    cases: 'norse_lif_step__',
    check: (golden) => {
      const [input, recurrent] = [weights(golden, 'input_weights'), weights(golden, 'recurrent_weights')];
      const init = { ...initial(golden), z: goldenTensor(golden.inputs.z0) };
      return follow(golden, init, (x, state) => lifStep(x, state, input, recurrent, lif(golden)));
    },
    loops: loops.lif,
  },
  {
    cases: 'norse_lif_feed_forward_step__',
    check: (golden) => follow(golden, initial(golden), (x, state) => lifFeedForwardStep(x, state, lif(golden))),
    loops: loops.lifFeedForward,
  },
  {
    cases: 'norse_li_step__',
    check: (golden) => {
      const input = weights(golden, 'input_weights');
      return follow(golden, initial(golden), (x, state) => liStep(x, state, input, leaky(golden)));
    },
    loops: loops.li,
  },
  {
    cases: 'norse_li_feed_forward_step__',
    check: (golden) => follow(golden, initial(golden), (x, state) => liFeedForwardStep(x, state, leaky(golden))),
    loops: loops.liFeedForward,
  },
  {
    cases: 'norse_stdp_sensor_step__',
    check: async (golden) => {
      const { tau_c_inv: preInverse, tau_ac_inv: postInverse } = golden.params;
      const asThePeer = sensed(golden, tau(preInverse));
      await expectClose(asThePeer.aPre, golden.expected.a_pre);
      await expectClose(asThePeer.aPost, golden.expected.a_post);
      // The peer never reads tau_ac_inv: aPost decays with its own time constant here.
      const own = sensed(golden, tau(postInverse));
      const right = loops.sensorTraces(unmetered(golden), preInverse, postInverse);
      await expectClose(own.aPre, right.a_pre);
      await expectClose(own.aPost, right.a_post);
    },
    loops: loops.sensor,
  },
];
