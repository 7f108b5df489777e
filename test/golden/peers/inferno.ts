import { delayAdjustedKernelStdp } from '../../../src/rules/delayAdjustedKernelStdp.js';
import { delayAdjustedKernelStdpDelay } from '../../../src/rules/delayAdjustedKernelStdpDelay.js';
import { delayAdjustedMstdp } from '../../../src/rules/delayAdjustedMstdp.js';
import { delayAdjustedMstdpDelay } from '../../../src/rules/delayAdjustedMstdpDelay.js';
import { delayAdjustedStdp } from '../../../src/rules/delayAdjustedStdp.js';
import { delayAdjustedStdpDelay } from '../../../src/rules/delayAdjustedStdpDelay.js';
import { homeostasis } from '../../../src/rules/homeostasis.js';
import { kernelStdp } from '../../../src/rules/kernelStdp.js';
import { mstdp } from '../../../src/rules/mstdp.js';
import { mstdpet } from '../../../src/rules/mstdpet.js';
import { tripletStdp } from '../../../src/rules/tripletStdp.js';
import { twoFactorStdp } from '../../../src/rules/twoFactorStdp.js';
import { conv2d } from '../../../src/topologies/conv2d.js';
import { dense } from '../../../src/topologies/dense.js';
import type { Family } from '../families.js';
import { type GoldenCase, given } from '../load.js';

export const isConv = ({ inputs }: GoldenCase): boolean => inputs.weight.shape.length === 4;

export const topology = (golden: GoldenCase) =>
  isConv(golden)
    ? conv2d({
        strides: golden.params.stride ?? 1,
        pad: golden.params.padding ?? 0,
        dilations: golden.params.dilation ?? 1,
      })
    : dense;

const reductions: Readonly<Record<string, string>> = { amax: 'max' };
export const reduction = ({ params }: GoldenCase): string => reductions[params.batch_reduction] ?? params.batch_reduction;

const traces = (golden: GoldenCase) => ({
  dt: golden.params.dt,
  traceMode: golden.params.trace_mode,
  maxDelay: golden.params.max_delay,
  delayed: golden.params.delayed === undefined ? undefined : Boolean(golden.params.delayed),
  interpolation: golden.params.synapse_interp_mode,
  interpTolerance: golden.params.interp_tolerance,
  batchReduction: reduction(golden),
});
const pairs = (golden: GoldenCase) => ({
  ...traces(golden),
  etaPost: golden.params.lr_post,
  etaPre: golden.params.lr_pre,
  tauPost: golden.params.tc_post,
  tauPre: golden.params.tc_pre,
});
const rewards = (golden: GoldenCase) => ({ ...pairs(golden), scale: golden.params.scale });
export const triplets = (golden: GoldenCase) => ({
  ...traces(golden),
  etaPostPair: golden.params.lr_post_pair,
  etaPostTriplet: Math.sign(golden.params.lr_post_pair) * Math.abs(golden.params.lr_post_triplet),
  etaPrePair: golden.params.lr_pre_pair,
  etaPreTriplet: Math.sign(golden.params.lr_pre_pair) * Math.abs(golden.params.lr_pre_triplet),
  tauPostFast: golden.params.tc_post_fast,
  tauPostSlow: golden.params.tc_post_slow,
  tauPreFast: golden.params.tc_pre_fast,
  tauPreSlow: golden.params.tc_pre_slow,
  slowTrace: 'previous',
});

export const twoFactor: Family = {
  cases: 'inferno_stdp_',
  apart: ['inferno_stdp__accumulated'], // the updater's
  rule: (golden) => twoFactorStdp(given(pairs(golden)), topology(golden)),
};
export const traceRules: readonly Family[] = [
  twoFactor,
  { cases: 'inferno_triplet_', rule: (golden) => tripletStdp(given(triplets(golden)), topology(golden)) },
  { cases: 'inferno_mstdp_', rule: (golden) => mstdp(given(rewards(golden)), topology(golden)) },
  {
    cases: 'inferno_mstdpet_',
    rule: (golden) => mstdpet(given({ ...rewards(golden), tauEligibility: golden.params.tc_eligibility }), topology(golden)),
  },
];

export const exponential = ({
  learning_rate,
  time_constant,
}: {
  readonly learning_rate: number;
  readonly time_constant: number;
}) => ({ kernel: 'exponential' as const, eta: learning_rate, tau: time_constant });

const latest = ({ params }: GoldenCase) => ({ dt: params.dt, gate: 'always' as const, batchReduction: params.batch_reduction });
const kernels = (golden: GoldenCase) => ({
  ...latest(golden),
  kernelPost: exponential(golden.params.kernel_post),
  kernelPre: exponential(golden.params.kernel_pre),
});
const rates = (golden: GoldenCase) => ({
  ...latest(golden),
  etaPlus: golden.params.lr_pos,
  etaMinus: -golden.params.lr_neg,
  tauPlus: golden.params.tc_pos,
  tauMinus: golden.params.tc_neg,
});
const maxDelay = ({ params }: GoldenCase) => ({ maxDelay: params.max_delay });
const scale = ({ params }: GoldenCase) => ({ scale: params.scale });

export const hasDelay = ({ inputs }: GoldenCase): boolean => inputs.delay !== undefined && inputs.delay !== null;
export const kernel: Family = {
  cases: 'inferno_kernel__',
  rule: (golden) =>
    kernelStdp({ ...kernels(golden), delayed: Boolean(golden.params.delayed), maxDelay: hasDelay(golden) ? 3.2 : 0 }),
};

export const delayAdjusted: readonly Family[] = [
  { cases: 'inferno_delayadjustedkernelstdp__', rule: (golden) => delayAdjustedKernelStdp(kernels(golden)) },
  {
    cases: 'inferno_delayadjustedkernelstdpd__',
    rule: (golden) => delayAdjustedKernelStdpDelay({ ...kernels(golden), ...maxDelay(golden) }),
  },
  { cases: 'inferno_delayadjustedstdp__', rule: (golden) => delayAdjustedStdp(rates(golden)) },
  { cases: 'inferno_delayadjustedstdpd__', rule: (golden) => delayAdjustedStdpDelay({ ...rates(golden), ...maxDelay(golden) }) },
  { cases: 'inferno_delayadjustedmstdp__', rule: (golden) => delayAdjustedMstdp({ ...rates(golden), ...scale(golden) }) },
  {
    cases: 'inferno_delayadjustedmstdpd__',
    rule: (golden) => delayAdjustedMstdpDelay({ ...rates(golden), ...scale(golden), ...maxDelay(golden) }),
  },
];

export const linearHomeostasis = {
  cases: 'inferno_homeostasis__',
  rule: ({ params }: GoldenCase) =>
    homeostasis({
      plasticity: params.plasticity,
      target: typeof params.target === 'number' ? params.target : params.target.data,
      parameter: params.param === 'delay' ? 'delay' : 'weight',
      batchReduction: params.batch_reduction,
    }),
};

export const families: readonly Family[] = [...traceRules, kernel, ...delayAdjusted, linearHomeostasis];
