import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { stdpStepConv2d, stdpStepLinear } from '../../src/rules/stdpStep.js';
import { expectClose, type GoldenCase, type GoldenTensor, goldenCase, goldenCases, goldenTensor } from './load.js';

/** One time step of a golden series. */
const at = (series: GoldenTensor, time: number): GoldenTensor => {
  const shape = series.shape.slice(1);
  const size = shape.reduce((product, next) => product * next, 1);
  return { shape, dtype: series.dtype, data: series.data.slice(time * size, (time + 1) * size) };
};

const dependences: Readonly<Record<string, string>> = {
  additive: 'additive',
  additive_step: 'additiveStep',
  multiplicative_pow: 'multiplicativePow',
  multiplicative_relu: 'multiplicativeRelu',
};

const numeric = (value: number | GoldenTensor | undefined, convert = (entry: number) => entry) =>
  value === undefined
    ? undefined
    : typeof value === 'number'
      ? convert(value)
      : value.data.map((entry) => convert(Number(entry)));

/** Norse's parameters (seconds, inverse time constants) in our terms (milliseconds). */
function paramsOf({ params }: GoldenCase): object {
  const inverse = (value: number) => 1000 / value;
  const spatial = (value: number | number[]) => value;
  const pad = (value: number | number[]) =>
    typeof value === 'number'
      ? value
      : [
          [0, 0],
          [value[0], value[0]],
          [value[1], value[1]],
          [0, 0],
        ];
  const given = {
    dt: params.dt * 1000,
    aPre: numeric(params.a_pre),
    aPost: numeric(params.a_post),
    tauPre: numeric(params.tau_pre_inv, inverse),
    tauPost: numeric(params.tau_post_inv, inverse),
    etaPlus: params.eta_plus,
    etaMinus: params.eta_minus,
    weightDependence: dependences[params.stdp_algorithm],
    mu: params.mu,
    wMin: params.w_min,
    wMax: params.w_max,
    hardBound: params.hardbound === undefined ? undefined : Boolean(params.hardbound),
    ...(params.convolutional && {
      strides: params.stride === undefined ? undefined : spatial(params.stride),
      pad: params.padding === undefined ? undefined : pad(params.padding),
      dilations: params.dilation === undefined ? undefined : spatial(params.dilation),
    }),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** SEMANTICS of the peer: NaN for a fractional power beyond a bound. Ours is defined there; see its own test below. */
const defects = ['norse_stdp_linear__pow_outofrange_nan'];

describe('Norse stdp_step_linear', () => {
  it.each(goldenCases('norse_stdp_linear__').filter(([name]) => !defects.includes(name)))('%s', async (_, golden) => {
    const { inputs, expected } = golden;
    let w = goldenTensor(inputs.w, [1, 0]);
    let state = { tPre: goldenTensor(inputs.t_pre), tPost: goldenTensor(inputs.t_post) };
    for (let time = 0; time < inputs.z_pre.shape[0]; time++) {
      [w, state] = stdpStepLinear(
        goldenTensor(at(inputs.z_pre, time)),
        goldenTensor(at(inputs.z_post, time)),
        w,
        state,
        paramsOf(golden),
      );
      await expectClose(w, at(expected.w, time), 1e-5, [1, 0]);
      await expectClose(state.tPre, at(expected.t_pre, time));
      await expectClose(state.tPost, at(expected.t_post, time));
    }
  });

  it('multiplicativePow beyond a bound: 0 in place of the NaN that Norse keeps for ever', async () => {
    const golden = goldenCase('norse_stdp_linear__pow_outofrange_nan');
    const { inputs, expected } = golden;
    let w = goldenTensor(inputs.w, [1, 0]);
    let state = { tPre: goldenTensor(inputs.t_pre), tPost: goldenTensor(inputs.t_post) };
    const steps = inputs.z_pre.shape[0];
    for (let time = 0; time < steps; time++) {
      [w, state] = stdpStepLinear(
        goldenTensor(at(inputs.z_pre, time)),
        goldenTensor(at(inputs.z_post, time)),
        w,
        state,
        paramsOf(golden),
      );
    }
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
  it.each(goldenCases('norse_stdp_conv2d__'))('%s', async (_, golden) => {
    const { inputs, expected } = golden;
    const nhwc = [0, 2, 3, 1];
    let w = goldenTensor(inputs.w, [2, 3, 1, 0]);
    const zeros = (series: GoldenTensor) => tf.zerosLike(goldenTensor(at(series, 0), nhwc));
    let state = { tPre: zeros(inputs.z_pre), tPost: zeros(inputs.z_post) };
    for (let time = 0; time < inputs.z_pre.shape[0]; time++) {
      const [zPre, zPost] = [goldenTensor(at(inputs.z_pre, time), nhwc), goldenTensor(at(inputs.z_post, time), nhwc)];
      [w, state] = stdpStepConv2d(zPre, zPost, w, state, paramsOf(golden));
      await expectClose(w, at(expected.w, time), 1e-5, [2, 3, 1, 0]);
    }
    await expectClose(state.tPre, expected.t_pre, 1e-5, nhwc);
    await expectClose(state.tPost, expected.t_post, 1e-5, nhwc);
  });
});
