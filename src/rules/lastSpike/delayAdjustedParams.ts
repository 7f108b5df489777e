import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { scalar } from '../../core/params/validation.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import {
  type DelayBoundParams,
  delayBoundFields,
  orderedBounds,
  type WeightBoundParams,
  weightBoundFields,
} from '../boundParams.js';
import {
  type KernelWindowParams,
  kernelWindowFields,
  type RateWindowParams,
  rateWindowFields,
  type SpikePairParams,
  spikePairFields,
} from './spikePairs.js';

/** Parameters of {@link delayAdjustedKernelStdp}: those of the pairs, the window and the weights' bounds. */
export interface DelayAdjustedKernelStdpParams extends SpikePairParams, KernelWindowParams, WeightBoundParams {}

/** What completes and checks them. */
export const kernelStdpSchema = paramsSchema<DelayAdjustedKernelStdpParams>(
  'delayAdjustedKernelStdp',
  { ...spikePairFields, ...kernelWindowFields, ...weightBoundFields },
  orderedBounds,
);

/** The defaults of {@link DelayAdjustedKernelStdpParams}. */
export const delayAdjustedKernelStdpDefaults: DelayAdjustedKernelStdpParams = kernelStdpSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * validateDelayAdjustedKernelStdpParams({ dt: 0 })._tag;   // => 'Left'
 */
export const validateDelayAdjustedKernelStdpParams = (
  given?: Partial<DelayAdjustedKernelStdpParams>,
): Validated<DelayAdjustedKernelStdpParams> => kernelStdpSchema.validate(given);

/** Parameters of {@link delayAdjustedKernelStdpDelay}: those of the pairs, the window (η in ms) and the delays' bound. */
export interface DelayAdjustedKernelStdpDelayParams extends SpikePairParams, KernelWindowParams, DelayBoundParams {}

/** What completes and checks them. */
export const kernelStdpDelaySchema = paramsSchema<DelayAdjustedKernelStdpDelayParams>('delayAdjustedKernelStdpDelay', {
  ...spikePairFields,
  ...kernelWindowFields,
  ...delayBoundFields,
});

/** The defaults of {@link DelayAdjustedKernelStdpDelayParams}: arrivals before the output's spike are put off, later ones hastened. */
export const delayAdjustedKernelStdpDelayDefaults: DelayAdjustedKernelStdpDelayParams = kernelStdpDelaySchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * validateDelayAdjustedKernelStdpDelayParams({ maxDelay: -1 })._tag;   // => 'Left'
 */
export const validateDelayAdjustedKernelStdpDelayParams = (
  given?: Partial<DelayAdjustedKernelStdpDelayParams>,
): Validated<DelayAdjustedKernelStdpDelayParams> => kernelStdpDelaySchema.validate(given);

/** Parameters of {@link delayAdjustedStdp}: those of the pairs, the window and the weights' bounds. */
export interface DelayAdjustedStdpParams extends SpikePairParams, RateWindowParams, WeightBoundParams {}

/** What completes and checks them. */
export const stdpSchema = paramsSchema<DelayAdjustedStdpParams>(
  'delayAdjustedStdp',
  { ...spikePairFields, ...rateWindowFields, ...weightBoundFields },
  orderedBounds,
);

/** The defaults of {@link DelayAdjustedStdpParams}. */
export const delayAdjustedStdpDefaults: DelayAdjustedStdpParams = stdpSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * validateDelayAdjustedStdpParams({ dt: 0 })._tag;   // => 'Left'
 */
export const validateDelayAdjustedStdpParams = (given?: Partial<DelayAdjustedStdpParams>): Validated<DelayAdjustedStdpParams> =>
  stdpSchema.validate(given);

/** Parameters of {@link delayAdjustedStdpDelay}: those of the pairs, the window (rates in ms) and the delays' bound. */
export interface DelayAdjustedStdpDelayParams extends SpikePairParams, RateWindowParams, DelayBoundParams {}

/** What completes and checks them. */
export const stdpDelaySchema = paramsSchema<DelayAdjustedStdpDelayParams>('delayAdjustedStdpDelay', {
  ...spikePairFields,
  ...rateWindowFields,
  ...delayBoundFields,
});

/** The defaults of {@link DelayAdjustedStdpDelayParams}. */
export const delayAdjustedStdpDelayDefaults: DelayAdjustedStdpDelayParams = stdpDelaySchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * validateDelayAdjustedStdpDelayParams({ maxDelay: -1 })._tag;   // => 'Left'
 */
export const validateDelayAdjustedStdpDelayParams = (
  given?: Partial<DelayAdjustedStdpDelayParams>,
): Validated<DelayAdjustedStdpDelayParams> => stdpDelaySchema.validate(given);

const rewardFields = {
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'sum'`. */
  batchReduction: param('sum', aBatchReduction),
  /** What rewards are multiplied with. Default 1 (samples are summed: 1/batch gives a mean). */
  scale: param(1, scalar),
};

/** Parameters of {@link delayAdjustedMstdp}: those of {@link DelayAdjustedStdpParams}, and how rewards count. */
export interface DelayAdjustedMstdpParams extends ParamsOf<typeof rewardFields>, DelayAdjustedStdpParams {}

/** What completes and checks them. */
export const mstdpSchema = paramsSchema<DelayAdjustedMstdpParams>(
  'delayAdjustedMstdp',
  { ...spikePairFields, ...rateWindowFields, ...rewardFields, ...weightBoundFields },
  orderedBounds,
);

/** The defaults of {@link DelayAdjustedMstdpParams}. */
export const delayAdjustedMstdpDefaults: DelayAdjustedMstdpParams = mstdpSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * validateDelayAdjustedMstdpParams({ dt: 0 })._tag;   // => 'Left'
 */
export const validateDelayAdjustedMstdpParams = (
  given?: Partial<DelayAdjustedMstdpParams>,
): Validated<DelayAdjustedMstdpParams> => mstdpSchema.validate(given);

/** Parameters of {@link delayAdjustedMstdpDelay}: those of {@link DelayAdjustedStdpDelayParams}, and how rewards count. */
export interface DelayAdjustedMstdpDelayParams extends ParamsOf<typeof rewardFields>, DelayAdjustedStdpDelayParams {}

/** What completes and checks them. */
export const mstdpDelaySchema = paramsSchema<DelayAdjustedMstdpDelayParams>('delayAdjustedMstdpDelay', {
  ...spikePairFields,
  ...rateWindowFields,
  ...rewardFields,
  ...delayBoundFields,
});

/** The defaults of {@link DelayAdjustedMstdpDelayParams}. */
export const delayAdjustedMstdpDelayDefaults: DelayAdjustedMstdpDelayParams = mstdpDelaySchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * validateDelayAdjustedMstdpDelayParams({ maxDelay: -1 })._tag;   // => 'Left'
 */
export const validateDelayAdjustedMstdpDelayParams = (
  given?: Partial<DelayAdjustedMstdpDelayParams>,
): Validated<DelayAdjustedMstdpDelayParams> => mstdpDelaySchema.validate(given);
