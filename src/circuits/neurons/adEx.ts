import { right } from 'fp-ts/lib/Either.js';
import { refuse } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema, type Relation } from '../../core/params/schema.js';
import { nonNegativeScalar, positiveScalar, scalar } from '../../core/params/validation.js';
import { conductanceFields } from './membrane.js';
import { conductanceReceptors } from './receptors.js';

const fields = {
  /** Capacitance, pF. Default 281. */
  capacitance: param(281, positiveScalar),
  /** Conductance of the leak, nS. Default 30. */
  leak: param(30, positiveScalar),
  /** Potential that it decays to, mV. Default −70.6. */
  vRest: param(-70.6, scalar),
  /** Where the spike takes off, mV. Default −50.4. */
  vTh: param(-50.4, scalar),
  /** How sharply, mV. Default 2. */
  slopeFactor: param(2, positiveScalar),
  /** Where it is taken for a spike, mV: strictly above. Default 20. */
  vPeak: param(20, scalar),
  /** Potential after a spike, mV. Default −70.6. */
  vReset: param(-70.6, scalar),
  /** How long it is held there, ms, a whole number of steps. Default 0. */
  tauRefractory: param(0, nonNegativeScalar),
  /** Adaptation below threshold, nS. Default 4. */
  a: param(4, scalar),
  /** What a spike adds to the adaptation, pA. Default 80.5. */
  b: param(80.5, scalar),
  /** Time constant of the adaptation, ms. Default 144. */
  tauAdaptation: param(144, positiveScalar),
  /** Steady current, pA. Default 0. */
  current: param(0, scalar),
};

/**
 * Parameters of `'adEx'`, adaptive exponential neurons:
 *
 *     capacitance·dv/dt = leak·(vRest − v) + leak·slopeFactor·exp((v − vTh)/slopeFactor) + Σ g·(reversal − v) − w + current
 *     tauAdaptation·dw/dt = a·(v − vRest) − w        v > vPeak: v = vReset, w += b
 *
 * Source: Brette and Gerstner 2005, whose numbers the defaults are.
 */
export interface AdExNeuronParams extends ParamsOf<typeof fields>, ParamsOf<typeof conductanceFields> {}

const peakAbove: Relation<{ readonly vPeak: number; readonly vTh: number; readonly vReset: number }> = (params, where) =>
  params.vPeak > params.vTh && params.vPeak > params.vReset
    ? right(undefined)
    : refuse(where, 'vPeak', `must be above vTh and vReset, got ${params.vPeak}, ${params.vTh} and ${params.vReset}`);

/** What completes and checks {@link AdExNeuronParams}. */
export const adExNeuron = paramsSchema<AdExNeuronParams>(
  'adEx',
  { ...fields, ...conductanceFields },
  conductanceReceptors,
  peakAbove,
);
