import * as tf from '@tensorflow/tfjs-core';
import { right } from 'fp-ts/lib/Either.js';
import { refuse, type Validated } from './errors.js';
import type { Relation } from './params/schema.js';
import type { Numeric } from './params/validation.js';
import { valuesAtHand } from './tensors.js';

/**
 * Refuses time constants so short that explicit Euler steps grow where they should decay: a step multiplies by 1 − dt/τ, whose
 * size is at most 1 only while dt ≤ 2·τ. Entries of a tensor are looked at where they are at hand.
 *
 * @param names  of the time constants that steps of `params.dt` ms decay with.
 * @returns `Right` of `params`, or `Left` of the first that is too short.
 * @example
 * stableEuler('demo', { dt: 3, tau: 1 }, ['tau'])._tag;   // => 'Left'
 */
export function stableEuler<Params extends { readonly dt: number }>(
  where: string,
  params: Params,
  names: readonly (keyof Params & string)[],
): Validated<Params> {
  const { dt } = params;
  for (const name of names) {
    // Rounded as float32 holds them: twice a τ of 0.7 must not be less than a dt of 1.4.
    const short = entries(params[name] as Numeric).find((tau) => Math.fround(2 * tau) < Math.fround(dt));
    if (short !== undefined)
      return refuse(where, name, `must be at least half of dt = ${dt} ms, or Euler's steps grow without end, got ${short}`);
  }
  return right(params);
}

/** {@link stableEuler} as a relation of a schema. */
export const stableSteps =
  <Name extends string>(...names: readonly Name[]): Relation<{ readonly [name in Name]: Numeric } & { readonly dt: number }> =>
  (params, where) =>
    stableEuler(where, params, names);

function entries(value: Numeric): readonly number[] {
  if (value instanceof tf.Tensor) return Array.from(valuesAtHand(value) ?? []);
  return typeof value === 'number' ? [value] : value;
}
