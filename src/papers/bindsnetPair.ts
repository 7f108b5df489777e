import { orThrow } from '../core/errors.js';
import { flag, nothingMore, scalar, timeConstantScalar, validateParams } from '../core/params/validation.js';
import { pairRule } from '../rules/pair/pairStdp.js';
import type { PairStdpParams } from '../rules/pair/pairStdpParams.js';
import type { StdpState } from '../rules/pair/stdpState.js';
import type { Rule } from '../rules/rule.js';
import { dense } from '../topologies/dense.js';
import type { Topology } from '../topologies/topology.js';
import { shared, sharedChecks } from './bindsnetShared.js';

/** BindsNET's arguments of its unsupervised rules, under its own names. */
export interface BindsnetParams {
  /** Rates [ν₀ of post before pre, ν₁ of pre before post]; one number for both. */
  readonly nu: number | readonly [number, number];
  /** Step, ms. Default 1. */
  readonly dt?: number;
  /** Time constant of the inputs' traces, ms. Default 20. */
  readonly tcTracePre?: number;
  /** Time constant of the outputs' traces, ms. Default 20. */
  readonly tcTracePost?: number;
  /** Whether spikes add to a trace; else they set it. Default false. */
  readonly tracesAdditive?: boolean;
  /** What they add, or set it to. Default 1. */
  readonly traceScale?: number;
  /** Lower bound. Default 0. */
  readonly wMin?: number;
  /** Upper bound. Default 1. */
  readonly wMax?: number;
  /** Fraction of every weight that is lost in each step. Default 0. */
  readonly weightDecay?: number;
  /** How changes of a batch combine. Default `'sum'`. */
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
