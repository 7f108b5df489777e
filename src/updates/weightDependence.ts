import * as tf from '@tensorflow/tfjs-core';
import { unreachable } from '../core/errors.js';
import { type Check, type Numeric, oneOf } from '../core/params/validation.js';
import { asTensor, tidily, toFloat } from '../core/tensors.js';
import { dependenceCodes } from '../kernels/constants.js';
import { ofFunction } from './ofFunction.js';

/**
 * How the size of a change depends on the weight before it, with headroom up `u = wMax − w` and headroom down `d = w − wMin`:
 *
 * | name | potentiation × | depression × |
 * |---|---|---|
 * | `additive` | 1 | 1 |
 * | `additiveStep` | [u > 0] | [d > 0] |
 * | `multiplicativePow` | u^μ | d^μ |
 * | `multiplicativeRelu` | max(0, u) | max(0, d) |
 * | `soft` | d·u | d·u |
 *
 * `multiplicativePow` beyond a bound: an integer μ takes the power as it is (with μ = 1 the factor turns negative and
 * pushes the weight back, as in Norse); a fractional μ gives 0, the limit at the bound, where Norse gives NaN, and so
 * does any μ per neuron or as a tensor.
 */
export type WeightDependence = 'additive' | 'additiveStep' | 'multiplicativePow' | 'multiplicativeRelu' | 'soft';

/** A weight dependence by function: the factor of one side, the shape of `w`. Not plain JSON. */
export type WeightFunction = (w: tf.Tensor, side: 'potentiation' | 'depression') => tf.Tensor;

/** The names, for validation. */
export const weightDependences = ['additive', 'additiveStep', 'multiplicativePow', 'multiplicativeRelu', 'soft'] as const;

/** The check of {@link WeightDependence}. */
export const aWeightDependence: Check<WeightDependence> = oneOf(...weightDependences);

/**
 * The factor of one side, elementwise in the weights; 1 where it does not depend on them.
 *
 * @param w     weights before the update.
 * @param side  which side it scales.
 * @param mu    exponent of `multiplicativePow`, ≥ 0.
 * @throws {StdpError} when a dependence by function gives what is no factor of the weights.
 */
export function weightFactor(
  w: tf.Tensor,
  side: 'potentiation' | 'depression',
  dependence: WeightDependence | WeightFunction,
  { wMin, wMax }: { readonly wMin: Numeric; readonly wMax: Numeric },
  mu: Numeric,
  where: string,
): tf.Tensor | 1 {
  const headroom = (): tf.Tensor => (side === 'potentiation' ? tf.sub(asTensor(wMax), w) : tf.sub(w, asTensor(wMin)));
  if (typeof dependence === 'function')
    return tidily(() => ofFunction(dependence(w, side), w.shape, where, 'weightDependence', true));
  switch (dependence) {
    case 'additive':
      return 1;
    case 'additiveStep':
      return tidily(() => tf.step(headroom()));
    case 'multiplicativePow':
      return tidily(() => power(headroom(), mu, where));
    case 'multiplicativeRelu':
      return tidily(() => tf.relu(headroom()));
    case 'soft':
      return tidily(() => tf.mul(tf.sub(w, asTensor(wMin)), tf.sub(asTensor(wMax), w)));
    default:
      return unreachable(dependence);
  }
}

function power(headroom: tf.Tensor, mu: Numeric, where: string): tf.Tensor {
  if (mu === 0) return tf.onesLike(headroom);
  if (typeof mu === 'number' && Number.isInteger(mu)) return tf.pow(headroom, tf.scalar(mu));
  const inside = tf.step(headroom); // a mask by arithmetic: comparisons have no gradient in tfjs
  const base = tf.add(tf.mul(headroom, inside), tf.sub(1, inside));
  const exponent = toFloat(mu as tf.TensorLike, where, 'mu');
  return tf.mul(tf.pow(base, exponent), inside);
}

/** The same factor as a code for the kernels and an exponent; `undefined` for functions and for exponents per neuron. */
export function dependenceCode(
  dependence: WeightDependence | WeightFunction,
  mu: Numeric,
): { readonly code: number; readonly mu: number } | undefined {
  if (typeof dependence === 'function') return undefined;
  switch (dependence) {
    case 'additive':
      return { code: dependenceCodes.additive, mu: 0 };
    case 'additiveStep':
      return { code: dependenceCodes.step, mu: 0 };
    case 'multiplicativePow':
      return typeof mu === 'number' ? { code: powerCode(mu), mu } : undefined;
    case 'multiplicativeRelu':
      return { code: dependenceCodes.relu, mu: 0 };
    case 'soft':
      return { code: dependenceCodes.soft, mu: 0 };
    default:
      return unreachable(dependence);
  }
}

function powerCode(mu: number): number {
  if (mu === 0) return dependenceCodes.additive;
  if (mu === 0.5) return dependenceCodes.root;
  if (mu === 1) return dependenceCodes.linear;
  if (!Number.isInteger(mu)) return dependenceCodes.power;
  return mu % 2 === 0 ? dependenceCodes.evenPower : dependenceCodes.oddPower;
}
