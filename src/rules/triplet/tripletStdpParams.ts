import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { oneOf, positiveScalar, rate, timeConstant } from '../../core/params/validation.js';
import { aTraceMode } from '../../traces/traceParams.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import { orderedBounds, type WeightBoundParams, weightBoundFields } from '../boundParams.js';
import { aCoincidence, separable } from '../coincidence.js';
import { type AxonParams, axonFields } from '../pair/axons.js';

const fields = {
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** Rate at a post spike, by the fast presynaptic trace. Default 0. */
  etaPostPair: param(0, rate),
  /** Rate at a post spike, by the fast presynaptic and the slow postsynaptic trace. Default 0.0065. */
  etaPostTriplet: param(6.5e-3, rate),
  /** Rate at a pre spike, by the fast postsynaptic trace. Default −0.0071. */
  etaPrePair: param(-7.1e-3, rate),
  /** Rate at a pre spike, by the fast postsynaptic and the slow presynaptic trace. Default 0. */
  etaPreTriplet: param(0, rate),
  /** Time constant of the fast presynaptic trace, ms. Default 16.8. */
  tauPreFast: param(16.8, timeConstant),
  /** Time constant of the slow presynaptic trace, ms. Default 101. */
  tauPreSlow: param(101, timeConstant),
  /** Time constant of the fast postsynaptic trace, ms. Default 33.7. */
  tauPostFast: param(33.7, timeConstant),
  /** Time constant of the slow postsynaptic trace, ms. Default 114. */
  tauPostSlow: param(114, timeConstant),
  /** How spikes pair, see {@link TraceMode}. Default `'cumulative'`. */
  traceMode: param('cumulative', aTraceMode),
  /**
   * Which halves a simultaneous pre and post spike acts on, by the fast traces, see {@link Coincidence}; with `delayed`
   * always `'both'`. Default `'both'`.
   */
  coincidence: param('both', aCoincidence),
  /**
   * Which value of a slow trace a spike of its own neuron reads: the one just `'before'` that spike (Pfister and Gerstner),
   * or that of the `'previous'` step, not decayed since (Inferno). Default `'before'`.
   */
  slowTrace: param('before', oneOf('before', 'previous')),
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'mean'`. */
  batchReduction: param('mean', aBatchReduction),
};

/**
 * Parameters of the triplet rule, those of {@link AxonParams} and {@link WeightBoundParams} included. Rates are signed.
 *
 * | here | Pfister and Gerstner | Inferno | default |
 * |---|---|---|---|
 * | `etaPostPair` | A2⁺ | `lr_post_pair` | 0 |
 * | `etaPostTriplet` | A3⁺ | sign(`lr_post_pair`)·abs(`lr_post_triplet`) | 0.0065 |
 * | `etaPrePair` | −A2⁻ | `lr_pre_pair` | −0.0071 |
 * | `etaPreTriplet` | −A3⁻ | sign(`lr_pre_pair`)·abs(`lr_pre_triplet`) | 0 |
 * | `tauPreFast` | τ₊ | `tc_pre_fast` | 16.8 |
 * | `tauPreSlow` | τx | `tc_pre_slow` | 101 |
 * | `tauPostFast` | τ₋ | `tc_post_fast` | 33.7 |
 * | `tauPostSlow` | τy | `tc_post_slow` | 114 |
 *
 * The defaults are Pfister and Gerstner's minimal model of visual cortex, all-to-all.
 */
export interface TripletStdpParams extends ParamsOf<typeof fields>, AxonParams, WeightBoundParams {}

/** What completes and checks {@link TripletStdpParams}. */
export const tripletStdpSchema = paramsSchema<TripletStdpParams>(
  'tripletStdp',
  { ...fields, ...axonFields, ...weightBoundFields },
  orderedBounds,
  separable,
);

/** The defaults of {@link TripletStdpParams}. */
export const tripletStdpDefaults: TripletStdpParams = tripletStdpSchema.defaults;

/**
 * The complete, checked parameters of the triplet rule, or why they were refused.
 *
 * @example
 * const params = validateTripletStdpParams({ tauPreSlow: 0 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'tripletStdp: tauPreSlow must be a positive number of ms, got 0'
 */
export const validateTripletStdpParams = (given?: Partial<TripletStdpParams>): Validated<TripletStdpParams> =>
  tripletStdpSchema.validate(given);
