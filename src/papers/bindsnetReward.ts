import { orThrow } from '../core/errors.js';
import { nothingMore, scalar, timeConstantScalar, validateParams } from '../core/params/validation.js';
import { type EligibilityState, type EligibilityStdpParams, eligibilityRule } from '../rules/reward/eligibilityStdp.js';
import type { Rule } from '../rules/rule.js';
import { dense } from '../topologies/dense.js';
import type { Topology } from '../topologies/topology.js';
import { shared, sharedChecks } from './bindsnetShared.js';

/** BindsNET's arguments of its reward-modulated rules. */
export interface BindsnetRewardParams {
  /** The rate, or a pair of which the first is the rate and the second is not used. */
  readonly nu: number | readonly [number, number];
  /** Step, ms. Default 1. */
  readonly dt?: number;
  /** Amplitude of the inputs' traces. Default 1. */
  readonly aPlus?: number;
  /** Amplitude of the outputs' traces, negative. Default −1. */
  readonly aMinus?: number;
  /** Time constant of the inputs' traces, ms. Default 20. */
  readonly tcPlus?: number;
  /** Time constant of the outputs' traces, ms. Default 20. */
  readonly tcMinus?: number;
  /** Time constant of the eligibility, ms (MSTDPET). Default 25. */
  readonly tcETrace?: number;
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
