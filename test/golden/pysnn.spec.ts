import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { pysnnFedeStdp } from '../../src/papers/pysnn.js';
import { fedeUpdate } from '../../src/rules/fedeStdp.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import { preMultPost, reduceConnections } from '../../src/topologies/synapseProducts.js';
import { delayLineStep, initDelayLine } from '../../src/traces/delayLine.js';
import { traceStep } from '../../src/traces/exponentialTrace.js';
import { linearTraceStep } from '../../src/traces/linearTrace.js';
import { casesOf } from './families.js';
import { agreement, expectClose, type GoldenCase, type GoldenTensor, goldenCase, goldenCases, goldenTensor } from './load.js';
import { fede, isConv, mstdpet } from './peers/pysnn.js';
import { at } from './series.js';

const reshaped = (golden: GoldenTensor, shape: readonly number[]): GoldenTensor => ({ ...golden, shape });
const stepsOf = (series: GoldenTensor): number => series.shape[0] ?? 0;

describe('PySNN traces', () => {
  const { params, inputs, expected } = goldenCase('pysnn_trace__0');

  it('exponential is an Euler trace', async () => {
    let trace: tf.Tensor = tf.fill([2, 1, 5], params.trace0);
    const settings = {
      tau: params.tau,
      amplitude: params.alpha,
      dt: params.dt,
      traceMode: 'cumulative',
      integration: 'euler',
    } as const;
    for (let time = 0; time < stepsOf(inputs.x); time++) {
      trace = traceStep(trace, goldenTensor(at(inputs.x, time)), settings);
      await expectClose(trace, at(expected.exponential, time));
    }
  });

  it('linear keeps a fraction', async () => {
    let trace: tf.Tensor = tf.fill([2, 1, 5], params.trace0);
    for (let time = 0; time < stepsOf(inputs.x); time++) {
      trace = linearTraceStep(trace, goldenTensor(at(inputs.x, time)), { decay: params.decay, amplitude: params.alpha });
      await expectClose(trace, at(expected.linear, time));
    }
  });
});

describe('PySNN pre_mult_post and reduce_connections', () => {
  const { inputs, expected } = goldenCase('pysnn_algebra__0');
  const [batch, out, taps, positions] = inputs.pre_conv.shape;

  it('linear', async () => {
    const pre = tf.expandDims(goldenTensor(inputs.pre_linear, [0, 2, 1]), 1);
    const post = goldenTensor(reshaped(inputs.post_linear, [2, 3]));
    const products = preMultPost(pre, post, dense, [4, 3]);
    await expectClose(tf.squeeze(products, [1]), expected.prod_linear, agreement, [0, 2, 1]);
    await expectClose(reduceConnections(products), expected.red_linear, agreement, [1, 0]);
  });

  it('conv', async () => {
    const pre = tf.reshape(goldenTensor(inputs.pre_conv, [0, 3, 2, 1]), [batch, positions, 1, 1, taps, out]);
    const products = preMultPost(pre, goldenTensor(inputs.post_conv, [0, 2, 3, 1]), conv2d(), [1, 1, taps, out]);
    await expectClose(tf.reshape(products, [batch, positions, taps, out]), expected.prod_conv, agreement, [0, 3, 2, 1]);
    await expectClose(tf.reshape(reduceConnections(products), [taps, out]), expected.red_conv, agreement, [1, 0]);
    await expectClose(tf.reshape(reduceConnections(products, 'sum'), [taps, out]), expected.red_conv_sum, agreement, [1, 0]);
  });
});

/** Spikes from a series [T, batch, 1, n] or [T, batch, C, H, W], as dense or NHWC. */
const layerAt = (series: GoldenTensor, time: number): tf.Tensor => {
  const step = at(series, time);
  return step.shape.length === 4
    ? goldenTensor(step, [0, 2, 3, 1])
    : goldenTensor(reshaped(step, [step.shape[0] ?? 1, step.shape.at(-1) ?? 1]));
};

