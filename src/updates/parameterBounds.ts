import * as tf from '@tensorflow/tfjs-core';
import { ensure, orThrow } from '../core/errors.js';
import { type Numeric, nonNegative, nothingMore, validateParams } from '../core/params/validation.js';
import { show } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';
import {
  aBound,
  aLimit,
  type CheckedBounds,
  checkParameterBounds,
  exponentOf,
  halfBound,
  likeParameter,
} from './checkParameterBounds.js';
import type { BoundName, HalfBound, ParameterBounds } from './halfBound.js';
import { ofFunction } from './ofFunction.js';
import { weightFactor } from './weightDependence.js';

/**
 * The increase that an upper bound lets through.
 *
 * @param parameter  before the change.
 * @param positive   the increase, ≥ 0 by convention, the shape of `parameter`.
 * @throws {StdpError} when shapes differ, or a field of the bound is unknown or out of range.
 *
 * Source: Inferno `bound_upper_power` and its siblings.
 *
 * @example
 * boundUpper([0, 0.75, 1], [1, 1, 1], { bound: 'power', limit: 1, exponent: 2 }).print();   // => [1, 0.0625, 0]
 */
export function boundUpper(
  parameter: tf.TensorLike | tf.Tensor,
  positive: tf.TensorLike | tf.Tensor,
  half: HalfBound,
  ...more: readonly never[]
): tf.Tensor {
  const where = 'boundUpper';
  nothingMore(more, where, 'boundUpper(parameter, positive, half)');
  const checked = halfBound(half, where, 'half');
  return tidily(() => {
    const p = toFloat(parameter, where, 'parameter');
    return bounded(p, likeParameter(positive, p, where, 'positive'), checked, 'potentiation', where);
  });
}

/**
 * The decrease that a lower bound lets through, a positive number where the parameter falls.
 *
 * @param parameter  before the change.
 * @param negative   the decrease, ≥ 0 by convention, the shape of `parameter`.
 * @throws {StdpError} as {@link boundUpper}.
 *
 * Source: Inferno `bound_lower_power` and its siblings.
 *
 * @example
 * boundLower([0, 0.25, 1], [1, 1, 1], { bound: 'sharp', limit: 0 }).print();   // => [0, 1, 1]
 */
export function boundLower(
  parameter: tf.TensorLike | tf.Tensor,
  negative: tf.TensorLike | tf.Tensor,
  half: HalfBound,
  ...more: readonly never[]
): tf.Tensor {
  const where = 'boundLower';
  nothingMore(more, where, 'boundLower(parameter, negative, half)');
  const checked = halfBound(half, where, 'half');
  return tidily(() => {
    const p = toFloat(parameter, where, 'parameter');
    return bounded(p, likeParameter(negative, p, where, 'negative'), checked, 'depression', where);
  });
}

function bounded(
  parameter: tf.Tensor,
  part: tf.Tensor,
  half: Required<HalfBound>,
  side: 'potentiation' | 'depression',
  where: string,
): tf.Tensor {
  const { bound, limit, range } = half;
  const exponent = exponentOf(half, parameter, where);
  const unit = bound === 'scaledPower' || bound === 'scaledMultiplicative' ? range : 1;
  const mu = bound === 'power' || bound === 'scaledPower' ? exponent : 1;
  const dependence = bound === 'sharp' ? 'additiveStep' : 'multiplicativePow';
  const limits = { wMin: limit / unit, wMax: limit / unit };
  return tf.mul(part, weightFactor(tf.div(parameter, unit), side, dependence, limits, mu, where));
}

/** A bound of both sides. */
export interface FullBound {
  /** See {@link BoundName}. */
  readonly bound: BoundName;
  /** The least value; null leaves decreases as they are. */
  readonly min: number | null;
  /** The greatest value; null leaves increases as they are. */
  readonly max: number | null;
  /** Exponent of increases, see {@link HalfBound}. */
  readonly exponentUpper?: Numeric;
  /** Exponent of decreases. */
  readonly exponentLower?: Numeric;
}

