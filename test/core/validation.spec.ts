import * as tf from '@tensorflow/tfjs-core';
import { isLeft, left, right } from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import {
  aFunction,
  aText,
  atMost,
  type Check,
  either,
  finiteNumber,
  flag,
  forAll,
  fraction,
  integerFrom,
  nonNegative,
  nonNegativeRate,
  nonNegativeScalar,
  oneOf,
  positive,
  positiveScalar,
  rate,
  scalar,
  timeConstant,
  validateParams,
} from '../../src/core/params/validation.js';
import { aSeed } from '../../src/core/random.js';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

describe('checks', () => {
  const tensor = () => tf.scalar(1);
  it.each<[string, Check, unknown[], unknown[]]>([
    ['finiteNumber', finiteNumber, [0, -2, [1, -1], tensor], [nan, infinity, [], [1, nan], '1', null, {}]],
    ['nonNegative', nonNegative, [0, 2, [0, 1], tensor], [-1, nan, infinity, [1, -1]]],
    ['positive', positive, [1e-9, [1, 2], tensor], [0, -1, infinity, [1, 0]]],
    ['timeConstant', timeConstant, [1, infinity, [20, infinity], tensor], [0, -1, nan, [20, 0]]],
    ['fraction', fraction, [0, 0.5, 1], [-0.1, 1.1, nan]],
    ['scalar', scalar, [-1, 0], [nan, infinity, [1], tensor]],
    ['positiveScalar', positiveScalar, [1], [0, nan, infinity, [1], tensor]],
    ['nonNegativeScalar', nonNegativeScalar, [0, 1], [-1, nan, infinity, [1], tensor]],
    ['integerFrom(1)', integerFrom(1), [1, 7], [0, 1.5, nan, '1', 2 ** 53]],
    ['atMost(9)', atMost(9, scalar), [9, -9, 0], [9.5, -10, nan, infinity, '1']],
    ['aSeed', aSeed, [0, 7, { seed: 1, stream: 2 }], [-1, 1.5, '1', null, undefined, {}, { seed: 1 }, [1]]],
    ['flag', flag, [true, false], [0, 'true', undefined]],
    ['oneOf', oneOf('a', 'b'), ['a', 'b'], ['c', ['a'], undefined]],
    ['aFunction', aFunction, [Math.abs], [1, undefined]],
  ])('%s', (_, check, good, bad) => {
    const made = (value: unknown) => (value === tensor ? tensor() : value);
    for (const value of good.map(made)) expect(check(value), String(value)).toEqual(right(value));
    for (const value of bad.map(made)) expect(isLeft(check(value)), String(value)).toBe(true);
  });

  it('draw the line where float32 does', () => {
    const least = 2 ** -126; // the least normal float32
    expect([positive, positiveScalar, timeConstant].map((check) => check(least))).toEqual(Array(3).fill(right(least)));
    for (const check of [positive, positiveScalar, timeConstant]) expect(isLeft(check(least / 2))).toBe(true);
    for (const check of [finiteNumber, rate, nonNegativeRate, nonNegative, nonNegativeScalar, positive, scalar]) {
      expect(isLeft(check(1e39))).toBe(true);
      expect(check(1e38)).toEqual(right(1e38));
    }
  });

  it('a rate may have any number of axes, other numbers one; texts and what was disposed are neither', () => {
    const [matrix, gone] = [tf.ones([2, 3]), tf.ones([2])];
    gone.dispose();
    expect([rate(matrix), nonNegativeRate(matrix)]).toEqual([right(matrix), right(matrix)]);
    expect(isLeft(nonNegativeRate(tf.tensor2d([[0, -1]])))).toBe(true);
    expect(isLeft(nonNegativeRate(-1))).toBe(true);
    expect(nonNegativeRate(0)).toEqual(right(0));
    for (const check of [finiteNumber, nonNegative, positive, timeConstant, fraction]) expect(isLeft(check(matrix))).toBe(true);
    for (const check of [rate, finiteNumber]) {
      expect(isLeft(check(gone))).toBe(true);
      expect(isLeft(check(tf.tensor1d(['1'])))).toBe(true);
    }
  });

  it('integerFrom has two ends, and forAll takes no list', () => {
    expect(integerFrom(2, 4)(4)).toEqual(right(4));
    expect(integerFrom(2, 4)(2)).toEqual(right(2));
    expect(integerFrom(2, 4)(5)).toEqual(left('an integer in [2, 4]'));
    expect(integerFrom(2, 4)(1)).toEqual(left('an integer in [2, 4]'));
    expect(forAll(finiteNumber)([1])).toEqual(left('one number'));
    expect(forAll(finiteNumber)(1)).toEqual(right(1));
    expect(atMost(9, aText)('long')).toEqual(right('long'));
  });

  it('either accepts what one of two accepts, and names both', () => {
    const check = either(oneOf('sum'), aFunction);
    expect(check('sum')).toEqual(right('sum'));
    expect(check(Math.max)).toEqual(right(Math.max));
    expect(check('max')).toEqual(left("one of 'sum' or a function"));
  });
});

