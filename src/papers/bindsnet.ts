import { orThrow } from '../core/errors.js';
import { isListOf } from '../core/lists.js';
import {
  check,
  flag,
  fractionScalar,
  nothingMore,
  oneOf,
  positiveScalar,
  scalar,
  timeConstantScalar,
  validateParams,
} from '../core/params/validation.js';
import { pairRule } from '../rules/pair/pairStdp.js';
import type { PairStdpParams } from '../rules/pair/pairStdpParams.js';
import type { StdpState } from '../rules/pair/stdpState.js';
import type { EligibilityStdpParams } from '../rules/reward/eligibilityParams.js';
import { type EligibilityState, eligibilityRule } from '../rules/reward/eligibilityStdp.js';
import type { Rule } from '../rules/rule.js';
import { dense } from '../topologies/dense.js';
import type { Topology } from '../topologies/topology.js';

/**
 * BindsNET's arguments of its unsupervised rules, under its own names.
 *
 * @property nu              rates [ν₀ of post before pre, ν₁ of pre before post]; one number for both.
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
  readonly nu: number | readonly [number, number];
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
 * @property nu        the rate, or a pair of which the first is the rate and the second is not used.
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
  readonly nu: number | readonly [number, number];
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
 * @throws {StdpError} when a parameter is unknown, missing or out of range; so do its siblings.
 *
 * Source: BindsNET `PostPre`.
 *
 * @example
 * const rule = bindsnetPostPre({ nu: [0.01, 0.02] });
 * rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }))[0].print();   // => [[0.5 - 0.01 + 0.02]]
 */
export function bindsnetPostPre(params: BindsnetParams, topology: Topology = dense, ...more: readonly never[]): Rule<StdpState> {
  nothingMore(more, 'bindsnetPostPre', 'bindsnetPostPre(params, topology)');
  return pairForm('bindsnetPostPre', params, topology, (pair) => pair);
}

/**
 * {@link bindsnetPostPre} with depression times (w − wMin) and potentiation times (wMax − w).
 *
 * Source: BindsNET `WeightDependentPostPre`.
 *
 * @example
 * const rule = bindsnetWeightDependentPostPre({ nu: [0.01, 0.02] });
 * rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }))[0].print();   // => [[0.5 + (0.02 - 0.01) * 0.5]]
 */
