import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { tidily } from '../core/tensors.js';
import type { Numeric } from '../core/validation.js';
import { weightFactor } from './weightDependence.js';

/**
 * How a change shrinks as a parameter p nears its limit, with the room left `u = max − p` (or `p − min`), R the range:
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

/**
 * A bound on one side of a parameter.
 *
 * @property bound     see {@link BoundName}.
 * @property limit     the greatest (or least) value.
 * @property exponent  of the powers, ≥ 0. Default 1.
 * @property range     R of the scaled ones, > 0. Default 1.
 */
export interface HalfBound {
  readonly bound: BoundName;
  readonly limit: number;
  readonly exponent?: Numeric;
  readonly range?: number;
}

/** A bound for each side, where there is one; or a function that turns both parts into the change. */
export type ParameterBounds =
  | { readonly upper?: HalfBound | undefined; readonly lower?: HalfBound | undefined }
  | ((parameter: tf.Tensor, positive: tf.Tensor, negative: tf.Tensor) => tf.Tensor);

/**
 * The increase that an upper bound lets through.
 *
 * @param parameter  before the change.
 * @param positive   the increase, ≥ 0 by convention, the shape of `parameter`.
 *
 * Source: Inferno `bound_upper_power` and its siblings.
 *
 * @example
 * boundUpper(tf.tensor1d([0, 0.75, 1]), tf.tensor1d([1, 1, 1]), { bound: 'power', limit: 1, exponent: 2 }).print();   // => [1, 0.0625, 0]
 */
export const boundUpper = (parameter: tf.Tensor, positive: tf.Tensor, half: HalfBound): tf.Tensor =>
  bounded(parameter, positive, half, 'potentiation');

/**
 * The decrease that a lower bound lets through, a positive number where the parameter falls.
 *
 * @param parameter  before the change.
 * @param negative   the decrease, ≥ 0 by convention, the shape of `parameter`.
 *
 * Source: Inferno `bound_lower_power` and its siblings.
 *
 * @example
 * boundLower(tf.tensor1d([0, 0.25, 1]), tf.tensor1d([1, 1, 1]), { bound: 'sharp', limit: 0 }).print();   // => [0, 1, 1]
 */
export const boundLower = (parameter: tf.Tensor, negative: tf.Tensor, half: HalfBound): tf.Tensor =>
  bounded(parameter, negative, half, 'depression');

function bounded(parameter: tf.Tensor, part: tf.Tensor, half: HalfBound, side: 'potentiation' | 'depression'): tf.Tensor {
  const { bound, limit, exponent = 1, range = 1 } = half;
  ensure(range > 0, 'parameterBounds', 'range', () => `must be a number > 0, got ${range}`);
  return tidily(() => {
    const unit = bound === 'scaledPower' || bound === 'scaledMultiplicative' ? range : 1;
    const mu = bound === 'power' || bound === 'scaledPower' ? exponent : 1;
    const dependence = bound === 'sharp' ? 'additiveStep' : 'multiplicativePow';
    const limits = { wMin: limit / unit, wMax: limit / unit };
    return tf.mul(part, weightFactor(tf.div(parameter, unit), side, dependence, limits, mu));
  });
}

/**
 * A bound of both sides.
 *
 * @property bound          see {@link BoundName}.
 * @property min            the least value; null leaves decreases as they are.
 * @property max            the greatest value; null leaves increases as they are.
 * @property exponentUpper  of increases, see {@link HalfBound}.
 * @property exponentLower  of decreases.
 */
export interface FullBound {
  readonly bound: BoundName;
  readonly min: number | null;
  readonly max: number | null;
  readonly exponentUpper?: Numeric;
  readonly exponentLower?: Numeric;
}

/**
 * A full bound as its two halves; the range of the scaled ones is max − min.
 *
 * @throws {StdpError} when min is not below max, or a scaled bound lacks one of them.
 *
 * Source: Inferno `bound_power` and its siblings (there the powers crash, and so does a scaled one with a single limit).
 *
 * @example
 * fullBound({ bound: 'sharp', min: null, max: 1 });   // => { upper: { bound: 'sharp', limit: 1, exponent: 1, range: 1 }, lower: undefined }
 */
export function fullBound({ bound, min, max, exponentUpper = 1, exponentLower = 1 }: FullBound): ParameterBounds {
  const both = min !== null && max !== null;
  ensure(!both || min < max, 'fullBound', 'min', () => `must be below max, got ${min} and ${max}`);
  const scaled = bound === 'scaledPower' || bound === 'scaledMultiplicative';
  ensure(both || !scaled, 'fullBound', 'bound', () => `'${bound}' needs both min and max, got ${min} and ${max}`);
  const range = both ? max - min : 1;
  return {
    upper: max === null ? undefined : { bound, limit: max, exponent: exponentUpper, range },
    lower: min === null ? undefined : { bound, limit: min, exponent: exponentLower, range },
  };
}

/**
 * The change of a parameter under its bounds: `upper(p, positive) − lower(p, negative)`, both of the parameter before it.
 *
 * @example
 * const bounds = fullBound({ bound: 'multiplicative', min: 0, max: 1 });
 * boundedChange(tf.scalar(0.75), tf.scalar(0.5), tf.scalar(0), bounds).print();   // => 0.125
 */
export function boundedChange(
  parameter: tf.Tensor,
  positive: tf.Tensor,
  negative: tf.Tensor,
  bounds: ParameterBounds = {},
): tf.Tensor {
  return tidily(() => {
    if (typeof bounds === 'function') return tf.clone(bounds(parameter, positive, negative));
    const { upper, lower } = bounds;
    const up = upper === undefined ? positive : boundUpper(parameter, positive, upper);
    const down = lower === undefined ? negative : boundLower(parameter, negative, lower);
    return tf.sub(up, down);
  });
}
