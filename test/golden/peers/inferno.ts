import { homeostasis } from '../../../src/rules/homeostasis/homeostasis.js';
import { delayAdjustedKernelStdp, delayAdjustedKernelStdpDelay } from '../../../src/rules/lastSpike/delayAdjustedKernelStdp.js';
import { delayAdjustedMstdp, delayAdjustedMstdpDelay } from '../../../src/rules/lastSpike/delayAdjustedMstdp.js';
import { delayAdjustedStdp, delayAdjustedStdpDelay } from '../../../src/rules/lastSpike/delayAdjustedStdp.js';
import { kernelStdp } from '../../../src/rules/lastSpike/kernelStdp.js';
import { twoFactorStdp } from '../../../src/rules/pair/twoFactorStdp.js';
import { mstdp } from '../../../src/rules/reward/mstdp.js';
import { mstdpet } from '../../../src/rules/reward/mstdpet.js';
import { tripletStdp } from '../../../src/rules/triplet/tripletStdp.js';
import type { BatchReduction } from '../../../src/updates/batchReduction.js';
import type { BoundName, HalfBound, ParameterBounds } from '../../../src/updates/halfBound.js';
import { fullBound } from '../../../src/updates/parameterBounds.js';
import type { Family } from '../families.js';
import { type GoldenCase, given, translated } from '../load.js';
import { topologyOf } from '../topology.js';

const reductions: Readonly<Record<string, BatchReduction>> = { sum: 'sum', mean: 'mean', amax: 'max' };
/** How the samples of a batch combine; the rule's default unless the case says. */
const reduction = ({ params: { batch_reduction: name } }: GoldenCase): BatchReduction | undefined =>
  name === undefined ? undefined : translated(reductions, name);

export const hasDelay = ({ inputs }: GoldenCase): boolean => inputs.delay !== undefined && inputs.delay !== null;

/** The longest delay: of the connection, or the longest there is. */
const maxDelay = (golden: GoldenCase): number | undefined => {
  if (!hasDelay(golden)) return undefined;
  return golden.params.max_delay ?? Math.max(...golden.inputs.delay.data);
};

/** How a trainer looks back: into its own record, or, when it isn't `delayed`, into what the synapses held back. */
const axons = (golden: GoldenCase) => {
  if (!hasDelay(golden)) return {};
  const { delayed, interp_tolerance, synapse_interp_tol, synapse_interp_mode } = golden.params;
  const looksBack = delayed
    ? { interpTolerance: interp_tolerance }
    : { interpTolerance: synapse_interp_tol ?? 0, interpolation: synapse_interp_mode };
  return { ...looksBack, delayed: Boolean(delayed), maxDelay: maxDelay(golden) };
};

const traces = (golden: GoldenCase) => ({
  dt: golden.params.dt,
  traceMode: golden.params.trace_mode,
  ...axons(golden),
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
  apart: ({ params }) => (params.update_every ?? 1) > 1, // the updater's
  rule: (golden) => twoFactorStdp(given(pairs(golden)), topologyOf(golden)),
};
export const traceRules: readonly Family[] = [
  twoFactor,
  { cases: 'inferno_triplet_', rule: (golden) => tripletStdp(given(triplets(golden)), topologyOf(golden)) },
  { cases: 'inferno_mstdp_', rule: (golden) => mstdp(given(rewards(golden)), topologyOf(golden)) },
  {
    cases: 'inferno_mstdpet_',
    rule: (golden) => mstdpet(given({ ...rewards(golden), tauEligibility: golden.params.tc_eligibility }), topologyOf(golden)),
  },
];

const boundNames: Readonly<Record<string, BoundName>> = {
  ...{ power: 'power', scaled_power: 'scaledPower', sharp: 'sharp' },
  ...{ multiplicative: 'multiplicative', scaled_multiplicative: 'scaledMultiplicative' },
};
/** Our name of a bound. */
export const boundName = (name: string): BoundName => translated(boundNames, name);

/** The bounds of a case: two halves, each with settings of its own, or a full one; none unless it names one. */
export const boundsOf = ({ params: { bound: name, min, max, upper, lower } }: GoldenCase): ParameterBounds => {
  if (name === undefined) return {};
  const bound = boundName(name);
  if (upper === undefined) return fullBound({ bound, min, max });
  const half = (limit: number, { power, range }: { readonly power?: number; readonly range?: number }) =>
    given({ bound, limit, exponent: power, range }) as HalfBound;
  return { upper: half(max, upper), lower: half(min, lower) };
};

export const exponential = ({
  learning_rate,
  time_constant,
}: {
  readonly learning_rate: number;
  readonly time_constant: number;
}) => ({ kernel: 'exponential' as const, eta: learning_rate, tau: time_constant });

const latest = (golden: GoldenCase) => ({ dt: golden.params.dt, gate: 'always', batchReduction: reduction(golden) });
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
const learntDelays = ({ params }: GoldenCase) => ({ maxDelay: params.max_delay });
const scale = ({ params }: GoldenCase) => ({ scale: params.scale });

export const kernel: Family = {
  cases: 'inferno_kernel__',
  rule: (golden) => kernelStdp(given({ ...kernels(golden), ...axons(golden) }), topologyOf(golden)),
};

export const delayAdjusted: readonly Family[] = [
  {
    cases: 'inferno_delayadjustedkernelstdp__',
    rule: (golden) => delayAdjustedKernelStdp(given(kernels(golden)), topologyOf(golden)),
  },
  {
    cases: 'inferno_delayadjustedkernelstdpd__',
    rule: (golden) => delayAdjustedKernelStdpDelay(given({ ...kernels(golden), ...learntDelays(golden) }), topologyOf(golden)),
  },
  { cases: 'inferno_delayadjustedstdp__', rule: (golden) => delayAdjustedStdp(given(rates(golden)), topologyOf(golden)) },
  {
    cases: 'inferno_delayadjustedstdpd__',
    rule: (golden) => delayAdjustedStdpDelay(given({ ...rates(golden), ...learntDelays(golden) }), topologyOf(golden)),
  },
  {
    cases: 'inferno_delayadjustedmstdp__',
    rule: (golden) => delayAdjustedMstdp(given({ ...rates(golden), ...scale(golden) }), topologyOf(golden)),
  },
  {
    cases: 'inferno_delayadjustedmstdpd__',
    rule: (golden) =>
      delayAdjustedMstdpDelay(given({ ...rates(golden), ...scale(golden), ...learntDelays(golden) }), topologyOf(golden)),
  },
];

export const linearHomeostasis = {
  cases: 'inferno_homeostasis__',
  rule: (golden: GoldenCase) => {
    const { plasticity, target, param } = golden.params;
    return homeostasis(
      given({
        plasticity,
        target: typeof target === 'number' ? target : target.data,
        parameter: param === 'delay' ? 'delay' : 'weight',
        batchReduction: reduction(golden),
      }),
    );
  },
};

export const families: readonly Family[] = [...traceRules, kernel, ...delayAdjusted, linearHomeostasis];
