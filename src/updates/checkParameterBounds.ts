import * as tf from '@tensorflow/tfjs-core';
import { left, right } from 'fp-ts/lib/Either.js';
import { at } from '../core/at.js';
import { ensure, orThrow } from '../core/errors.js';
import { perNeuronCheck } from '../core/params/perNeuron.js';
import { either, type Numeric, nonNegative, oneOf, positiveScalar, scalar, validateParams } from '../core/params/validation.js';
import { show, showShape } from '../core/show.js';
import { sameShape, toFloat } from '../core/tensors.js';
import { isRecord } from '../core/trees.js';
import type { HalfBound, ParameterBounds } from './halfBound.js';

/** The name of a bound. */
export const aBound = oneOf('power', 'scaledPower', 'multiplicative', 'scaledMultiplicative', 'sharp');

/** A limit, or null where there is none. */
export const aLimit = either(scalar, (value) => (value === null ? right(value) : left('null')));

/** A half of a bound with all its fields. @throws {StdpError} when one is unknown, missing or out of range. */
export function halfBound(half: HalfBound, where: string, argument: string): Required<HalfBound> {
  const checks = { bound: aBound, limit: scalar, exponent: nonNegative, range: positiveScalar };
  const defaults = { exponent: 1, range: 1 } as Required<HalfBound>;
  ensure(isRecord(half), where, argument, () => `must be a record { bound, limit }, got ${show(half)}`);
  return orThrow(validateParams<Required<HalfBound>>(where, defaults, half, checks, argument));
}

/** Bounds that were checked. */
export type CheckedBounds =
  | { readonly upper: Required<HalfBound> | undefined; readonly lower: Required<HalfBound> | undefined }
  | Extract<ParameterBounds, (...given: never[]) => unknown>;

/** @throws {StdpError} unless both are bounds, or it is a function. */
export function checkParameterBounds(bounds: ParameterBounds, where: string): CheckedBounds {
  if (typeof bounds === 'function') return bounds;
  ensure(isRecord(bounds), where, 'bounds', () => `must be { upper, lower } or a function, got ${show(bounds)}`);
  for (const name of Object.keys(bounds))
    ensure(name === 'upper' || name === 'lower', where, `bounds.${name}`, () => 'is not a bound; known are upper, lower');
  const half = (name: 'upper' | 'lower') =>
    bounds[name] === undefined ? undefined : halfBound(bounds[name], where, `bounds.${name}`);
  return { upper: half('upper'), lower: half('lower') };
}

/** A part of a change, in the shape of its parameter. */
export function likeParameter(
  given: tf.TensorLike | tf.Tensor,
  { shape }: tf.Tensor,
  where: string,
  argument: string,
): tf.Tensor {
  const part = toFloat(given, where, argument);
  const problem = () => `has shape ${showShape(part.shape)}, the parameter has ${showShape(shape)}`;
  ensure(sameShape(part.shape, shape), where, argument, problem);
  return part;
}

/** The exponent of a bound, once it is known to fit the parameter: one number, or one per output. */
export function exponentOf({ exponent }: Required<HalfBound>, { shape }: tf.Tensor, where: string): Numeric {
  const isSingle = typeof exponent === 'number' || (exponent instanceof tf.Tensor && exponent.rank === 0);
  ensure(isSingle || shape.length > 0, where, 'exponent', () => 'must be one number: the parameter is one');
  const outputs = shape.length === 0 ? 1 : at(shape, -1);
  perNeuronCheck(where, { exponent }, [])({ inputs: outputs, outputs, weightShape: shape });
  return exponent;
}
