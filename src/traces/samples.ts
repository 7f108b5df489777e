import type * as tf from '@tensorflow/tfjs-core';
import { type Check, nonNegativeScalar, oneOf, positiveScalar } from '../core/params/validation.js';

/** How times become samples. */
export interface SamplingParams {
  /** Distance of two samples, ms. */
  readonly dt: number;
  /** A time as close as this to a sample is that sample, ms. */
  readonly interpTolerance: number;
}

/** How a spike between two samples is seen: still the older one, or the nearer of the two (the older when halfway). */
export type SpikeInterpolation = 'previous' | 'nearest';

/** The sample at or before a moment in the past. */
export interface Sample {
  /** How many samples back it lies, a whole number. */
  readonly steps: tf.Tensor;
  /** Time from the sample to the moment, ms; 0 when they coincide. */
  readonly elapsed: tf.Tensor;
}

/** One check for each of {@link SamplingParams}. */
export const samplingChecks = { dt: positiveScalar, interpTolerance: nonNegativeScalar };

/** The check of {@link SpikeInterpolation}. */
export const aSpikeInterpolation: Check<SpikeInterpolation> = oneOf('previous', 'nearest');
