import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { frozenCopy } from '../../src/core/frozen.js';
import { hostTensor } from '../../src/core/hostTensor.js';
import * as checks from '../../src/core/params/validation.js';
import { aSeed, fork, randomNormal, randomUniform } from '../../src/core/random.js';
import { scan } from '../../src/core/scan.js';
import { select } from '../../src/core/select.js';
import { errorCode, messageOf } from '../../src/core/show.js';
import { tensorsOf } from '../../src/core/trees.js';

/** A list that is its own entry, and a record that is its own field. */
const endlessList: unknown[] = [];
endlessList.push(endlessList);
const endlessRecord: { own?: unknown } = {};
endlessRecord.own = endlessRecord;

const ys = (step: (x: tf.Tensor, time: number) => unknown) => {
  let time = 0;
  return () => scan((carry: number, x: tf.Tensor) => [carry, step(x, time++)], 0, tf.zeros([2, 3]));
};

/** Also `undefined`, which `toThrow` would take for any message. */
function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (reason) {
    return reason;
  }
  return 'nothing was thrown';
}

describe('what is wrong is named', () => {
  it.each<[string, () => unknown]>([
    [
      'here: it holds Infinity, which is not a finite float32',
      () => hostTensor([Number.POSITIVE_INFINITY], 'here', 'it', 'finite'),
    ],
    ['here: it holds NaN, which is not a time', () => hostTensor([Number.NaN], 'here', 'it', 'times')],
    ['randomUniform: low must be a finite number, got "0"', () => randomUniform(1, 1, '0' as never)],
    ['randomUniform: high must be a finite number', () => randomUniform(1, 1, 0, 1e39)],
    ['randomUniform: length must be', () => randomUniform(-1, 1)],
    ['randomNormal: mean must be a finite number, got "0"', () => randomNormal(1, 1, '0' as never)],
    ['randomNormal: std must be a number ≥ 0, got -1', () => randomNormal(1, 1, 0, -1)],
    ['randomNormal: length must be', () => randomNormal(0.5, 1)],
    ['randomNormal: seed', () => randomNormal(1, -1)],
    ['fork: seed', () => fork(-1, 0)],
    ['fork: index must be an integer in [0, 2^32), got -1', () => fork(1, -1)],
    [
      'scan: step must give ys of one form, gave float32 [3] and float32 []',
      ys((x, time) => (time === 0 ? tf.clone(x) : tf.scalar(1))),
    ],
    ['scan: step must give ys of one form, gave 1 and 2 values', ys((_, time) => (time === 0 ? [1] : [1, 2]))],
    [
      "scan: step must give ys of one form, gave a value 'a' in one step and none in another",
      ys((_, time) => (time === 0 ? { a: 1 } : { b: 1 })),
    ],
  ])('%s', (message, call) => {
    expect(String(thrownBy(call))).toContain(message);
  });
});

it.each([
  ['list', endlessList],
  ['record', endlessRecord],
])('a %s that lies within itself is refused', (_, tree) => {
  expect(() => tensorsOf(tree)).toThrow('tensors: the record lies within itself');
});

it('times may be infinite, which finite numbers may not', async () => {
  expect([...(await hostTensor([Number.POSITIVE_INFINITY, 1], 'here', 'it', 'times').data())]).toEqual([
    Number.POSITIVE_INFINITY,
    1,
  ]);
});

it.each<[name: string, check: checks.Check, expected: string]>([
  ['finiteNumber', checks.finiteNumber, 'a finite number'],
  ['rate', checks.rate, 'a finite number'],
  ['nonNegativeRate', checks.nonNegativeRate, 'a number ≥ 0'],
  ['nonNegative', checks.nonNegative, 'a number ≥ 0'],
  ['nonNegativeScalar', checks.nonNegativeScalar, 'a number ≥ 0'],
  ['positive', checks.positive, 'a number > 0'],
  ['positiveScalar', checks.positiveScalar, 'a number > 0'],
  ['timeConstant', checks.timeConstant, 'a positive number of ms'],
  ['timeConstantScalar', checks.timeConstantScalar, 'a positive number of ms'],
  ['fraction', checks.fraction, 'a number in [0, 1]'],
  ['fractionScalar', checks.fractionScalar, 'a number in [0, 1]'],
  ['aNumber', checks.aNumber, 'a number'],
  ['scalar', checks.scalar, 'a finite number'],
  ['aSeed', aSeed, 'an integer ≥ 0 or a random generator'],
  ['aText', checks.aText, 'a text'],
  ['flag', checks.flag, 'true or false'],
  ['aRecord', checks.aRecord, 'a record'],
  ['aFunction', checks.aFunction, 'a function'],
])('the check %s says what it asks for', (_, check, expected) => {
  expect(check(Number.NaN)).toEqual({ _tag: 'Left', left: expected });
});

it.each<[unknown, string]>([
  [new Error('first\nsecond'), 'first'],
  ['text\nmore', 'text'],
  ['', ''],
  [{ message: 5 }, '5'],
  [{ code: 5 }, '{ code: 5 }'],
  [null, 'null'],
  [undefined, 'undefined'],
  [7, '7'],
])('what was thrown, %o, says %s', (reason, message) => {
  expect(messageOf(reason)).toBe(message);
});

it('the code of what the system refused is known, and of nothing else', () => {
  expect([{ code: 'ENOENT' }, {}, null, undefined, 'ENOENT'].map(errorCode)).toEqual([
    'ENOENT',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

it.each([1, 4, 5, 6])('one of two tensors is taken entry by entry, with %i axes', async (rank) => {
  const shape = [2, 3, ...Array.from({ length: rank }, () => 1)].slice(0, rank);
  const of = (values: number[]) => tf.tensor(values.slice(0, tf.util.sizeFromShape(shape)), shape);
  const [condition, yes, no] = [of([1, 0, 2, 0, 0, -1]), of([1, 2, 3, 4, 5, 6]), of([-1, -2, -3, -4, -5, -6])];
  const chosen = select(condition, yes, no);
  expect(chosen.shape).toEqual(shape);
  expect([...(await chosen.data())]).toEqual([1, -2, 3, -4, -5, 6].slice(0, no.size));
});

it('what is frozen as a copy may not lie within itself', () => {
  const params: { self?: unknown } = {};
  params.self = params;
  expect(() => frozenCopy(params, 'makeRule', 'definition.params')).toThrow('makeRule: definition.params lies within itself');
  const list: unknown[] = [];
  list.push(list);
  expect(() => frozenCopy({ list }, 'makeRule', 'definition.reads')).toThrow('makeRule: definition.reads lies within itself');
});
