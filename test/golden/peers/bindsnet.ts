import { bindsnetHebbian, bindsnetPostPre, bindsnetWeightDependentPostPre } from '../../../src/papers/bindsnetPair.js';
import { bindsnetMstdp, bindsnetMstdpet } from '../../../src/papers/bindsnetReward.js';
import type { Family } from '../families.js';
import type { GoldenCase } from '../load.js';

const pairs = ({ params }: GoldenCase) => ({
  nu: params.nu,
  dt: params.dt,
  tcTracePre: params.tc_trace_pre,
  tcTracePost: params.tc_trace_post,
  tracesAdditive: Boolean(params.traces_additive),
  wMin: params.wmin,
  wMax: params.wmax,
  traceScale: params.trace_scale,
  weightDecay: params.weight_decay,
  reduction: params.reduction,
});

const rewards = ({ params }: GoldenCase) => ({
  nu: params.nu,
  dt: params.dt,
  aPlus: params.a_plus,
  aMinus: params.a_minus,
  tcPlus: params.tc_plus,
  tcMinus: params.tc_minus,
  tcETrace: params.tc_e_trace,
  wMin: params.wmin,
  wMax: params.wmax,
  weightDecay: params.weight_decay,
  reduction: params.reduction,
});

export const pairRules = [
  { cases: 'bindsnet_postpre__', rule: (golden: GoldenCase) => bindsnetPostPre(pairs(golden)) },
  { cases: 'bindsnet_weightdep__', rule: (golden: GoldenCase) => bindsnetWeightDependentPostPre(pairs(golden)) },
  { cases: 'bindsnet_hebbian__', rule: (golden: GoldenCase) => bindsnetHebbian(pairs(golden)) },
] as const;

export const rewardRules = [
  { cases: 'bindsnet_mstdp__', rule: (golden: GoldenCase) => bindsnetMstdp(rewards(golden)) },
  { cases: 'bindsnet_mstdpet__', rule: (golden: GoldenCase) => bindsnetMstdpet(rewards(golden)) },
] as const;

/** The network's rule reads the traces of its two layers. */
export const network = {
  cases: 'bindsnet_diehlcook2015__',
  rule: ({ params }: GoldenCase) => {
    const { nu, dt, wmin: wMin, wmax: wMax, X, Ae } = params;
    return bindsnetPostPre({ nu, dt, tcTracePre: X.tc_trace, tcTracePost: Ae.tc_trace, wMin, wMax });
  },
};

export const families: readonly Family[] = [...pairRules, ...rewardRules, network];