describe('PySNN MSTDPET', () => {
  it.each(casesOf(mstdpet))('%s', async (_, golden) => {
    const { params, inputs, expected } = golden;
    const conv = isConv(golden);
    const order = conv ? [2, 3, 1, 0] : [1, 0];
    const rule = mstdpet.rule(golden);
    let w = goldenTensor(inputs.weight, order);
    const [first, post] = [layerAt(inputs.x, 0), layerAt(expected.post_spikes, 0)];
    let state = rule.init({ pre: first.shape, post: post.shape, w: w.shape });
    const delay = Number(params.delay);
    let counter: tf.Tensor = tf.zerosLike(first);
    for (let time = 0; time < stepsOf(inputs.x); time++) {
      const pre = layerAt(inputs.x, time);
      const [arriving, next] = counted(pre, counter, delay);
      counter = next;
      // The peer's traces follow the undelayed neuron, its depression the delayed spike (where its counter let it through).
      const reward = Number(inputs.reward.data[time]);
      const zPost = layerAt(expected.post_spikes, time);
      if (delay === 0) [w, state] = rule.step({ pre, post: zPost, reward }, w, state);
      else {
        const paired = rule.step({ pre, post: zPost }, w, state)[1];
        const swapped = depression(state.tPost, zPost, tf.sub(pre, arriving), params);
        state = { ...paired, eligibility: tf.add(paired.eligibility, swapped) };
        w = tf.add(w, tf.mul(tf.mean(state.eligibility, 0), reward));
      }
      await expectClose(w, at(expected.weight, time), 3e-5, order);
      await expectClose(tf.div(state.tPre, 1 / params.alpha_t), wide(expected.pre_trace, time, conv), 3e-5);
    }
    const [batch, out, taps, positions = 1] = expected.e_trace.shape;
    const mean = tf.mean(goldenTensor(reshaped(expected.e_trace, [batch, out, taps, positions])), 3);
    const shape = conv ? [batch, out, ...inputs.weight.shape.slice(1)] : [batch, out, taps];
    const wanted = tf.transpose(tf.reshape(mean, shape), conv ? [0, 3, 4, 2, 1] : [0, 2, 1]);
    await expectClose(tf.div(state.eligibility, params.lr), await asGolden(wanted), 3e-5);
  });
});

/** The peer's delay: a counter per synapse, which a second spike corrupts. */
function counted(spikes: tf.Tensor, counter: tf.Tensor, delay: number): [tf.Tensor, tf.Tensor] {
  const left = tf.relu(tf.sub(counter, 1));
  const arriving = tf.cast(tf.equal(left, tf.onesLike(left)), 'float32');
  return [arriving, tf.add(left, tf.mul(spikes, delay + 1))];
}

/** What the eligibility lacks when depression reads delayed spikes: lr·aPost·(pre − arriving) ⊗ xPost. */
function depression(before: tf.Tensor, zPost: tf.Tensor, difference: tf.Tensor, params: GoldenCase['params']): tf.Tensor {
  const xPost = linearTraceStep(before, zPost, { decay: params.tau_t, amplitude: 1 });
  return tf.squeeze(preMultPost(tf.mul(difference, params.lr * params.a_post * params.alpha_t), xPost, dense, [5, 4]), [1]);
}

const asGolden = async (tensor: tf.Tensor): Promise<GoldenTensor> => ({
  shape: tensor.shape,
  dtype: 'float32',
  data: [...(await tensor.data())],
});

const wide = (series: GoldenTensor, time: number, isConv: boolean): GoldenTensor => {
  const step = at(series, time);
  if (!isConv) return reshaped(step, [step.shape[0] ?? 1, step.shape.at(-1) ?? 1]);
  const [batch = 1, channels = 1, height = 1, width = 1] = step.shape;
  const nhwc = Array.from({ length: step.data.length }, (_, index) => {
    const channel = index % channels;
    const x = Math.floor(index / channels) % width;
    const y = Math.floor(index / channels / width) % height;
    const sample = Math.floor(index / channels / width / height);
    return step.data[((sample * channels + channel) * height + y) * width + x] ?? 0;
  });
  return { shape: [batch, height, width, channels], dtype: step.dtype, data: nhwc };
};

