import * as tf from '@tensorflow/tfjs-core';
import { adaptiveLifStep } from '../../../src/neurons/adaptiveLif.js';
import { fedeNeuronStep } from '../../../src/neurons/fedeNeuron.js';
import { initRefractoryState, type RefractoryState, refractoryLifStep } from '../../../src/neurons/refractoryLif.js';
import { traceStep } from '../../../src/traces/exponentialTrace.js';
import { expectClose, mended, single } from '../compare.js';
import type { Form } from '../form.js';
import { type GoldenCase, type GoldenTensor, goldenTensor } from '../load.js';
import * as loops from '../loops/pysnnNeurons.js';
import { unmetered } from '../meter.js';
import { decays, neuron } from '../peers/pysnn.js';
import { at } from '../series.js';

const summed = (series: GoldenTensor, time: number): tf.Tensor => tf.sum(goldenTensor(at(series, time)), -1);

/**
 * Spikes (exactly), potentials, traces, and where they are recorded what remains of the refractory time and thresholds.
 * The peer counts that time down in float32: where it misses 0, the neuron is silent for ever; here it ends.
 */
async function follow<S extends RefractoryState>(
  golden: GoldenCase,
  init: S,
  step: (time: number, state: S) => readonly [tf.Tensor, S],
  thresholds: (state: S) => tf.Tensor,
): Promise<void> {
  const { params, inputs, expected } = golden;
  const { asThePeer, right } = loops.ways(unmetered(golden));
  const wanted = Object.fromEntries(
    Object.entries<GoldenTensor>(expected).map(([field, recorded]) => {
      const [theirs, ours] = [asThePeer[field], right[field]];
      if (theirs === undefined || ours === undefined) throw new Error(`what '${field}' records isn't known`);
      return [field, mended(recorded, theirs, ours)];
    }),
  );
  const compare = async (field: string, found: tf.Tensor, time: number, tolerance = single) => {
    if (wanted[field] !== undefined) await expectClose(found, at(wanted[field], time), tolerance);
  };
  const settings = {
    ...decays(params.update ?? 'exponential', params.tau_t, params.dt),
    amplitude: params.alpha_t,
    dt: params.dt,
  };
  let state = init;
  let trace: tf.Tensor = tf.zerosLike(init.v);
  for (let time = 0; time < inputs.x.shape[0]; time++) {
    const [z, next] = step(time, state);
    state = next;
    trace = traceStep(trace, z, { ...settings, traceMode: 'cumulative' });
    await compare('spikes', z, time, 0);
    await compare('v', state.v, time);
    await compare('trace', trace, time);
    await compare('refrac', tf.mul(state.refractory, params.dt), time);
    await compare('thresh', tf.add(tf.zerosLike(z), thresholds(state)), time);
  }
}

const fixed =
  ({ params }: GoldenCase) =>
  (): tf.Tensor =>
    tf.scalar(params.thresh);
const initial = (golden: GoldenCase) => initRefractoryState(golden.inputs.x.shape.slice(1, -1), neuron(golden.params));

const integrator = (golden: GoldenCase): Promise<void> => {
  const params = neuron(golden.params);
  const step = (time: number, state: RefractoryState) => refractoryLifStep(summed(golden.inputs.x, time), state, params);
  return follow(golden, initial(golden), step, fixed(golden));
};

const adaptive = (golden: GoldenCase): Promise<void> => {
  const { params, inputs } = golden;
  const rise = decays(params.update ?? 'exponential', params.tau_thresh, params.dt);
  const threshold = { tauTheta: rise.tau, thetaIntegration: rise.integration, thetaPlus: params.alpha_thresh };
  const settings = { ...neuron(params), ...threshold, vTh: 0, thetaOrder: 'decayLast', sharedTheta: false } as const;
  const { v, refractory } = initial(golden);
  const init = { v, refractory, theta: tf.fill(v.shape, params.thresh) };
  return follow(
    golden,
    init,
    (time, state) => adaptiveLifStep(summed(inputs.x, time), state, settings),
    ({ theta }) => theta,
  );
};

const fede = (golden: GoldenCase): Promise<void> => {
  const { params, inputs } = golden;
  const settings = neuron(params);
  const step = (time: number, state: RefractoryState) =>
    fedeNeuronStep(summed(inputs.x, time), summed(inputs.pre_trace, time), state, settings);
  return follow(golden, initial(golden), step, fixed(golden));
};

const isFede = ({ inputs }: GoldenCase): boolean => inputs.pre_trace !== undefined;
const isAdaptive = ({ params }: GoldenCase): boolean => params.alpha_thresh !== undefined;

const cases = 'pysnn_neuron__';
export const forms: readonly Form[] = [
  { cases, when: (golden) => !isFede(golden) && !isAdaptive(golden), check: integrator, loops: loops.integrators },
  { cases, when: isAdaptive, check: adaptive, loops: loops.adaptive },
  { cases, when: isFede, check: fede, loops: loops.fede },
];
