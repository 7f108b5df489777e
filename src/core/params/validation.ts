import * as tf from '@tensorflow/tfjs-core';
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js';
import { refuse, type Validated } from '../errors.js';
import { isListOf } from '../lists.js';
import { show } from '../show.js';
import { valuesAtHand } from '../tensors.js';
import { isRecord } from '../trees.js';
import { readable } from './readable.js';

export { nothingMore } from './nothingMore.js';

/**
 * A number, or one number per neuron (broadcast along the last axis: neurons of a dense layer, channels of an image),
 * or a tensor of rank 0 or 1 that broadcasts the same way. The tensor form lets gradients reach a parameter; it is not
 * plain JSON. A learning rate of a rule may also be a tensor that broadcasts to the weights: one rate for each synapse.
 */
export type Numeric = number | readonly number[] | tf.Tensor;

/** Accepts a value of a type, or says what it must be (the end of `<name> must be …`). */
export type Check<T = unknown> = (value: unknown) => Either<string, T>;

/** What `accepts` takes, as a `T`; `expected` is the end of `<name> must be …`. */
export const check =
  <T = unknown>(expected: string, accepts: (value: unknown) => boolean): Check<T> =>
  (value) =>
    accepts(value) ? right(value as T) : left(expected);

/** Whether a number is finite in float32 too. */
export const isFinite32 = (value: number): boolean => Number.isFinite(Math.fround(value));

/** The least positive number that float32 holds everywhere: webgpu takes smaller ones as 0. */
export const leastPositive: number = 2 ** -126;

/** Whether a number is positive in float32 too, and finite. */
const isPositive32 = (value: number): boolean => Math.fround(value) >= leastPositive && isFinite32(value);

const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);

/** A number, a list of numbers or a tensor of no more than `rank` axes, whose entries satisfy `accepts` where they are at hand. */
const numeric = (expected: string, rank: number, accepts: (value: number) => boolean): Check<Numeric> =>
  check(expected, (value) => {
    if (value instanceof tf.Tensor) return value.rank <= rank && isNumeric(value) && tensorEntries(value).every(accepts);
    const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
    return entries.length > 0 && isListOf(entries, (entry) => isNumber(entry) && accepts(entry));
  });

const isNumeric = ({ isDisposed, dtype }: tf.Tensor): boolean => !isDisposed && dtype !== 'string' && dtype !== 'complex64';

/** None where only a device has them. */
const tensorEntries = (tensor: tf.Tensor): readonly number[] => Array.from(valuesAtHand(tensor) ?? []);

/** A finite number (or one per neuron, or a tensor). */
export const finiteNumber = numeric('a finite number', 1, isFinite32);
/** A learning rate: a finite number, one per neuron, or one per synapse. */
export const rate = numeric('a finite number', Number.POSITIVE_INFINITY, isFinite32);
/** A bound of weights: a finite number, one per output, or a tensor that broadcasts with the weights. */
export const weightBound = numeric('a finite number', Number.POSITIVE_INFINITY, isFinite32);
/** The numbers of a parameter; `undefined` where only a device has them. */
export const entriesOf = (value: Numeric): readonly number[] | undefined => {
  if (typeof value === 'number') return [value];
  return value instanceof tf.Tensor ? (valuesAtHand(value) === undefined ? undefined : tensorEntries(value)) : value;
};
/** A learning rate ≥ 0. */
export const nonNegativeRate = numeric('a number ≥ 0', Number.POSITIVE_INFINITY, (value) => value >= 0 && isFinite32(value));
/** A number ≥ 0, finite. */
export const nonNegative = numeric('a number ≥ 0', 1, (value) => value >= 0 && isFinite32(value));
/** A number > 0, finite. */
export const positive = numeric('a number > 0', 1, isPositive32);
/** A time constant: a positive number of milliseconds; Infinity means no decay. */
export const timeConstant = numeric('a positive number of ms', 1, (value) => value >= leastPositive);
/** One time constant for all, never a list or tensor. */
export const timeConstantScalar = check<number>('a positive number of ms', (value) => isNumber(value) && value >= leastPositive);
/** A probability or fraction. */
export const fraction = numeric('a number in [0, 1]', 1, (value) => value >= 0 && value <= 1);
/** Any number, ±Infinity too, but not NaN; never a list or tensor. */
export const aNumber = check<number>('a number', isNumber);
/** A plain finite number, never a list or tensor. */
export const scalar = check<number>('a finite number', (value) => isNumber(value) && isFinite32(value));
/** A plain fraction, never a list or tensor. */
export const fractionScalar = check<number>('a number in [0, 1]', (value) => isNumber(value) && value >= 0 && value <= 1);
/** A plain number > 0. */
export const positiveScalar = check<number>('a number > 0', (value) => isNumber(value) && isPositive32(value));
/** A plain number ≥ 0. */
export const nonNegativeScalar = check<number>('a number ≥ 0', (value) => isNumber(value) && value >= 0 && isFinite32(value));
/** An integer of at least `least`, and at most `most`. */
export const integerFrom = (least: number, most = Number.MAX_SAFE_INTEGER): Check<number> =>
  check(
    most === Number.MAX_SAFE_INTEGER ? `an integer ≥ ${least}` : `an integer in [${least}, ${most}]`,
    (value) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
  );
