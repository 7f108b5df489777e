import { pairStdp } from '../../../src/rules/pair/pairStdp.js';
import type { PairStdpParams } from '../../../src/rules/pair/pairStdpParams.js';
import type { Family } from '../families.js';
import { type GoldenCase, type GoldenTensor, given, translated } from '../load.js';
import { topologyOf } from '../topology.js';

const dependences: Readonly<Record<string, string>> = {
  additive: 'additive',
  additive_step: 'additiveStep',
  multiplicative_pow: 'multiplicativePow',
  multiplicative_relu: 'multiplicativeRelu',
};

/** One number, or a list with one for each neuron. */
function numeric(value: number | GoldenTensor | undefined, convert = (entry: number) => entry) {
  if (value === undefined) return undefined;
  if (typeof value === 'number') return convert(value);
  const [count, ...more] = value.shape;
  if (more.length > 0 || count !== value.data.length) throw new Error(`one for each neuron is known, not [${value.shape}]`);
  return value.data.map((entry) => convert(Number(entry)));
}

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
    weightDependence: translated(dependences, params.stdp_algorithm),
    mu: params.mu,
    wMin: params.w_min,
    wMax: params.w_max,
    hardBound: params.hardbound === undefined ? undefined : Boolean(params.hardbound),
  });
}

export const linear = {
  cases: 'norse_stdp_linear__',
  apart: ({ expected }: GoldenCase) => expected.w.data.includes('NaN'), // the peer keeps it for ever, here it is 0
  rule: (golden: GoldenCase) => pairStdp(paramsOf(golden)),
};
export const conv = {
  cases: 'norse_stdp_conv2d__',
  rule: (golden: GoldenCase) => pairStdp(paramsOf(golden), topologyOf(golden)),
};
export const families: readonly Family[] = [linear, conv];
