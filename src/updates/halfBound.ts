import type * as tf from '@tensorflow/tfjs-core';
import type { Numeric } from '../core/params/validation.js';

/**
 * How a change shrinks as a parameter p nears its limit, with the headroom left `u = max − p` (or `p − min`), R the range:
 *
 * | name | the change times |
 * |---|---|
 * | `power` | u^exponent |
 * | `scaledPower` | (u/R)^exponent |
 * | `multiplicative` | u |
 * | `scaledMultiplicative` | u/R |
 * | `sharp` | 1 where u > 0, else 0 |
 *
 * Beyond a limit whole exponents turn the change round, back inside; a fractional exponent gives 0, the value at the limit
 * (Inferno: NaN). `sharp` is 0 exactly on the limit: a parameter on its bound is not pushed over it. Inferno's
 * documentation has 1 there, its code 0, as here.
 */
export type BoundName = 'power' | 'scaledPower' | 'multiplicative' | 'scaledMultiplicative' | 'sharp';

/** A bound on one side of a parameter. */
export interface HalfBound {
  /** See {@link BoundName}. */
  readonly bound: BoundName;
  /** The greatest (or least) value. */
  readonly limit: number;
  /** Exponent of the powers, ≥ 0. Default 1. */
  readonly exponent?: Numeric;
  /** R of the scaled ones, > 0. Default 1. */
  readonly range?: number;
}

/** A bound for each side, where there is one; or a function that turns both parts into the change. */
export type ParameterBounds =
  | { readonly upper?: HalfBound | undefined; readonly lower?: HalfBound | undefined }
  | ((parameter: tf.Tensor, positive: tf.Tensor, negative: tf.Tensor) => tf.Tensor);
