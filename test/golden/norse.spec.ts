import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { StdpState } from '../../src/rules/stdpState.js';
import { stdpStepConv2d, stdpStepLinear } from '../../src/rules/stdpStep.js';
import { casesOf } from './families.js';
import { agreement, expectClose, type GoldenCase, type GoldenTensor, goldenCase, goldenTensor } from './load.js';
import { conv, linear, optionsOf, paramsOf } from './peers/norse.js';
import { at } from './series.js';

const WEIGHTS = [2, 3, 1, 0];
const NHWC = [0, 2, 3, 1];

const inputsAt = ({ inputs }: GoldenCase, time: number, order?: readonly number[]) => ({
  pre: goldenTensor(at(inputs.z_pre, time), order),
  post: goldenTensor(at(inputs.z_post, time), order),
});

describe('Norse stdp_step_linear', () => {
  it.each(casesOf(linear))('%s', async (_, golden) => {
    const { inputs, expected } = golden;
    const rule = linear.rule(golden);
    let w = goldenTensor(inputs.w, [1, 0]);
    let state: StdpState = { tPre: goldenTensor(inputs.t_pre), tPost: goldenTensor(inputs.t_post) };
    for (let time = 0; time < inputs.z_pre.shape[0]; time++) {
      const spikes = inputsAt(golden, time);
      const [throughTheDoor] = stdpStepLinear(spikes.pre, spikes.post, w, state, paramsOf(golden));
      [w, state] = rule.step(spikes, w, state);
      await expectClose(throughTheDoor, at(expected.w, time), agreement, [1, 0]);
      await expectClose(w, at(expected.w, time), agreement, [1, 0]);
      await expectClose(state.tPre, at(expected.t_pre, time));
      await expectClose(state.tPost, at(expected.t_post, time));
    }
  });

  it('norse_stdp_linear__pow_outofrange_nan: 0 beyond a bound, in place of the NaN that Norse keeps for ever', async () => {
    const golden = goldenCase('norse_stdp_linear__pow_outofrange_nan');
    const { inputs, expected } = golden;
    const rule = linear.rule(golden);
    let w = goldenTensor(inputs.w, [1, 0]);
    let state: StdpState = { tPre: goldenTensor(inputs.t_pre), tPost: goldenTensor(inputs.t_post) };
    const steps = inputs.z_pre.shape[0];
    for (let time = 0; time < steps; time++) [w, state] = rule.step(inputsAt(golden, time), w, state);
    const got = await w.data();
    const want = await goldenTensor(at(expected.w, steps - 1), [1, 0]).data();
    want.forEach((value, index) => {
      const found = got[index] ?? Number.NaN;
      if (Number.isNaN(value)) expect(found >= 0 && found <= 1).toBe(true);
      else expect(found).toBeCloseTo(value, 5);
    });
    expect(want.some(Number.isNaN)).toBe(true);
  });
});

describe('Norse stdp_step_conv2d', () => {
  it.each(casesOf(conv))('%s', async (_, golden) => {
    const { inputs, expected } = golden;
    const rule = conv.rule(golden);
    let w = goldenTensor(inputs.w, WEIGHTS);
    const zeros = (series: GoldenTensor) => tf.zerosLike(goldenTensor(at(series, 0), NHWC));
    let state: StdpState = { tPre: zeros(inputs.z_pre), tPost: zeros(inputs.z_post) };
    const params = { ...paramsOf(golden), ...optionsOf(golden) };
    for (let time = 0; time < inputs.z_pre.shape[0]; time++) {
      const spikes = inputsAt(golden, time, NHWC);
      const [throughTheDoor] = stdpStepConv2d(spikes.pre, spikes.post, w, state, params);
      [w, state] = rule.step(spikes, w, state);
      await expectClose(throughTheDoor, at(expected.w, time), agreement, WEIGHTS);
      await expectClose(w, at(expected.w, time), agreement, WEIGHTS);
    }
    await expectClose(state.tPre, expected.t_pre, agreement, NHWC);
    await expectClose(state.tPost, expected.t_post, agreement, NHWC);
  });
});
