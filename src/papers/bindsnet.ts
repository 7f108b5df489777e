import type { EligibilityStdpParams } from '../rules/eligibilityParams.js';
import { type EligibilityState, eligibilityStdp } from '../rules/eligibilityStdp.js';
import { pairStdp } from '../rules/pairStdp.js';
import type { PairStdpParams } from '../rules/pairStdpParams.js';
import type { Rule } from '../rules/rule.js';
import type { StdpState } from '../rules/stdpState.js';
import type { Topology } from '../topologies/topology.js';

/**
 * BindsNET's arguments of its unsupervised rules, under its own names.
 *
 * @property nu              rates [ν₀ of post before pre, ν₁ of pre before post].
 * @property dt              step, ms. Default 1.
 * @property tcTracePre      time constant of the inputs' traces, ms. Default 20.
 * @property tcTracePost     time constant of the outputs' traces, ms. Default 20.
 * @property tracesAdditive  whether spikes add to a trace; else they set it. Default false.
 * @property traceScale      what they add, or set it to. Default 1.
 * @property wMin            lower bound. Default 0.
 * @property wMax            upper bound. Default 1.
 * @property weightDecay     fraction of every weight that is lost in each step. Default 0.
 * @property reduction       over the batch. Default `'sum'`.
 */
export interface BindsnetParams {
  readonly nu: readonly [number, number];
  readonly dt?: number;
  readonly tcTracePre?: number;
  readonly tcTracePost?: number;
  readonly tracesAdditive?: boolean;
  readonly traceScale?: number;
  readonly wMin?: number;
  readonly wMax?: number;
  readonly weightDecay?: number;
  readonly reduction?: 'sum' | 'mean' | 'max';
}

/**
 * BindsNET's arguments of its reward-modulated rules.
 *
 * @property nu        its first entry is the rate; the second is not used.
 * @property dt        step, ms. Default 1.
 * @property aPlus     amplitude of the inputs' traces. Default 1.
 * @property aMinus    amplitude of the outputs' traces, negative. Default −1.
 * @property tcPlus    time constant of the inputs' traces, ms. Default 20.
 * @property tcMinus   time constant of the outputs' traces, ms. Default 20.
 * @property tcETrace  time constant of the eligibility, ms (MSTDPET). Default 25.
 * @property wMin      lower bound. Default 0.
 * @property wMax      upper bound. Default 1.
 * @property weightDecay  fraction of every weight that is lost in each step. Default 0.
 * @property reduction  over the batch. Default `'sum'`.
 */
export interface BindsnetRewardParams {
  readonly nu: readonly [number, number];
  readonly dt?: number;
  readonly aPlus?: number;
  readonly aMinus?: number;
  readonly tcPlus?: number;
  readonly tcMinus?: number;
  readonly tcETrace?: number;
  readonly wMin?: number;
  readonly wMax?: number;
  readonly weightDecay?: number;
  readonly reduction?: 'sum' | 'mean' | 'max';
}

/**
 * BindsNET's `PostPre` is {@link pairStdp} with exact traces that spikes set: w − ν₀·Σ zPre ⊗ xPost + ν₁·Σ xPre ⊗ zPost, clipped.
 *
 * Source: BindsNET `PostPre`.
 *
 * @example
 * const rule = bindsnetPostPre({ nu: [0.01, 0.02] });
 * rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }))[0].print();   // => [[0.5 - 0.01 + 0.02]]
 */
export const bindsnetPostPre = (params: BindsnetParams, topology?: Topology): Rule<StdpState> =>
  pairStdp(pairParams(params), topology);

/**
 * {@link bindsnetPostPre} with depression times (w − wMin) and potentiation times (wMax − w).
 *
 * Source: BindsNET `WeightDependentPostPre`.
 *
 * @example
 * const rule = bindsnetWeightDependentPostPre({ nu: [0.01, 0.02] });
 * rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }))[0].print();   // => [[0.5 + (0.02 - 0.01) * 0.5]]
 */
export const bindsnetWeightDependentPostPre = (params: BindsnetParams, topology?: Topology): Rule<StdpState> =>
  pairStdp({ ...pairParams(params), weightDependence: 'multiplicativePow', mu: 1 }, topology);

/**
 * {@link bindsnetPostPre} in which both orders potentiate.
 *
 * Source: BindsNET `Hebbian`.
 *
 * @example
 * const rule = bindsnetHebbian({ nu: [0.01, 0.02] });
 * rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }))[0].print();   // => [[0.5 + 0.01 + 0.02]]
 */
export const bindsnetHebbian = (params: BindsnetParams, topology?: Topology): Rule<StdpState> =>
  pairStdp({ ...pairParams(params), etaMinus: -params.nu[0] }, topology);

/**
 * BindsNET's `MSTDP` is {@link eligibilityStdp} that forgets at once and whose reward meets the pairs of the step before.
 *
 * Source: BindsNET `MSTDP`.
 *
 * @example
 * bindsnetMstdp({ nu: [0.01, 0] }).toJSON().rule;   // => 'eligibilityStdp'
 */
export const bindsnetMstdp = (params: BindsnetRewardParams, topology?: Topology): Rule<EligibilityState> =>
  eligibilityStdp({ ...rewardParams(params, 1), tauEligibility: 0 }, topology);

/**
 * BindsNET's `MSTDPET` is {@link eligibilityStdp} with rates ν₀·dt/tcETrace. Batches work (in the peer only those of one).
 *
 * Source: BindsNET `MSTDPET`.
 *
 * @example
 * bindsnetMstdpet({ nu: [0.5, 0], tcETrace: 25 }).toJSON().rule;   // => 'eligibilityStdp'
 */
export const bindsnetMstdpet = (params: BindsnetRewardParams, topology?: Topology): Rule<EligibilityState> => {
  const { tcETrace = 25, dt = 1 } = params;
  return eligibilityStdp({ ...rewardParams(params, dt / tcETrace), tauEligibility: tcETrace }, topology);
};

function pairParams(params: BindsnetParams): Partial<PairStdpParams> {
  const { nu, dt = 1, tcTracePre = 20, tcTracePost = 20, traceScale = 1, reduction = 'sum' } = params;
  const { wMin = 0, wMax = 1, weightDecay = 0 } = params;
  return {
    dt,
    etaMinus: nu[0],
    etaPlus: nu[1],
    tauPre: tcTracePre,
    tauPost: tcTracePost,
    aPre: traceScale,
    aPost: traceScale,
    traceMode: params.tracesAdditive === true ? 'cumulative' : 'nearest',
    integration: 'exact',
    wMin,
    wMax,
    weightDecay,
    batchReduction: reduction,
  };
}

function rewardParams(params: BindsnetRewardParams, factor: number): Partial<EligibilityStdpParams> {
  const { nu, dt = 1, aPlus = 1, aMinus = -1, tcPlus = 20, tcMinus = 20, reduction = 'sum' } = params;
  const { wMin = 0, wMax = 1, weightDecay = 0 } = params;
  return {
    dt,
    etaPlus: nu[0] * aPlus * factor,
    etaMinus: -nu[0] * aMinus * factor,
    tauPre: tcPlus,
    tauPost: tcMinus,
    readout: 'previous',
    wMin,
    wMax,
    weightDecay,
    hardBound: true,
    batchReduction: reduction,
  };
}
