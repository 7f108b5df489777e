import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import {
  aFunction,
  type Check,
  either,
  ensureIs,
  entriesOf,
  flag,
  fractionScalar,
  type Numeric,
  nonNegative,
  oneOf,
  rate,
  weightBound,
} from '../core/params/validation.js';
import { show } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import type { BatchReduction } from './batchReduction.js';
import type { Bounds, Scaling } from './scaling.js';
import type { UpdateParams } from './updateParams.js';
import { weightDependences } from './weightDependence.js';

/** How samples of a batch combine: by name or by a function. */
export const aReduction: Check = either(oneOf('sum', 'mean', 'max'), aFunction);

const scalingChecks: { readonly [K in keyof Scaling]: Check } = {
  etaPlus: rate,
  etaMinus: rate,
  weightDependence: either(oneOf(...weightDependences), aFunction),
  mu: nonNegative,
};

const known: readonly string[] = [
  ...Object.keys(scalingChecks),
  ...['wMin', 'wMax', 'hardBound', 'weightDecay', 'batchReduction'],
];

/**
 * Throws where a record has other fields than those of an update. Scaling and bounds may be one record: that of a rule.
 */
export function ensureUpdateFields(given: object, where: string): void {
  for (const name of Object.keys(given))
    ensure(known.includes(name), where, name, () => `is not a parameter; known are ${known.join(', ')}`);
}

/** Throws unless it is a whole {@link Scaling}. */
export function checkScaling(scaling: Scaling, where: string): void {
  ensure(isRecord(scaling), where, 'scaling', () => `must be a record, got ${show(scaling)}`);
  for (const [name, test] of Object.entries(scalingChecks)) ensureIs(test, scaling[name as keyof Scaling], where, name);
}

/**
 * Whether a lower bound is below an upper one, or `touching` it, wherever both are numbers or have one shape. What only a device knows,
 * and what meets only on the weights, counts as right.
 */
export function areOrdered(low: Numeric, high: Numeric, touching: boolean): boolean {
  const [lows, highs] = [entriesOf(low), entriesOf(high)];
  if (lows === undefined || highs === undefined) return true;
  const below = (a: number, b: number): boolean => a < b || (touching && a === b);
  if (lows.length === 1) return highs.every((b) => lows.every((a) => below(a, b)));
  if (highs.length === 1) return highs.every((b) => lows.every((a) => below(a, b)));
  const isMatrix = [low, high].some((bound) => bound instanceof tf.Tensor && bound.rank > 1);
  return isMatrix || (lows.length === highs.length && lows.every((a, index) => below(a, Number(highs[index]))));
}

/** Throws unless it is a whole {@link Bounds}: limits may be infinite, and none is NaN. */
export function checkBounds(bounds: Bounds, where: string): void {
  ensure(isRecord(bounds), where, 'bounds', () => `must be a record, got ${show(bounds)}`);
  const { wMin, wMax, hardBound, weightDecay = 0 } = bounds;
  for (const [name, bound] of Object.entries({ wMin, wMax }))
    if (typeof bound !== 'number' || Number.isNaN(bound)) ensureIs(weightBound, bound, where, name);
  ensure(areOrdered(wMin, wMax, true), where, 'wMin', () => `must not be above wMax, got ${show(wMin)} and ${show(wMax)}`);
  ensureIs(flag, hardBound, where, 'hardBound');
  ensureIs(fractionScalar, weightDecay, where, 'weightDecay');
}

/** The parameters of an update, checked, without others that stand beside them. */
export function checkUpdate(update: UpdateParams, where: string): UpdateParams {
  checkScaling(update, where);
  checkBounds(update, where);
  ensureIs(aReduction, update.batchReduction, where, 'batchReduction');
  const { etaPlus, etaMinus, weightDependence, mu, wMin, wMax, hardBound, weightDecay = 0, batchReduction } = update;
  return { etaPlus, etaMinus, weightDependence, mu, wMin, wMax, hardBound, weightDecay, batchReduction };
}

/** Throws unless it is a {@link BatchReduction}. */
export const checkReduction = (reduction: BatchReduction, where: string): void =>
  ensureIs(aReduction, reduction, where, 'reduction');
