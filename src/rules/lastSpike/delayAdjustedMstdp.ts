import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { scalar } from '../../core/params/validation.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import { delayBoundFields, orderedBounds, weightBoundFields } from '../boundParams.js';
import type { RuleMaker } from '../ruleMaker.js';
import { ofDelays, ofWeights, rateWindow } from './delayAdjustedRule.js';
import type { DelayAdjustedStdpDelayParams, DelayAdjustedStdpParams } from './delayAdjustedStdp.js';
import { rateWindowFields, type SpikeAgesState, spikePairFields } from './spikePairs.js';

const rewardFields = {
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'sum'`. */
  batchReduction: param('sum', aBatchReduction),
  /** What rewards are multiplied with. Default 1 (samples are summed: 1/batch gives a mean). */
  scale: param(1, scalar),
};

/** Parameters of {@link delayAdjustedMstdp}: those of {@link DelayAdjustedStdpParams}, and how rewards count. */
export interface DelayAdjustedMstdpParams extends ParamsOf<typeof rewardFields>, DelayAdjustedStdpParams {}

const weightSchema = paramsSchema<DelayAdjustedMstdpParams>(
  'delayAdjustedMstdp',
  { ...spikePairFields, ...rateWindowFields, ...rewardFields, ...weightBoundFields },
  orderedBounds,
);

/** The defaults of {@link DelayAdjustedMstdpParams}. */
export const delayAdjustedMstdpDefaults: DelayAdjustedMstdpParams = weightSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * validateDelayAdjustedMstdpParams({ dt: 0 })._tag;   // => 'Left'
 */
export const validateDelayAdjustedMstdpParams = (
  given?: Partial<DelayAdjustedMstdpParams>,
): Validated<DelayAdjustedMstdpParams> => weightSchema.validate(given);

/**
 * {@link delayAdjustedStdp} under a reward M: each sample's change is multiplied by `scale·M`, so that a negative reward
 * turns it round.
 *
 *     w' = bound( w + f_b  scale·M_b · Σ_p W(t_post − (t_pre + delay)) )
 *
 * The reward comes with each input, one number or one per sample; without it nothing is learnt. Where it differs between
 * samples, `'mean'` divides by the batch (Inferno: by the number of entries in each of its lists).
 *
 * @param params    see {@link DelayAdjustedMstdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 *
 * Source: Inferno `DelayAdjustedMSTDP` (with `gate: 'always'`; its `lr_neg` is −etaMinus).
 *
 * @example
 * const rule = delayAdjustedMstdp({ etaPlus: 0.1 });
 * const before = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [0], post: [1], reward: -1 }, ...before)[0].print();   // => [[0.5 - 0.1 * Math.exp(-1 / 20)]]
 */
export const delayAdjustedMstdp: RuleMaker<DelayAdjustedMstdpParams, SpikeAgesState> = ofWeights(
  weightSchema,
  rateWindow('post'),
);

/** Parameters of {@link delayAdjustedMstdpDelay}: those of {@link DelayAdjustedStdpDelayParams}, and how rewards count. */
export interface DelayAdjustedMstdpDelayParams extends ParamsOf<typeof rewardFields>, DelayAdjustedStdpDelayParams {}

const delaySchema = paramsSchema<DelayAdjustedMstdpDelayParams>('delayAdjustedMstdpDelay', {
  ...spikePairFields,
  ...rateWindowFields,
  ...rewardFields,
  ...delayBoundFields,
});

/** The defaults of {@link DelayAdjustedMstdpDelayParams}. */
export const delayAdjustedMstdpDelayDefaults: DelayAdjustedMstdpDelayParams = delaySchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * validateDelayAdjustedMstdpDelayParams({ maxDelay: -1 })._tag;   // => 'Left'
 */
export const validateDelayAdjustedMstdpDelayParams = (
  given?: Partial<DelayAdjustedMstdpDelayParams>,
): Validated<DelayAdjustedMstdpDelayParams> => delaySchema.validate(given);

/**
 * {@link delayAdjustedStdpDelay} under a reward M, as in {@link delayAdjustedMstdp}.
 *
 *     delay' = clip( delay + f_b  scale·M_b · Σ_p W(t_post − (t_pre + delay)), 0, maxDelay )
 *
 * @param params    see {@link DelayAdjustedMstdpDelayParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 *
 * Source: Inferno `DelayAdjustedMSTDPD` (with `gate: 'always'`; its `lr_neg` is −etaMinus, and there delays may leave their range).
 *
 * @example
 * const rule = delayAdjustedMstdpDelay({ etaMinus: 0.1 });
 * const before = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [0], post: [1], reward: -1 }, ...before)[0].print();   // => [[0.5 + 0.1 * Math.exp(-0.5 / 20)]]
 */
export const delayAdjustedMstdpDelay: RuleMaker<DelayAdjustedMstdpDelayParams, SpikeAgesState> = ofDelays(
  delaySchema,
  rateWindow('pre'),
);
