import { pairStdp } from '../../../src/rules/pairStdp.js';
import type { PairStdpParams } from '../../../src/rules/pairStdpParams.js';
import { conv2d } from '../../../src/topologies/conv2d.js';
import type { Conv2dOptions } from '../../../src/topologies/topology.js';
import type { Family } from '../families.js';
import { type GoldenCase, type GoldenTensor, given } from '../load.js';

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
export function paramsOf({ params }: GoldenCase): Partial<PairStdpParams> {
  const inverse = (value: number) => 1000 / value;
  return given({
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
  });
}

/** Norse's stride, padding and dilation: numbers or (height, width). */
export function optionsOf({ params }: GoldenCase): Conv2dOptions {
  const sides = (size: number) => [size, size];
  const pad = (value: number | readonly [number, number]) =>
    typeof value === 'number' ? value : [[0, 0], sides(value[0]), sides(value[1]), [0, 0]];
  const { stride, padding, dilation } = params;
  return given({ strides: stride, pad: padding === undefined ? undefined : pad(padding), dilations: dilation });
}

export const linear = {
  cases: 'norse_stdp_linear__',
  apart: ['norse_stdp_linear__pow_outofrange_nan'], // the peer gives NaN for ever
  rule: (golden: GoldenCase) => pairStdp(paramsOf(golden)),
};
export const conv = {
  cases: 'norse_stdp_conv2d__',
  rule: (golden: GoldenCase) => pairStdp(paramsOf(golden), conv2d(optionsOf(golden))),
};
export const families: readonly Family[] = [linear, conv];
