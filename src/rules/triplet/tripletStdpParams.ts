import { pipe } from 'fp-ts/lib/function.js';
import type { Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import {
  aFunction,
  either,
  type Numeric,
  oneOf,
  positiveScalar,
  rate,
  timeConstant,
  validateParams,
} from '../../core/params/validation.js';
import type { TraceMode } from '../../traces/exponentialTrace.js';
import type { BatchReduction } from '../../updates/batchReduction.js';
import { orderedBounds, type WeightBoundParams, weightBoundChecks, weightBoundDefaults } from '../boundParams.js';
import { type Coincidence, coincidences, separable } from '../coincidence.js';
import { type AxonParams, axonChecks, axonDefaults } from '../pair/axons.js';

/**
 * Parameters of the triplet rule, and those of {@link AxonParams} and {@link WeightBoundParams}. Rates are signed.
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
 *
 * @property dt              step, ms. Default 1.
 * @property etaPostPair     rate at a post spike, by the fast presynaptic trace.
 * @property etaPostTriplet  rate at a post spike, by the fast presynaptic and the slow postsynaptic trace.
 * @property etaPrePair      rate at a pre spike, by the fast postsynaptic trace.
 * @property etaPreTriplet   rate at a pre spike, by the fast postsynaptic and the slow presynaptic trace.
 * @property tauPreFast      time constant of the fast presynaptic trace, ms.
 * @property tauPreSlow      time constant of the slow presynaptic trace, ms.
 * @property tauPostFast     time constant of the fast postsynaptic trace, ms.
 * @property tauPostSlow     time constant of the slow postsynaptic trace, ms.
 * @property traceMode       how spikes pair, see {@link TraceMode}. Default `'cumulative'`.
 * @property coincidence     which halves a simultaneous pre and post spike acts on, by the fast traces, see {@link Coincidence}; with
 *                           `delayed` always `'both'`. Default `'both'`.
 * @property slowTrace       which value of a slow trace a spike of its own neuron reads: the one just `'before'` that spike
 *                           (Pfister and Gerstner), or that of the `'previous'` step, not decayed since (Inferno).
 *                           Default `'before'`.
 * @property batchReduction  how samples of a batch combine, see {@link BatchReduction}. Default `'mean'`.
 */
export interface TripletStdpParams extends AxonParams, WeightBoundParams {
  readonly dt: number;
  readonly etaPostPair: Numeric;
  readonly etaPostTriplet: Numeric;
  readonly etaPrePair: Numeric;
  readonly etaPreTriplet: Numeric;
  readonly tauPreFast: Numeric;
  readonly tauPreSlow: Numeric;
  readonly tauPostFast: Numeric;
  readonly tauPostSlow: Numeric;
  readonly traceMode: TraceMode;
  readonly coincidence: Coincidence;
  readonly slowTrace: 'before' | 'previous';
  readonly batchReduction: BatchReduction;
}

/** The defaults of {@link TripletStdpParams}. */
export const tripletStdpDefaults: TripletStdpParams = frozen({
  dt: 1,
  etaPostPair: 0,
  etaPostTriplet: 6.5e-3,
  etaPrePair: -7.1e-3,
  etaPreTriplet: 0,
  tauPreFast: 16.8,
  tauPreSlow: 101,
  tauPostFast: 33.7,
  tauPostSlow: 114,
  traceMode: 'cumulative',
  coincidence: 'both',
  slowTrace: 'before',
  ...axonDefaults,
  batchReduction: 'mean',
  ...weightBoundDefaults,
});

/**
 * The complete, checked parameters of the triplet rule, or why they were refused.
 *
 * @example
 * const params = validateTripletStdpParams({ tauPreSlow: 0 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'tripletStdp: tauPreSlow must be a positive number of ms, got 0'
 */
export const validateTripletStdpParams = (
  given?: Partial<TripletStdpParams>,
  where = 'tripletStdp',
): Validated<TripletStdpParams> =>
  pipe(
    validateParams<TripletStdpParams>(where, tripletStdpDefaults, given, {
      dt: positiveScalar,
      etaPostPair: rate,
      etaPostTriplet: rate,
      etaPrePair: rate,
      etaPreTriplet: rate,
      tauPreFast: timeConstant,
      tauPreSlow: timeConstant,
      tauPostFast: timeConstant,
      tauPostSlow: timeConstant,
      traceMode: oneOf('cumulative', 'nearest'),
      coincidence: oneOf(...coincidences),
      slowTrace: oneOf('before', 'previous'),
      ...axonChecks,
      batchReduction: either(oneOf('sum', 'mean', 'max'), aFunction),
      ...weightBoundChecks,
    }),
    orderedBounds(where),
    separable(where),
  );
