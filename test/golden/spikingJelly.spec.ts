import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { spikingJellyMstdp, spikingJellyMstdpet, spikingJellyStdp } from '../../src/papers/spikingJelly.js';
import { initStdpState } from '../../src/rules/pairStdp.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { expectClose, type GoldenCase, goldenCases, goldenTensor } from './load.js';
import { at } from './series.js';

const functions = {
  identity: tf.clone,
  one: tf.onesLike,
  softbound: (w: tf.Tensor) => tf.mul(w, tf.sub(1, w)),
};

const settings = ({ params }: GoldenCase) => {
  const f = functions[(params.f ?? 'identity') as keyof typeof functions];
  return { tauPre: params.tau_pre, tauPost: params.tau_post, fPre: f, fPost: f };
};

const steps = { stdp: spikingJellyStdp, mstdp: spikingJellyMstdp, mstdpet: spikingJellyMstdpet };

describe.each(Object.entries(steps))('SpikingJelly %s_linear_step', (name, step) => {
  it.each(goldenCases(`spikingjelly_${name}__linear`))('%s', async (_, golden) => {
    const { inputs, expected } = golden;
    const w = goldenTensor(inputs.weight, [1, 0]);
    const order = expected.out.shape.length === 4 ? [0, 2, 1] : [1, 0];
    let state = initStdpState(inputs.in_spike.shape.slice(1), inputs.out_spike.shape.slice(1));
    for (let time = 0; time < inputs.in_spike.shape[0]; time++) {
      const spikes = [goldenTensor(at(inputs.in_spike, time)), goldenTensor(at(inputs.out_spike, time))] as const;
      const [change, next] = step(...spikes, w, state, settings(golden));
      state = next;
      await expectClose(change, at(expected.out, time), 1e-5, order);
      await expectClose(state.tPre, at(expected.trace_pre, time));
      await expectClose(state.tPost, at(expected.trace_post, time));
    }
  });
});

describe('SpikingJelly stdp_conv2d_step', () => {
  it.each(goldenCases('spikingjelly_stdp__conv2d'))('%s', async (_, golden) => {
    const { params, inputs, expected } = golden;
    const nhwc = [0, 2, 3, 1];
    const w = goldenTensor(inputs.weight, [2, 3, 1, 0]);
    const spikesAt = (time: number) =>
      [goldenTensor(at(inputs.in_spike, time), nhwc), goldenTensor(at(inputs.out_spike, time), nhwc)] as const;
    const [pre, post] = spikesAt(0);
    let state = initStdpState(pre.shape, post.shape);
    for (let time = 0; time < inputs.in_spike.shape[0]; time++) {
      const [change, next] = spikingJellyStdp(...spikesAt(time), w, state, settings(golden), conv2d({ strides: params.stride }));
      state = next;
      await expectClose(change, at(expected.delta_w, time), 1e-5, [2, 3, 1, 0]);
    }
  });
});