/**
 * A full bound as its two halves; the range of the scaled ones is max − min.
 *
 * @throws {StdpError} when min is not below max, a scaled bound lacks one of them, or a field is unknown or out of range.
 *
 * Source: Inferno `bound_power` and its siblings (there the powers crash, and so does a scaled one with a single limit).
 *
 * @example
 * fullBound({ bound: 'sharp', min: null, max: 1 });   // => { upper: { bound: 'sharp', limit: 1, exponent: 1, range: 1 }, lower: undefined }
 */
export function fullBound(given: FullBound, ...more: readonly never[]): ParameterBounds {
  const where = 'fullBound';
  nothingMore(more, where, 'fullBound(given)');
  const checks = { bound: aBound, min: aLimit, max: aLimit, exponentUpper: nonNegative, exponentLower: nonNegative };
  const defaults = { exponentUpper: 1, exponentLower: 1 } as Required<FullBound>;
  const { bound, min, max, exponentUpper, exponentLower } = orThrow(
    validateParams<Required<FullBound>>(where, defaults, given, checks, 'bounds'),
  );
  const both = min !== null && max !== null;
  ensure(!both || min < max, where, 'min', () => `must be below max, got ${show(min)} and ${show(max)}`);
  const scaled = bound === 'scaledPower' || bound === 'scaledMultiplicative';
  ensure(both || !scaled, where, 'bound', () => `'${bound}' needs both min and max, got ${show(min)} and ${show(max)}`);
  const range = both ? max - min : 1;
  return {
    upper: max === null ? undefined : { bound, limit: max, exponent: exponentUpper, range },
    lower: min === null ? undefined : { bound, limit: min, exponent: exponentLower, range },
  };
}

/**
 * The change of a parameter under its bounds: `upper(p, positive) − lower(p, negative)`, both of the parameter before it.
 *
 * @param parameter  before the change.
 * @param positive   the increase, the shape of `parameter`.
 * @param negative   the decrease, the shape of `parameter`.
 * @param bounds     see {@link ParameterBounds}. Default: none.
 * @throws {StdpError} when shapes differ, or a bound is unknown or out of range.
 * @example
 * const bounds = fullBound({ bound: 'multiplicative', min: 0, max: 1 });
 * boundedChange(0.75, 0.5, 0, bounds).print();   // => 0.125
 */
export function boundedChange(
  parameter: tf.TensorLike | tf.Tensor,
  positive: tf.TensorLike | tf.Tensor,
  negative: tf.TensorLike | tf.Tensor,
  bounds: ParameterBounds = {},
  ...more: readonly never[]
): tf.Tensor {
  const where = 'boundedChange';
  nothingMore(more, where, 'boundedChange(parameter, positive, negative, bounds)');
  const checked = checkParameterBounds(bounds, where);
  return tidily(() => {
    const p = toFloat(parameter, where, 'parameter');
    const [up, down] = [likeParameter(positive, p, where, 'positive'), likeParameter(negative, p, where, 'negative')];
    return changeWithin(p, up, down, checked, where);
  });
}

/** {@link boundedChange} of tensors of one shape, under bounds that were checked. */
export function changeWithin(
  parameter: tf.Tensor,
  positive: tf.Tensor,
  negative: tf.Tensor,
  bounds: CheckedBounds,
  where: string,
): tf.Tensor {
  if (typeof bounds === 'function')
    return tf.clone(ofFunction(bounds(parameter, positive, negative), parameter.shape, where, 'bounds'));
  const { upper, lower } = bounds;
  const up = upper === undefined ? positive : bounded(parameter, positive, upper, 'potentiation', where);
  const down = lower === undefined ? negative : bounded(parameter, negative, lower, 'depression', where);
  return tf.sub(up, down);
}