describe('PySNN convolution', () => {
  it('forward sums receptive fields (the peer folds its potentials without the transposition: pysnn_mstdpet__conv is scrambled)', async () => {
    const { inputs, expected, params } = goldenCase('pysnn_mstdpet__conv');
    const w = goldenTensor(inputs.weight, [2, 3, 1, 0]);
    const pre = layerAt(inputs.x, 0);
    const [z, x] = [await conv2d().forward(pre, w).data(), await pre.data()];
    const weights = await w.data();
    const [, height = 1, width = 1, channels = 1] = pre.shape;
    for (let y = 0; y < 3; y++)
      for (let column = 0; column < 3; column++)
        for (let out = 0; out < 3; out++) {
          let sum = 0;
          for (let tap = 0; tap < 9 * channels; tap++) {
            const channel = tap % channels;
            const [a, b] = [Math.floor(tap / channels / 3), Math.floor(tap / channels) % 3];
            sum += (x[((y + a) * width + column + b) * channels + channel] ?? 0) * (weights[tap * 3 + out] ?? 0);
          }
          expect(z[(y * 3 + column) * 3 + out]).toBeCloseTo(sum, 5);
        }
    expect([height, width]).toEqual([5, 5]);
    // The first step fires where alpha·potential ≥ thresh: not where the peer's neurons did.
    const ours = Array.from(z, (value) => (value * params.neuron.alpha_v >= params.neuron.thresh ? 1 : 0));
    const theirs = [...(await layerAt(expected.post_spikes, 0).data())];
    expect(ours).not.toEqual(theirs.slice(0, ours.length));
  });
});

/** The peer's trace [B, O, I] or [B, O, CKK, L] as ours: [B, L, …w]. */
const synapseTrace = ({ trace, weight }: GoldenCase['inputs']): tf.Tensor => {
  const [batch, out, taps, positions = 1] = trace.shape;
  const rows = tf.transpose(goldenTensor(reshaped(trace, [batch, out, taps, positions])), [0, 3, 2, 1]);
  if (weight.shape.length === 2) return rows;
  const [, channels, kh, kw] = weight.shape;
  return tf.transpose(tf.reshape(rows, [batch, positions, channels, kh, kw, out]), [0, 1, 3, 4, 2, 5]);
};

const fedeParams = ({ lr, w_init, a }: GoldenCase['params']) => ({ etaPlus: lr, etaMinus: lr, wInit: w_init, a });

describe('PySNN FedeSTDP', () => {
  it.each([...goldenCases('pysnn_fede__linear_'), ...goldenCases('pysnn_fede__conv_1pos')])('%s', async (_, golden) => {
    const { params, inputs, expected } = golden;
    const order = inputs.weight.shape.length === 4 ? [2, 3, 1, 0] : [1, 0];
    let w = goldenTensor(inputs.weight, order);
    for (let time = 0; time < 3; time++) {
      w = fedeUpdate(w, synapseTrace(inputs), fedeParams(params));
      await expectClose(w, at(expected.weight, time), 3e-5, order);
    }
  });

  it.each(casesOf(fede))(
    '%s: the rule, one output at a time, with one more input that holds the largest trace',
    async (_, golden) => {
      const { inputs, expected } = golden;
      const [batch, out, taps] = inputs.trace.shape;
      const rule = fede.rule(golden);
      const traces = goldenTensor(inputs.trace);
      const most = tf.fill([batch, 1], Math.max(...(inputs.trace.data as number[])));
      const columns: tf.Tensor[] = [];
      for (let output = 0; output < out; output++) {
        const tPre = tf.concat([tf.reshape(tf.slice(traces, [0, output, 0], [batch, 1, taps]), [batch, taps]), most], 1);
        const w = tf.concat([tf.slice(goldenTensor(inputs.weight, [1, 0]), [0, output], [taps, 1]), tf.zeros([1, 1])]);
        const silent = { pre: tf.zeros([batch, taps + 1]), post: tf.zeros([batch, 1]) };
        columns.push(tf.slice(rule.step(silent, w, { tPre })[0], [0, 0], [taps, 1]));
      }
      await expectClose(tf.concat(columns, 1), at(expected.weight, 0), 3e-5, [1, 0]);
    },
  );

  it('pysnn_fede__zero_trace_nan: silence keeps the weights (the peer divides 0 by 0)', async () => {
    const { params, inputs, expected } = goldenCase('pysnn_fede__zero_trace_nan');
    const w = goldenTensor(inputs.weight, [1, 0]);
    expect(expected.weight.data).toContain('NaN');
    await expectClose(fedeUpdate(w, synapseTrace(inputs), fedeParams(params)), inputs.weight, 0, [1, 0]);
    const rule = pysnnFedeStdp({ lr: params.lr, wInit: params.w_init, a: params.a });
    const shapes = { pre: [4], post: [3] };
    await expectClose(rule.step({ pre: tf.zeros([4]), post: tf.zeros([3]) }, w, rule.init(shapes))[0], inputs.weight, 0, [1, 0]);
  });

  it('pysnn_fede__conv_scrambled: every weight averages its own traces (the peer mixes the axes of its view)', async () => {
    const { params, inputs, expected } = goldenCase('pysnn_fede__conv_scrambled');
    const { lr, w_init, a } = params;
    const trace = inputs.trace.data as number[];
    const most = Math.max(...trace);
    const [batch, out, taps, positions] = inputs.trace.shape;
    const right = (inputs.weight.data as number[]).map((weight, index) => {
      const [o, tap] = [Math.floor(index / taps), index % taps];
      let sum = 0;
      for (let b = 0; b < batch; b++)
        for (let p = 0; p < positions; p++) {
          const part = (trace[((b * out + o) * taps + tap) * positions + p] ?? 0) / most;
          sum += Math.exp(w_init - weight) * (Math.exp(part) - a) - Math.exp(weight - w_init) * (Math.exp(1 - part) - a);
        }
      return weight + (lr * sum) / batch / positions;
    });
    const order = [2, 3, 1, 0];
    const w = fedeUpdate(goldenTensor(inputs.weight, order), synapseTrace(inputs), fedeParams(params));
    await expectClose(w, { ...inputs.weight, data: right }, 3e-5, order);
    const peer = at(expected.weight, 0).data as number[];
    expect(Math.max(...right.map((value, index) => Math.abs(value - (peer[index] ?? 0))))).toBeGreaterThan(1e-4);
  });

  it('the rule gated by nothing is the update of its layer’s traces', async () => {
    const rule = pysnnFedeStdp({ lr: 0.01, wInit: 0.5, a: 0.2, traceUpdate: 'linear', tauT: 0.75 }, conv2d({ pad: 1 }));
    const [pre, w] = [tf.tensor([0, 1, 1, 0, 1, 0, 0, 0, 1], [1, 3, 3, 1]), tf.fill([3, 3, 1, 2], 0.3)];
    const [got, state] = rule.step({ pre, post: tf.zeros([1, 3, 3, 2]) }, w, rule.init({ pre: pre.shape, post: [1, 3, 3, 2] }));
    const rows = preMultPost(state.tPre, tf.ones([1, 3, 3, 2]), conv2d({ pad: 1 }), w.shape);
    await expectClose(got, await asGolden(fedeUpdate(w, rows, { etaPlus: 0.01, etaMinus: 0.01, wInit: 0.5, a: 0.2 })), 1e-6);
  });
});

