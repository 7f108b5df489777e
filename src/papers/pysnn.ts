import { ensure, orThrow } from '../core/errors.js';
import {
  fractionScalar,
  nonNegativeScalar,
  nothingMore,
  oneOf,
  positiveScalar,
  scalar,
  validateParams,
} from '../core/params/validation.js';
import { type FedeState, fedeRule } from '../rules/homeostasis/fedeStdp.js';
import { type EligibilityState, eligibilityRule } from '../rules/reward/eligibilityStdp.js';
import type { Rule } from '../rules/rule.js';
import { dense } from '../topologies/dense.js';
import type { Topology } from '../topologies/topology.js';
import { tauOfDecay } from '../traces/linearTrace.js';

/** The traces of PySNN's neurons, under its own names. */
export interface PysnnTraceParams {
  /** `'exponential'`: x + dt/tauT·(alphaT·z − x); `'linear'`: x·tauT + alphaT·z. Default `'exponential'`. */
  readonly traceUpdate?: 'exponential' | 'linear';
  /** Time constant, ms; with `'linear'` the fraction that stays. Default 20. */
  readonly tauT?: number;
  /** Amplitude. Default 1. */
  readonly alphaT?: number;
  /** Step, ms. Default 1. */
  readonly dt?: number;
}

/**
 * PySNN's `MSTDPET`, {@link eligibilityStdp} under its arguments: E = eTraceDecay·E + aPre·xPre ⊗ zPost − aPost·zPre ⊗ xPost,
 * w + lr·R·E, averaged over batch and positions, not clamped.
 *
 * The eligibility in the state is `lr·E`, averaged over positions: what a reward of 1 would change.
 *
 * @throws {StdpError} when a parameter is unknown, missing or out of range.
 *
 * Source: PySNN `MSTDPET`.
 *
 * @example
 * const rule = pysnnMstdpet({ aPre: 1, aPost: 0, lr: 0.1, eTraceDecay: 0.9, traceUpdate: 'linear', tauT: 0.5 });
 * rule.step({ pre: [1], post: [1], reward: 2 }, [[0.5]], rule.init({ pre: [1], post: [1] }))[0].print();   // => [[0.7]]
 */
export function pysnnMstdpet(
  given: PysnnMstdpetParams,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<EligibilityState> {
  nothingMore(more, 'pysnnMstdpet', 'pysnnMstdpet(params, topology)');
  const where = 'pysnnMstdpet';
  const checks = { ...traceChecks, aPre: scalar, aPost: scalar, lr: scalar, eTraceDecay: fractionScalar };
  const params = orThrow(
    validateParams<Required<PysnnMstdpetParams>>(where, traceDefaults as Required<PysnnMstdpetParams>, given, checks),
  );
  const { aPre, aPost, lr, eTraceDecay, alphaT, dt } = params;
  const shared = { positions: 'mean', batchReduction: 'mean', tauEligibility: tauOfDecay(eTraceDecay, dt, where) } as const;
  const { tauPre, integration } = trace(params, where);
  const rates = { etaPlus: lr * aPre * alphaT, etaMinus: lr * aPost * alphaT };
  return eligibilityRule({ ...shared, ...rates, dt, tauPre, tauPost: tauPre, integration }, topology, where);
}

/**
 * PySNN's `FedeSTDP`, {@link fedeStdp} under its arguments: every weight learns in every step, post spikes play no part.
 *
 * @throws {StdpError} when a parameter is unknown, missing or out of range.
 *
 * Source: PySNN `FedeSTDP`.
 *
 * @example
 * const rule = pysnnFedeStdp({ lr: 0.1, wInit: 0.5, a: 0.2 });
 * rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }))[0].print();   // => [[0.5 + 0.1 * (Math.E - 1)]]
 */
export function pysnnFedeStdp(
  given: PysnnFedeStdpParams,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<FedeState> {
  nothingMore(more, 'pysnnFedeStdp', 'pysnnFedeStdp(params, topology)');
  const where = 'pysnnFedeStdp';
  const checks = { ...traceChecks, lr: scalar, wInit: scalar, a: scalar };
  const params = orThrow(
    validateParams<Required<PysnnFedeStdpParams>>(where, traceDefaults as Required<PysnnFedeStdpParams>, given, checks),
  );
  const { lr, wInit, a, dt } = params;
  const peer = { gate: 'always', normalization: 'batch' } as const;
  return fedeRule({ ...peer, ...trace(params, where), etaPlus: lr, etaMinus: lr, wInit, a, dt }, topology, where);
}

/** What {@link pysnnMstdpet} takes beside the traces. */
export type PysnnMstdpetParams = PysnnTraceParams & {
  /** What a presynaptic trace adds to the eligibility. */
  readonly aPre: number;
  /** What a postsynaptic trace takes off it. */
  readonly aPost: number;
  /** Learning rate. */
  readonly lr: number;
  /** Factor of the eligibility in each step. */
  readonly eTraceDecay: number;
};

/**
 * What {@link pysnnFedeStdp} takes beside the traces.
 *
 * @property lr     learning rate.
 * @property wInit  the weight around which both sides balance.
 * @property a      how strongly the change depends on the trace, in [0, 1].
 */
export type PysnnFedeStdpParams = PysnnTraceParams & { readonly lr: number; readonly wInit: number; readonly a: number };

const traceDefaults: Required<PysnnTraceParams> = { traceUpdate: 'exponential', tauT: 20, alphaT: 1, dt: 1 };

const traceChecks = { traceUpdate: oneOf('exponential', 'linear'), tauT: nonNegativeScalar, alphaT: scalar, dt: positiveScalar };

function trace({ traceUpdate, tauT, dt }: Required<PysnnTraceParams>, where: string) {
  const range = traceUpdate === 'linear' ? 'a fraction in [0, 1] of a linear trace' : `at least half of dt = ${dt} ms`;
  const inRange = traceUpdate === 'linear' ? tauT <= 1 : Math.fround(2 * tauT) >= Math.fround(dt);
  ensure(inRange, where, 'tauT', () => `must be ${range}, got ${tauT}`);
  return traceUpdate === 'linear'
    ? ({ tauPre: tauOfDecay(tauT, dt, where), integration: 'exact' } as const)
    : ({ tauPre: tauT, integration: 'euler' } as const);
}
