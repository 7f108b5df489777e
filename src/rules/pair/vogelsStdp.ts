import * as tf from '@tensorflow/tfjs-core';
import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { forAll, nonNegative, positiveScalar, rate, timeConstant, weightBound } from '../../core/params/validation.js';
import { asTensor } from '../../core/tensors.js';
import { clampedBoundFields, orderedBounds } from '../boundParams.js';
import { ofActivities } from '../ofActivities.js';
import { type RuleMaker, ruleMaker } from '../ruleMaker.js';
import { pairSides } from './pairTraces.js';
import type { StdpState } from './stdpState.js';
import { aSymmetricCoincidence, symmetricActivities } from './symmetricStdp.js';

const fields = {
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** Time constant of both traces, ms: one number (or a tensor of one). Default 20. */
  tau: param(20, forAll(timeConstant)),
  /** Learning rate, in the unit of the weights. Default 0.01. */
  eta: param(0.01, rate),
  /** Rate ρ₀ at which the postsynaptic neurons settle, Hz. Default 5. */
  targetRate: param(5, nonNegative),
  /** Upper bound of the weights. Default 100. */
  wMax: param(100, weightBound),
  /** How often a simultaneous pre and post spike counts, as in {@link SymmetricStdpParams}. Default `'once'`. */
  coincidence: param('once', aSymmetricCoincidence),
};

/** Parameters of inhibitory plasticity. */
export interface VogelsStdpParams extends ParamsOf<typeof fields>, ParamsOf<typeof clampedBoundFields> {}

const schema = paramsSchema<VogelsStdpParams>('vogelsStdp', { ...clampedBoundFields, ...fields }, orderedBounds);

/** The defaults of {@link VogelsStdpParams}. */
export const vogelsStdpDefaults: VogelsStdpParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateVogelsStdpParams({ targetRate: -1 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'vogelsStdp: targetRate must be a number ≥ 0, got -1'
 */
export const validateVogelsStdpParams = (given?: Partial<VogelsStdpParams>): Validated<VogelsStdpParams> =>
  schema.validate(given);

/**
 * Inhibitory plasticity that balances excitation: {@link symmetricStdp} with the depression that makes the postsynaptic
 * neurons settle at a target rate.
 *
 *     w' = bound( w + eta · Σ_b ( xPre ⊗ zPost + zPre ⊗ (xPost − α) ) )        α = 2·ρ₀·τ
 *
 * Weights are the sizes of inhibitory synapses (positive): a neuron that fires more than ρ₀ is inhibited more.
 *
 * @param params    see {@link VogelsStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Vogels, Sprekeler, Zenke, Clopath and Gerstner 2011.
 *
 * @example
 * const rule = vogelsStdp({ eta: 1, targetRate: 10, tau: 20 });   // α = 2 · 10 Hz · 0.02 s = 0.4
 * rule.step({ pre: [1], post: [0] }, [[3]], rule.init({ pre: [1], post: [1] }))[0].print();   // => [[2.6]]
 */
export const vogelsStdp: RuleMaker<VogelsStdpParams, StdpState> = ruleMaker(schema, (params, topology) => {
  const { dt, tau, targetRate, eta, coincidence } = params;
  const traces = { dt, tauPre: tau, tauPost: tau, traceMode: 'cumulative', coincidence } as const;
  const isNumber = typeof tau === 'number' && typeof targetRate === 'number';
  const alpha = isNumber ? (2 * targetRate * tau) / 1000 : () => tf.mul(tf.mul(asTensor(targetRate), asTensor(tau)), 2 / 1000);
  const update = {
    ...params,
    etaPlus: eta,
    etaMinus: eta,
    weightDependence: 'additive',
    mu: 0,
    batchReduction: 'sum',
  } as const;
  const step = symmetricActivities(traces, alpha);
  return { perInput: [], ...ofActivities({ step, sides: pairSides }, topology, update) };
});