describe('PySNN synaptic delays: the peer loses a spike when another follows before it arrives, and all of a tensor delay of 0', () => {
  it.each(goldenCases('pysnn_delay__'))('%s', async (_, { params, inputs, expected }) => {
    const [steps, batch, , width] = inputs.x.shape;
    const out = inputs.weight.shape[0];
    const spikes = inputs.x.data as number[];
    const delays: number[] = inputs.delay?.data ?? new Array(batch * out * width).fill(params.delay);
    const delay = inputs.delay === null ? params.delay : goldenTensor(inputs.delay);
    let line = initDelayLine([batch, 1, width], 3);
    let lost = 0;
    for (let time = 0; time < steps; time++) {
      const spiking = goldenTensor(reshaped(at(inputs.x, time), [batch, 1, width]));
      const [arriving, next] = delayLineStep(spiking, line, delay);
      line = next;
      const got = await tf.tile(arriving, [1, arriving.shape[1] === 1 ? out : 1, 1]).data();
      const peer = at(expected.spikes, time).data;
      got.forEach((value, index) => {
        const [b, i] = [Math.floor(index / (out * width)), index % width];
        const from = (at: number) => (at < 0 ? 0 : (spikes[(at * batch + b) * width + i] ?? 0));
        const wait = delays[index] ?? 0;
        expect(value).toBe(from(time - wait));
        // As long as one spike at most was ever on its way, and no tensor delay of 0 is involved, the peer agrees.
        const before = Array.from({ length: time + 1 }, (_unused, t) => t).filter((t) => from(t) === 1);
        const crowded = before.some((t, k) => k > 0 && t - (before[k - 1] ?? 0) <= wait);
        if (wait === 0 ? inputs.delay === null : !crowded) expect(peer[index]).toBe(value);
        else if (peer[index] !== value) lost++;
      });
    }
    expect(lost > 0).toBe(params.delay === null || params.delay > 0);
  });
});
