import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { conv2d } from '../../../src/topologies/conv2d.js';
import { dense } from '../../../src/topologies/dense.js';
import { preMultPost, reduceConnections } from '../../../src/topologies/synapseProducts.js';
import { delayLineStep, initDelayLine } from '../../../src/traces/delayLine.js';
import { traceStep } from '../../../src/traces/exponentialTrace.js';
import { linearTraceStep } from '../../../src/traces/linearTrace.js';
import { expectClose, mended } from '../compare.js';
import type { Form } from '../form.js';
import { type GoldenCase, goldenTensor } from '../load.js';
import * as loops from '../loops/pysnnParts.js';
import { unmetered } from '../meter.js';
import { at } from '../series.js';

async function traces({ params, inputs, expected }: GoldenCase): Promise<void> {
  const { tau, alpha: amplitude, dt, decay } = params;
  const euler = { tau, amplitude, dt, traceMode: 'cumulative', integration: 'euler' } as const;
  const start: tf.Tensor = tf.fill(inputs.x.shape.slice(1), params.trace0);
  let [exponential, linear] = [start, start];
  for (let time = 0; time < inputs.x.shape[0]; time++) {
    const x = goldenTensor(at(inputs.x, time));
    exponential = traceStep(exponential, x, euler);
    linear = linearTraceStep(linear, x, { decay, amplitude });
    await expectClose(exponential, at(expected.exponential, time));
    await expectClose(linear, at(expected.linear, time));
  }
}

async function algebra({ inputs, expected }: GoldenCase): Promise<void> {
  const [samples, outs, ins] = inputs.pre_linear.shape;
  const pre = tf.expandDims(goldenTensor(inputs.pre_linear, [0, 2, 1]), 1);
  const post = tf.squeeze(goldenTensor(inputs.post_linear), [1]);
  expect(post.shape).toEqual([samples, outs]);
  const products = preMultPost(pre, post, dense, [ins, outs]);
  await expectClose(tf.squeeze(products, [1]), expected.prod_linear, undefined, [0, 2, 1]);
  await expectClose(reduceConnections(products), expected.red_linear, undefined, [1, 0]);

  const [batch, out, taps, positions] = inputs.pre_conv.shape;
  const image = goldenTensor(inputs.post_conv, [0, 2, 3, 1]);
  const rows = tf.reshape(goldenTensor(inputs.pre_conv, [0, 3, 2, 1]), [batch, positions, 1, 1, taps, out]);
  const conv = preMultPost(rows, image, conv2d(), [1, 1, taps, out]);
  await expectClose(tf.reshape(conv, [batch, positions, taps, out]), expected.prod_conv, undefined, [0, 3, 2, 1]);
  await expectClose(tf.reshape(reduceConnections(conv), [taps, out]), expected.red_conv, undefined, [1, 0]);
  await expectClose(tf.reshape(reduceConnections(conv, 'sum'), [taps, out]), expected.red_conv_sum, undefined, [1, 0]);
}

/** The peer loses a spike when another follows before it arrives, and all of a tensor delay of 0; none is lost here. */
async function delays(golden: GoldenCase): Promise<void> {
  const { params, inputs, expected } = golden;
  const [steps, batch, row, width] = inputs.x.shape;
  const w = goldenTensor(inputs.weight);
  const [out] = w.shape;
  const delay = inputs.delay === null ? params.delay : goldenTensor(inputs.delay);
  const most = inputs.delay === null ? params.delay : Math.max(...inputs.delay.data);
  const { asThePeer, right } = loops.delays(unmetered(golden));
  const spikes = mended(expected.spikes, asThePeer.spikes, right.spikes);
  const activation = mended(expected.activation, asThePeer.activation, right.activation);
  expect(params.delay === null).toBe(inputs.delay !== null);
  let line = initDelayLine([batch, row, width], most);
  for (let time = 0; time < steps; time++) {
    const [found, next] = delayLineStep(goldenTensor(at(inputs.x, time)), line, delay);
    line = next;
    const arriving = tf.mul(found, tf.ones([batch, out ?? 1, width]));
    await expectClose(arriving, at(spikes, time), 0);
    await expectClose(tf.expandDims(tf.mul(arriving, w), 1), at(activation, time), 0);
  }
}

export const forms: readonly Form[] = [
  { cases: 'pysnn_trace__', check: traces, loops: loops.traces },
  { cases: 'pysnn_algebra__', check: algebra, loops: loops.algebra },
  {
    cases: 'pysnn_delay__',
    check: delays,
    loops: loops.delay,
    unread: () => ({ 'params.dt': 'delays are in steps' }),
  },
];
