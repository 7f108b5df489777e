import * as tf from '@tensorflow/tfjs-core';
import { initRefractoryState, refractoryLifStep } from '../../../src/neurons/refractoryLif.js';
import { fedeUpdate } from '../../../src/rules/homeostasis/fedeStdp.js';
import { preMultPost } from '../../../src/topologies/synapseProducts.js';
import { traceStep } from '../../../src/traces/exponentialTrace.js';
import { expectClose, mended, single } from '../compare.js';
import type { Form } from '../form.js';
import { type GoldenCase, type GoldenTensor, goldenTensor } from '../load.js';
import { golden as asGolden, type Numbers } from '../loops/numbers.js';
import * as loops from '../loops/pysnnRules.js';
import { layerOrder, weightOrder } from '../loops/wiring.js';
import { unmetered } from '../meter.js';
import { decays, fede, mstdpet, neuron } from '../peers/pysnn.js';
import { at } from '../series.js';
import { isConv, topologyOf } from '../topology.js';

const reshaped = (found: GoldenTensor, shape: readonly number[]): GoldenTensor => ({ ...found, shape });
const tensorOf = (found: Numbers, shape = found.shape): tf.Tensor => {
  const plain = reshaped(asGolden(found), shape);
  return goldenTensor(plain, layerOrder(plain));
};

/** A layer at a step, from a series [T, batch, 1, n] or [T, batch, C, H, W], as dense or NHWC. */
const layerAt = (series: GoldenTensor, time: number): tf.Tensor => {
  const step = at(series, time);
  return step.shape.length === 4 ? goldenTensor(step, layerOrder(step)) : tf.squeeze(goldenTensor(step), [1]);
};

/**
 * The layer from its inputs on: neurons, traces, and the rule with its reward. The peer folds the potentials of its
 * convolutions without the transposition and its delays lose spikes: its neurons are given what it makes of them; what is
 * right is compared with plain loops.
 */
async function layer(golden: GoldenCase): Promise<void> {
  const { params, inputs, expected } = golden;
  const order = weightOrder(inputs.weight);
  const [topology, rule, plain] = [topologyOf(golden), mstdpet.rule(golden), loops.layer(unmetered(golden))];
  const traceSettings = { ...decays(params.trace_update, params.tau_t, params.dt), amplitude: params.alpha_t, dt: params.dt };
  const settings = neuron({ ...params.neuron, dt: params.dt, update: params.trace_update });
  let w = goldenTensor(inputs.weight, order);
  const shapes = { pre: layerAt(inputs.x, 0).shape, post: layerAt(expected.post_spikes, 0).shape, w: w.shape };
  let [state, membrane] = [rule.init(shapes), initRefractoryState(shapes.post, settings)];
  let postTrace: tf.Tensor = tf.zeros([...shapes.post]);
  for (const [time, step] of plain.entries()) {
    const [pre, post] = [layerAt(inputs.x, time), layerAt(expected.post_spikes, time)];
    const reward = Number(at(inputs.reward, time).data[0]);
    const arriving = tensorOf(step.arriving);
    const potentials = tensorOf(step.right, step.postShape);
    await expectClose(
      topology.forward(arriving, w),
      { shape: potentials.shape, dtype: 'float32', data: [...(await potentials.data())] },
      single,
    );
    const [z, next] = refractoryLifStep(tensorOf(step.folded, step.postShape), membrane, settings);
    membrane = next;
    await expectClose(tf.sub(z, post), asGolden({ shape: z.shape, data: new Array<number>(z.size).fill(0) }), 0);
    postTrace = traceStep(postTrace, post, { ...traceSettings, traceMode: 'cumulative' });
    await expectLayer(postTrace, expected.post_trace, time);

    if (params.delay === 0) [w, state] = rule.step({ pre, post, reward }, w, state);
    else {
      // The peer's traces follow the undelayed neuron, its depression the delayed spike (where its counter let it through).
      const paired = rule.step({ pre, post }, w, state)[1];
      const late = tf.mul(tf.sub(pre, arriving), params.lr * params.a_post * params.alpha_t);
      const swapped = tf.mean(preMultPost(late, paired.tPost, topology, w.shape), 1);
      state = { ...paired, eligibility: tf.add(paired.eligibility, swapped) };
      w = tf.add(w, tf.mul(tf.mean(state.eligibility, 0), reward));
    }
    await expectClose(w, at(expected.weight, time), single, order);
    await expectLayer(tf.mul(state.tPre, params.alpha_t), expected.pre_trace, time);
  }
  await expectEligibility(tf.div(state.eligibility, params.lr), golden);
}