it('atMost says which side is too far', () => {
  expect(atMost(9, scalar)(10)).toEqual(left('at most 9'));
  expect(atMost(9, scalar)(-10)).toEqual(left('at least -9'));
  expect(atMost(9, integerFrom(1))(0)).toEqual(left('an integer ≥ 1'));
});

describe('validateParams', () => {
  interface Params {
    readonly tau: number | readonly number[];
    readonly mode: string;
  }
  const given = (params?: object) =>
    validateParams<Params>('f', { tau: 20, mode: 'a' }, params as Partial<Params>, { tau: timeConstant, mode: oneOf('a', 'b') });

  it('fills in defaults, also for undefined', () => {
    expect(orThrow(given())).toEqual({ tau: 20, mode: 'a' });
    expect(orThrow(given({ tau: 5, mode: undefined }))).toEqual({ tau: 5, mode: 'a' });
  });

  it('names the function, the parameter, what it must be and what came', () => {
    const message = (params: object) => () => orThrow(given(params));
    expect(message({ tau: nan })).toThrow('f: tau must be a positive number of ms, got NaN');
    expect(message({ tau: [1, nan] })).toThrow('f: tau must be a positive number of ms, got [1, NaN]');
    expect(message({ tau: -1n })).toThrow('f: tau must be a positive number of ms, got -1');
    expect(message({ mode: 'c' })).toThrow(`f: mode must be one of 'a', 'b', got "c"`);
    expect(message({ mode: () => 'a' })).toThrow(`f: mode must be one of 'a', 'b', got a function`);
    expect(message({ mode: tf.zeros([2, 3]) })).toThrow(`f: mode must be one of 'a', 'b', got a tensor [2, 3]`);
  });

  it('says how values are given, and shows those of small tensors', () => {
    const positional = (names: readonly string[]) => () =>
      orThrow(validateParams('f', {}, 20 as never, Object.fromEntries(names.map((name) => [name, flag]))));
    expect(positional(['a', 'b', 'c'])).toThrow(
      'f: params must be a record, got 20: values are given by name, as in { a, b, c }',
    );
    expect(positional(['a', 'b', 'c', 'd'])).toThrow('as in { a, b, c, … }');
    expect(() => orThrow(given({ tau: tf.tensor1d([1, -1]) }))).toThrow('got a tensor [2] of [1, -1]');
    expect(() => orThrow(given({ tau: tf.fill([9], -1) }))).toThrow(/got a tensor \[9\]$/);
    expect(() => orThrow(given({ mode: tf.zeros([0]) }))).toThrow(/got a tensor \[0\]$/);
  });

  it('keeps a list as it was, whatever its owner does to it later, and needs no check for every field', () => {
    const tau = [1, 2];
    const params = orThrow(given({ tau }));
    tau[0] = 9;
    expect(params.tau).toEqual([1, 2]);
    expect(orThrow(validateParams<{ a: number }>('f', { a: 1 }, {}, { a: undefined } as never))).toEqual({ a: 1 });
  });

  it.each(['Tau', 'constructor', 'toString'])('refuses the unknown parameter %s', (name) => {
    expect(() => orThrow(given({ [name]: 1 }))).toThrow(`f: ${name} is not a parameter; known are tau, mode`);
  });

  it('changes neither the defaults nor what was given', () => {
    const defaults: { readonly tau: number } = Object.freeze({ tau: 20 });
    const params: { readonly tau: number } = Object.freeze({ tau: 5 });
    expect(orThrow(validateParams('f', defaults, params, { tau: positive }))).toEqual({ tau: 5 });
    expect(defaults).toEqual({ tau: 20 });
  });
});
