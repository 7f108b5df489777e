import * as tf from '@tensorflow/tfjs-core';
import { type Check, type Numeric, oneOf } from '../core/params/validation.js';
import { asTensor, tidily, toFloat } from '../core/tensors.js';
import { codeOf, type FactorLanguage, namedFactors, type WeightDependence } from '../kernels/dependences.js';
import { ofFunction } from './ofFunction.js';

export type { WeightDependence } from '../kernels/dependences.js';

/** A weight dependence by function: the factor of one side, the shape of `w`. Not plain JSON. */
export type WeightFunction = (w: tf.Tensor, side: 'potentiation' | 'depression') => tf.Tensor;

/** The names, for validation. */
export const weightDependences: readonly WeightDependence[] = [
  ...(Object.keys(namedFactors) as (keyof typeof namedFactors)[]),
  'multiplicativePow' as const,
].sort();

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
  bounds: WeightBounds,
  mu: Numeric,
  where: string,
): tf.Tensor | 1 {
  if (typeof dependence === 'function')
    return tidily(() => ofFunction(dependence(w, side), w.shape, where, 'weightDependence', true));
  const language = tensorLanguage(w, side, bounds);
  if (dependence === 'multiplicativePow') return tidily(() => power(language.headroom, mu, where));
  const factor: <T>(language: FactorLanguage<T>) => T = namedFactors[dependence];
  return tidily(() => factor<tf.Tensor | 1>(language));
}

/** What both headrooms end at. */
interface WeightBounds {
  readonly wMin: Numeric;
  readonly wMax: Numeric;
}

/** Factors as operations on tensors. */
const tensorLanguage = (w: tf.Tensor, side: 'potentiation' | 'depression', { wMin, wMax }: WeightBounds) => ({
  one: 1 as const,
  get headroom() {
    return side === 'potentiation' ? tf.sub(asTensor(wMax), w) : tf.sub(w, asTensor(wMin));
  },
  get rest() {
    return side === 'potentiation' ? tf.sub(w, asTensor(wMin)) : tf.sub(asTensor(wMax), w);
  },
  times: (a: tf.Tensor | 1, b: tf.Tensor | 1) => tf.mul(a, b),
  positive: (a: tf.Tensor | 1) => tf.step(a),
  relu: (a: tf.Tensor | 1) => tf.relu(a),
});

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
  if (dependence !== 'multiplicativePow') return { code: codeOf(dependence, 0), mu: 0 };
  return typeof mu === 'number' ? { code: codeOf(dependence, mu), mu } : undefined;
}
