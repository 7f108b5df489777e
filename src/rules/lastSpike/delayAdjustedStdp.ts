import type { Validated } from '../../core/errors.js';
import { paramsSchema } from '../../core/params/schema.js';
import {
  type DelayBoundParams,
  delayBoundFields,
  orderedBounds,
  type WeightBoundParams,
  weightBoundFields,
} from '../boundParams.js';
import type { RuleMaker } from '../ruleMaker.js';
import { ofDelays, ofWeights, rateWindow } from './delayAdjustedRule.js';
import {
  type RateWindowParams,
  rateWindowFields,
  type SpikeAgesState,
  type SpikePairParams,
  spikePairFields,
} from './spikePairs.js';

/** Parameters of {@link delayAdjustedStdp}: those of the pairs, the window and the weights' bounds. */
export interface DelayAdjustedStdpParams extends SpikePairParams, RateWindowParams, WeightBoundParams {}

const weightSchema = paramsSchema<DelayAdjustedStdpParams>(
  'delayAdjustedStdp',
  { ...spikePairFields, ...rateWindowFields, ...weightBoundFields },
  orderedBounds,
);

/** The defaults of {@link DelayAdjustedStdpParams}. */
export const delayAdjustedStdpDefaults: DelayAdjustedStdpParams = weightSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * validateDelayAdjustedStdpParams({ dt: 0 })._tag;   // => 'Left'
 */
export const validateDelayAdjustedStdpParams = (given?: Partial<DelayAdjustedStdpParams>): Validated<DelayAdjustedStdpParams> =>
  weightSchema.validate(given);

/**
 * Pair STDP that knows the delays of its synapses, as {@link delayAdjustedKernelStdp} with two exponentials:
 *
 *     w' = bound( w + f_b Σ_p W(Δ) ),     W = etaPlus·e^(−|Δ|/tauPlus) where Δ ≥ 0,  −etaMinus·e^(−|Δ|/tauMinus) where Δ < 0
 *
 * @param params    see {@link DelayAdjustedStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 *
 * Source: Inferno `DelayAdjustedSTDP` (with `gate: 'always'`; its `lr_neg` is −etaMinus).
 *
 * @example
 * const rule = delayAdjustedStdp({ etaPlus: 0.1, etaMinus: 0.1 });
 * const delay = [[0], [3]];   // the second input's spike has not arrived when the output fires
 * const before = rule.step({ pre: [1, 1], post: [0], delay }, [[0.5], [0.5]], rule.init({ pre: [2], post: [1] }));
 * rule.step({ pre: [0, 0], post: [1], delay }, ...before)[0].print();   // => [[0.5 + 0.1 * Math.exp(-1 / 20)], [0.5 - 0.1 * Math.exp(-2 / 20)]]
 */
export const delayAdjustedStdp: RuleMaker<DelayAdjustedStdpParams, SpikeAgesState> = ofWeights(weightSchema, rateWindow('post'));

/** Parameters of {@link delayAdjustedStdpDelay}: those of the pairs, the window (rates in ms) and the delays' bound. */
export interface DelayAdjustedStdpDelayParams extends SpikePairParams, RateWindowParams, DelayBoundParams {}

const delaySchema = paramsSchema<DelayAdjustedStdpDelayParams>('delayAdjustedStdpDelay', {
  ...spikePairFields,
  ...rateWindowFields,
  ...delayBoundFields,
});

/** The defaults of {@link DelayAdjustedStdpDelayParams}. */
export const delayAdjustedStdpDelayDefaults: DelayAdjustedStdpDelayParams = delaySchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * validateDelayAdjustedStdpDelayParams({ maxDelay: -1 })._tag;   // => 'Left'
 */
export const validateDelayAdjustedStdpDelayParams = (
  given?: Partial<DelayAdjustedStdpDelayParams>,
): Validated<DelayAdjustedStdpDelayParams> => delaySchema.validate(given);

/**
 * {@link delayAdjustedStdp} for the delays themselves: they are the `w` that learns, in ms, and stay in [0, maxDelay].
 *
 *     delay' = clip( delay + f_b Σ_p W(Δ), 0, maxDelay ),     W = −etaMinus·e^(−|Δ|/tauMinus) where Δ ≥ 0,  etaPlus·e^(−|Δ|/tauPlus) where Δ < 0
 *
 * A spike that comes in time comes still earlier, one that comes too late comes later: etaPlus always belongs to the half
 * that raises. It is {@link delayAdjustedKernelStdpDelay} with two exponentials.
 *
 * @param params    see {@link DelayAdjustedStdpDelayParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 *
 * Source: Inferno `DelayAdjustedSTDPD` (with `gate: 'always'`; its `lr_neg` is −etaMinus, and there delays may leave their range).
 *
 * @example
 * const rule = delayAdjustedStdpDelay({ etaMinus: 0.1 });
 * const before = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [0], post: [1] }, ...before)[0].print();   // => [[0.5 - 0.1 * Math.exp(-0.5 / 20)]]
 */
export const delayAdjustedStdpDelay: RuleMaker<DelayAdjustedStdpDelayParams, SpikeAgesState> = ofDelays(
  delaySchema,
  rateWindow('pre'),
);