/** What a check accepts, unless it is a number beyond `most` on either side of 0. */
export const atMost =
  <T>(most: number, test: Check<T>): Check<T> =>
  (value) => {
    const accepted = test(value);
    if (isLeft(accepted) || !isNumber(value) || Math.abs(value) <= most) return accepted;
    return left(value > 0 ? `at most ${most}` : `at least ${-most}`);
  };
/** Any text. */
export const aText = check<string>('a text', (value) => typeof value === 'string');
/** `true` or `false`. */
export const flag = check<boolean>('true or false', (value) => typeof value === 'boolean');
/** One of the given names. */
export const oneOf = <Name extends string>(...names: readonly Name[]): Check<Name> =>
  check(`one of ${names.map((name) => `'${name}'`).join(', ')}`, (value) => names.some((name) => name === value));
/** Either check accepts. */
export const either =
  <A, B>(first: Check<A>, second: Check<B>): Check<A | B> =>
  (value) => {
    const one = first(value);
    if (!isLeft(one)) return one;
    const two = second(value);
    return isLeft(two) ? left(`${one.left} or ${two.left}`) : two;
  };
/** Nothing, or what the check accepts. */
export const optional =
  <T>(test: Check<T>): Check<T | undefined> =>
  (value) =>
    value === undefined ? right(value) : test(value);
/** Anything. */
export const anything: Check = right;
/** A record of named values. */
export const aRecord = check('a record', isRecord);
/** One value for all neurons, never a list. */
export const forAll =
  <T>(test: Check<T>): Check<T> =>
  (value) =>
    Array.isArray(value) ? left('one number') : test(value);
/** A function. */
export const aFunction = <F>(value: unknown): Either<string, F> =>
  typeof value === 'function' ? right(value as F) : left('a function');

/** One check for every field of a params record. */
export type Checks<P> = { readonly [K in keyof P]-?: Check };

/**
 * Fills `given` with `defaults` and checks every field once. Unknown fields are refused, so that a typo never
 * becomes a silent default; so is whatever is no record. Fields given as `undefined` take their default. Lists are copied:
 * what their owner changes later is not seen.
 *
 * @param argument  what messages call the record. Default `'params'`.
 * @returns `Right` of the complete record, or `Left` of the first problem.
 */
export const validateParams = <P extends object>(
  where: string,
  defaults: P,
  given: Partial<P> | undefined,
  checks: Checks<P>,
  argument = 'params',
): Validated<P> => readable(where, argument, () => completed(where, defaults, given, checks, argument));

function completed<P extends object>(
  where: string,
  defaults: P,
  given: Partial<P> | undefined,
  checks: Checks<P>,
  argument: string,
): Validated<P> {
  const params: { [name: string]: unknown } = Object.fromEntries(Object.entries(defaults));
  const table: { readonly [name: string]: Check | undefined } = { ...checks };
  if (given !== undefined && !isRecord(given)) return refuse(where, argument, notByName(given, Object.keys(checks)));
  for (const [name, value] of Object.entries(given ?? {})) {
    if (!Object.hasOwn(table, name))
      return refuse(where, name, `is not a parameter; known are ${Object.keys(checks).join(', ')}`);
    if (value !== undefined) params[name] = Array.isArray(value) ? [...value] : value;
  }
  for (const [name, test] of Object.entries<Check | undefined>(table)) {
    const result = test?.(params[name]);
    if (result !== undefined && isLeft(result)) return refuse(where, name, `must be ${result.left}, got ${shown(params[name])}`);
  }
  return right(params as P);
}

/** Of values that are given one after the other, as other libraries take them. */
function notByName(given: unknown, names: readonly string[]): string {
  const some = names.slice(0, 3).join(', ');
  return `must be a record, got ${show(given)}: values are given by name, as in { ${some}${names.length > 3 ? ', …' : ''} }`;
}

/** A value that was refused; of a tensor, the values where they are few. */
function shown(value: unknown): string {
  if (!(value instanceof tf.Tensor) || value.isDisposed) return value instanceof tf.Tensor ? 'a disposed tensor' : show(value);
  const entries = tensorEntries(value);
  return entries.length > 0 && entries.length <= 8 ? `${show(value)} of ${show(entries)}` : show(value);
}

/**
 * Throws unless `value` is what a check accepts: for single arguments, where {@link validateParams} is for records.
 *
 * @throws {StdpError} `<where>: <argument> must be …, got …`
 */
export function ensureIs(test: Check, value: unknown, where: string, argument: string): void {
  const result = test(value);
  if (isLeft(result)) throw refuse(where, argument, `must be ${result.left}, got ${shown(value)}`).left;
}