export function bindsnetWeightDependentPostPre(
  params: BindsnetParams,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<StdpState> {
  nothingMore(more, 'bindsnetWeightDependentPostPre', 'bindsnetWeightDependentPostPre(params, topology)');
  return pairForm('bindsnetWeightDependentPostPre', params, topology, (pair) => ({
    ...pair,
    weightDependence: 'multiplicativePow',
    mu: 1,
  }));
}

/**
 * {@link bindsnetPostPre} in which both orders potentiate.
 *
 * Source: BindsNET `Hebbian`.
 *
 * @example
 * const rule = bindsnetHebbian({ nu: [0.01, 0.02] });
 * rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }))[0].print();   // => [[0.5 + 0.01 + 0.02]]
 */
export function bindsnetHebbian(params: BindsnetParams, topology: Topology = dense, ...more: readonly never[]): Rule<StdpState> {
  nothingMore(more, 'bindsnetHebbian', 'bindsnetHebbian(params, topology)');
  return pairForm('bindsnetHebbian', params, topology, (pair) => ({ ...pair, etaMinus: -pair.etaMinus }));
}

/**
 * BindsNET's `MSTDP` is {@link eligibilityStdp} that forgets at once and whose reward meets the pairs of the step before.
 *
 * Source: BindsNET `MSTDP`.
 *
 * @example
 * bindsnetMstdp({ nu: [0.01, 0] }).toJSON().rule;   // => 'eligibilityStdp'
 */
export function bindsnetMstdp(
  params: BindsnetRewardParams,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<EligibilityState> {
  nothingMore(more, 'bindsnetMstdp', 'bindsnetMstdp(params, topology)');
  const where = 'bindsnetMstdp';
  return eligibilityRule({ ...rewardParams(completeReward(params, where), 1), tauEligibility: 0 }, topology, where);
}

/**
 * BindsNET's `MSTDPET` is {@link eligibilityStdp} with rates ν₀·dt/tcETrace. Batches work (in the peer only those of one).
 *
 * Source: BindsNET `MSTDPET`.
 *
 * @example
 * bindsnetMstdpet({ nu: [0.5, 0], tcETrace: 25 }).toJSON().rule;   // => 'eligibilityStdp'
 */
export function bindsnetMstdpet(
  params: BindsnetRewardParams,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<EligibilityState> {
  nothingMore(more, 'bindsnetMstdpet', 'bindsnetMstdpet(params, topology)');
  const where = 'bindsnetMstdpet';
  const complete = completeReward(params, where);
  const { tcETrace, dt } = complete;
  return eligibilityRule({ ...rewardParams(complete, dt / tcETrace), tauEligibility: tcETrace }, topology, where);
}

const isRate = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(Math.fround(value));

const areRates = (value: unknown): boolean => isRate(value) || (isListOf(value, isRate) && value.length === 2);

const shared = { dt: 1, wMin: 0, wMax: 1, weightDecay: 0, reduction: 'sum' } as const;

const sharedChecks = {
  nu: check('a finite number or two', areRates),
  dt: positiveScalar,
  wMin: scalar,
  wMax: scalar,
  weightDecay: fractionScalar,
  reduction: oneOf('sum', 'mean', 'max'),
};

/** The pair rule that a rule of BindsNET's is, by the peer's arguments. */
function pairForm(
  where: string,
  given: BindsnetParams,
  topology: Topology,
  changed: (pair: Form) => Partial<PairStdpParams>,
): Rule<StdpState> {
  const defaults = { ...shared, tcTracePre: 20, tcTracePost: 20, tracesAdditive: false, traceScale: 1 };
  const params = orThrow(
    validateParams<Required<BindsnetParams>>(where, defaults as Required<BindsnetParams>, given, {
      ...sharedChecks,
      tcTracePre: timeConstantScalar,
      tcTracePost: timeConstantScalar,
      tracesAdditive: flag,
      traceScale: scalar,
    }),
  );
  return pairRule(changed(formOf(params)), topology, { where, pre: 'pre', post: 'post' });
}

type Form = Partial<PairStdpParams> & { readonly etaMinus: number };

function formOf({ nu, dt, tcTracePre, tcTracePost, tracesAdditive, traceScale, ...params }: Required<BindsnetParams>): Form {
  const [depression, potentiation] = typeof nu === 'number' ? [nu, nu] : nu;
  const { wMin, wMax, weightDecay, reduction } = params;
  return {
    dt,
    etaMinus: depression,
    etaPlus: potentiation,
    tauPre: tcTracePre,
    tauPost: tcTracePost,
    aPre: traceScale,
    aPost: traceScale,
    traceMode: tracesAdditive ? 'cumulative' : 'nearest',
    integration: 'exact',
    wMin,
    wMax,
    weightDecay,
    batchReduction: reduction,
  };
}

function completeReward(given: BindsnetRewardParams, where: string): Required<BindsnetRewardParams> {
  const defaults = { ...shared, aPlus: 1, aMinus: -1, tcPlus: 20, tcMinus: 20, tcETrace: 25 };
  return orThrow(
    validateParams<Required<BindsnetRewardParams>>(where, defaults as Required<BindsnetRewardParams>, given, {
      ...sharedChecks,
      aPlus: scalar,
      aMinus: scalar,
      tcPlus: timeConstantScalar,
      tcMinus: timeConstantScalar,
      tcETrace: timeConstantScalar,
    }),
  );
}

function rewardParams(params: Required<BindsnetRewardParams>, factor: number): Partial<EligibilityStdpParams> {
  const { nu, dt, aPlus, aMinus, tcPlus, tcMinus, wMin, wMax, weightDecay, reduction } = params;
  const rate = typeof nu === 'number' ? nu : nu[0];
  return {
    dt,
    etaPlus: rate * aPlus * factor,
    etaMinus: -rate * aMinus * factor,
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
