import { right } from 'fp-ts/lib/Either.js';
import { refuse } from '../../core/errors.js';
import { param, type Relation } from '../../core/params/schema.js';
import { aRecord, type Check, nonNegativeScalar, positiveScalar, scalar } from '../../core/params/validation.js';
import type { ConductanceReceptor, Receptors } from './receptors.js';

/** A leaky membrane that fires at a threshold. */
export const membraneFields = {
  /** Capacitance, pF. Default 200. */
  capacitance: param(200, positiveScalar),
  /** Conductance of the leak, nS: the membrane's time constant is capacitance/leak, in ms. Default 10. */
  leak: param(10, positiveScalar),
  /** Potential that it decays to, mV. Default −60. */
  vRest: param(-60, scalar),
  /** Threshold, mV: a neuron fires strictly above. Default −50. */
  vTh: param(-50, scalar),
  /** Potential after a spike, mV. Default −60. */
  vReset: param(-60, scalar),
  /** How long it is held there, ms, a whole number of steps. Default 5. */
  tauRefractory: param(5, nonNegativeScalar),
  /** Steady current, pA. Default 0. */
  current: param(0, scalar),
};

/** Receptors of conductances, for a fast excitation and a slower inhibition. */
export const conductanceFields = {
  /** Receptors by name: conductances g, nS, that decay with `tau`, ms, and pull to `reversal`, mV. Default `ampa` 5, 0; `gaba` 10, −80. */
  receptors: param<Receptors<ConductanceReceptor>, Receptors<ConductanceReceptor>>(
    { ampa: { tau: 5, reversal: 0 }, gaba: { tau: 10, reversal: -80 } },
    aRecord as Check<Receptors<ConductanceReceptor>>,
  ),
};

/** Refuses a reset that fires again at once. */
export const resetBelow: Relation<{ readonly vReset: number; readonly vTh: number }> = ({ vReset, vTh }, where) =>
  vReset < vTh ? right(undefined) : refuse(where, 'vReset', `must be below vTh, got ${vReset} and ${vTh}`);