async function expectLayer(found: tf.Tensor, series: GoldenTensor, time: number): Promise<void> {
  const step = at(series, time);
  await (step.shape.length === 4
    ? expectClose(found, step, single, layerOrder(step))
    : expectClose(tf.expandDims(found, 1), step, single));
}

/** The peer keeps a trace for each position; here it is their mean. */
async function expectEligibility(found: tf.Tensor, { inputs, expected }: GoldenCase): Promise<void> {
  const [batch, out, taps, positions = 1] = expected.e_trace.shape;
  const mean = tf.mean(goldenTensor(reshaped(expected.e_trace, [batch, out, taps, positions])), 3);
  const kernels = tf.reshape(mean, [batch, ...inputs.weight.shape]);
  const wanted = tf.transpose(kernels, [0, ...weightOrder(inputs.weight).map((axis) => axis + 1)]);
  await expectClose(found, { shape: wanted.shape, dtype: 'float32', data: [...(await wanted.data())] }, single);
}

/** The peer's trace [B, O, I] or [B, O, CKK, L] as ours: [B, L, …w]. */
function synapseTrace({ trace, weight }: GoldenCase['inputs']): tf.Tensor {
  const [batch, out, taps, positions = 1] = trace.shape;
  const rows = tf.transpose(goldenTensor(reshaped(trace, [batch, out, taps, positions])), [0, 3, 2, 1]);
  if (weight.shape.length === 2) return rows;
  const [, channels, kh, kw] = weight.shape;
  return tf.transpose(tf.reshape(rows, [batch, positions, channels, kh, kw, out]), [0, 1, 3, 4, 2, 5]);
}

/** Every weight averages its own traces, where the peer mixes the axes of its view; silence keeps them, where it divides 0 by 0. */
async function fedeRule(golden: GoldenCase): Promise<void> {
  const { params, inputs, expected } = golden;
  const order = weightOrder(inputs.weight);
  const { asThePeer, right } = loops.fedeWeights(unmetered(golden), expected.weight.shape[0]);
  const wanted = mended(expected.weight, asThePeer, right);
  const settings = { etaPlus: params.lr, etaMinus: params.lr, wInit: params.w_init, a: params.a };
  let w = goldenTensor(inputs.weight, order);
  let byRule = w;
  for (let time = 0; time < expected.weight.shape[0]; time++) {
    w = fedeUpdate(w, synapseTrace(inputs), settings);
    await expectClose(w, at(wanted, time), single, order);
    if (isConv(golden)) continue;
    byRule = outputByOutput(golden, byRule);
    await expectClose(byRule, at(wanted, time), single, order);
  }
}

/** The rule of a whole layer, one output at a time, with one more input that holds the largest trace. */
function outputByOutput(golden: GoldenCase, w: tf.Tensor): tf.Tensor {
  const { trace } = golden.inputs;
  const [batch, out, taps] = trace.shape;
  const rule = fede.rule(golden);
  const traces = goldenTensor(trace);
  const most = tf.fill([batch, 1], Math.max(...(trace.data as number[])));
  const columns = Array.from({ length: out as number }, (_, output) => {
    const own = tf.reshape(tf.slice(traces, [0, output, 0], [batch, 1, taps]), [batch, taps]);
    const weights = tf.concat([tf.slice(w, [0, output], [taps, 1]), tf.zeros([1, 1])]);
    const silent = { pre: tf.zeros([batch, taps + 1]), post: tf.zeros([batch, 1]) };
    return tf.slice(rule.step(silent, weights, { tPre: tf.concat([own, most], 1) })[0], [0, 0], [taps, 1]);
  });
  return tf.concat(columns, 1);
}

export const forms: readonly Form[] = [
  {
    cases: mstdpet.cases,
    check: layer,
    loops: loops.mstdpet,
    unread: (golden) => (isConv(golden) ? {} : { 'params.stride': 'there is no kernel', 'params.padding': 'there is no kernel' }),
  },
  { cases: 'pysnn_fede__', check: fedeRule, loops: loops.fede },
];
