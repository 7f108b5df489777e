import * as tf from '@tensorflow/tfjs-core';
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js';
import { refuse, type Validated } from './errors.js';
import { showShape } from './tensors.js';

/**
 * A number, or one number per neuron (broadcast along the last axis: neurons of a dense layer, channels of an image),
 * or a tensor that broadcasts the same way. The tensor form lets gradients reach a parameter; it is not plain JSON.
 */
export type Numeric = number | readonly number[] | tf.Tensor;

/** Accepts a value, or says what it must be (the end of `<name> must be …`). */
export type Check = (value: unknown) => Either<string, unknown>;

const check =
  (expected: string, accepts: (value: unknown) => boolean): Check =>
  (value) =>
    accepts(value) ? right(value) : left(expected);

const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);

/** A number, an array of numbers or a tensor whose known entries satisfy `accepts`. */
const numeric = (expected: string, accepts: (value: number) => boolean): Check =>
  check(expected, (value) => {
    if (value instanceof tf.Tensor) return true;
    const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
    return entries.length > 0 && entries.every((entry) => isNumber(entry) && accepts(entry));
  });

/** A finite number (or one per neuron, or a tensor). */
export const finiteNumber = numeric('a finite number', Number.isFinite);
/** A number ≥ 0, finite. */
export const nonNegative = numeric('a number ≥ 0', (value) => value >= 0 && Number.isFinite(value));
/** A number > 0, finite. */
export const positive = numeric('a number > 0', (value) => value > 0 && Number.isFinite(value));
/** A time constant: a positive number of milliseconds; Infinity means no decay. */
export const timeConstant = numeric('a positive number of ms', (value) => value > 0);
/** A probability or fraction. */
export const fraction = numeric('a number in [0, 1]', (value) => value >= 0 && value <= 1);
/** A plain finite number, never an array or tensor. */
export const scalar = check('a finite number', (value) => isNumber(value) && Number.isFinite(value));
/** A plain fraction, never an array or tensor. */
export const fractionScalar = check('a number in [0, 1]', (value) => isNumber(value) && value >= 0 && value <= 1);
/** A plain number > 0. */
export const positiveScalar = check('a number > 0', (value) => isNumber(value) && value > 0 && Number.isFinite(value));
/** A plain number ≥ 0. */
export const nonNegativeScalar = check('a number ≥ 0', (value) => isNumber(value) && value >= 0 && Number.isFinite(value));
/** An integer of at least `least`. */
export const integerFrom = (least: number): Check =>
  check(`an integer ≥ ${least}`, (value) => Number.isSafeInteger(value) && Number(value) >= least);
/** Any text. */
export const aText = check('a text', (value) => typeof value === 'string');
/** `true` or `false`. */
export const flag = check('true or false', (value) => typeof value === 'boolean');
/** One of the given names. */
export const oneOf = (...names: readonly string[]): Check =>
  check(
    `one of ${names.map((name) => `'${name}'`).join(', ')}`,
    (value) => names.includes(String(value)) && typeof value === 'string',
  );
/** Either check accepts. */
export const either =
  (first: Check, second: Check): Check =>
  (value) => {
    const one = first(value);
    const two = second(value);
    return isLeft(one) && isLeft(two) ? left(`${one.left} or ${two.left}`) : right(value);
  };
/** A record of named values. */
export const aRecord = check('a record', (value) => typeof value === 'object' && value !== null && !Array.isArray(value));
/** One value for all neurons, never a list. */
export const forAll =
  (test: Check): Check =>
  (value) =>
    Array.isArray(value) ? left('one number') : test(value);
/** A function. */
export const aFunction = check('a function', (value) => typeof value === 'function');

const show = (value: unknown): string => {
  if (value instanceof tf.Tensor) return `a tensor ${showShape(value.shape)}`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  return typeof value === 'string' || typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** One check for every field of a params record. */
export type Checks<P> = { readonly [K in keyof P]-?: Check };

/**
 * Fills `given` with `defaults` and checks every field once. Unknown fields are refused, so that a typo never
 * becomes a silent default. Fields given as `undefined` take their default.
 *
 * @returns `Right` of the complete record, or `Left` of the first problem.
 */
export function validateParams<P extends object>(
  where: string,
  defaults: P,
  given: Partial<P> | undefined,
  checks: Checks<P>,
): Validated<P> {
  const params: { [name: string]: unknown } = Object.fromEntries(Object.entries(defaults));
  const table: { readonly [name: string]: Check | undefined } = { ...checks };
  for (const [name, value] of Object.entries(given ?? {})) {
    if (!Object.hasOwn(table, name))
      return refuse(where, name, `is not a parameter; known are ${Object.keys(checks).join(', ')}`);
    if (value !== undefined) params[name] = value;
  }
  for (const [name, test] of Object.entries<Check | undefined>(table)) {
    const result = test?.(params[name]);
    if (result !== undefined && isLeft(result)) return refuse(where, name, `must be ${result.left}, got ${show(params[name])}`);
  }
  return right(params as P);
}
