import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { memoize } from '../../src/core/memoize.js';
import { scan } from '../../src/core/scan.js';
import { errorCode, messageOf, show } from '../../src/core/show.js';
import { recordFromJSON, recordToJSON, tensorFromJSON } from '../../src/core/tensorJson.js';
import { broadcastShape, valuesAtHand } from '../../src/core/tensors.js';
import { isRecord, mapLeaves, tensorsOf } from '../../src/core/trees.js';
import { withWholeSeries } from '../../src/core/wholeSeries.js';
import { initStdpState, pairStdp } from '../../src/rules/pair/pairStdp.js';
import { stdpStepLinear } from '../../src/rules/pair/stdpStep.js';
import { targetBackend } from '../target.js';

class Kept {
  readonly w = 1;
}

const gone = (): tf.Tensor => {
  const tensor = tf.ones([2]);
  tensor.dispose();
  return tensor;
};

describe('scan', () => {
  const keep = (carry: tf.Tensor): [tf.Tensor, null] => [carry, null];

  it.each<[string, () => unknown]>([
    ['scan: step.carry is a tensor that was disposed', () => scan(() => [gone(), null], tf.scalar(0), [1])],
    ['scan: xs.b is ', () => scan(keep, tf.scalar(0), { a: [1], b: new Map([['t', tf.ones([1])]]) })],
    ['scan: xs.b.0 is ', () => scan(keep, tf.scalar(0), { a: [1], b: [new Kept()] })],
    ['scan: init.b is ', () => scan((carry) => [carry, null], { a: tf.scalar(0), b: new Kept() }, [1])],
    ['scan: step.carry.b is ', () => scan(({ a }) => [{ a, b: new Kept() }, null] as never, { a: tf.scalar(0), b: 1 }, [1])],
    ['scan: step must be a function, got 5', () => scan(5 as never, tf.scalar(0), [1])],
    ['scan: init holds a tensor that was disposed', () => scan(keep, gone(), [1])],
    ['scan: xs holds a tensor that was disposed', () => scan(keep, tf.scalar(0), gone())],
    ['scan: xs holds a tensor that was disposed', () => scan(keep, tf.scalar(0), [tf.ones([2]), gone()])],
    ['scan: xs.a.0 ', () => scan(keep, tf.scalar(0), { a: [[[1, 2], [3]], tf.ones([2])] })],
    ['scan: step must return [carry, y], returned 3', () => scan(() => 3 as never, tf.scalar(0), [1])],
    [
      'scan: step must return a carry of the form of init, returned a tensor [1, 1] as carry',
      () =>
        scan(
          ([w, state], [pre, post]) => stdpStepLinear(pre, post, w, state) as never,
          [tf.fill([1, 1], 0.5), initStdpState([1], [1])],
          [tf.ones([1, 1]), tf.ones([1, 1])],
        ),
    ],
    [
      'scan: step must return a carry of the form of init',
      () => scan(([a]) => [[a], null] as never, [tf.scalar(0), tf.scalar(1)], [1]),
    ],
    [
      'scan: step must return a carry of the form of init',
      () => scan(({ a }) => [{ b: a }, null] as never, { a: tf.scalar(0) }, [1]),
    ],
    ['scan: step must return a carry of the form of init', () => scan(() => [0, null] as never, tf.scalar(0), [1])],
    [', … }: take stepOf(rule)', () => scan(pairStdp() as never, tf.scalar(0), [1])],
    [
      'stdpStepLinear: w is not a tensor: it holds a promise (await it first)',
      () => stdpStepLinear([1], [1], Promise.resolve([[0.5]]) as never, initStdpState([1], [1])),
    ],
    [
      'scan: step.y.a.0 must be a tensor or a number, got "x"',
      () => scan((c: tf.Tensor) => [c, { a: ['x'] }], tf.scalar(0), [1]),
    ],
  ])('%s', (message, call) => {
    expect(call).toThrow(message);
  });

  it.each<[string, readonly [unknown, unknown]]>([
    ['1 and 2 values', [{ a: 1 }, { a: 1, b: 2 }]],
    ["a value 'a.b' in one step and none in another", [{ a: { b: 1 } }, { a: { c: 1 } }]],
    ['float32 [] and float32 [2]', [1, tf.ones.bind(null, [2])]],
    ['float32 [] and bool []', [1, true]],
  ])('refuses ys of two forms: %s', (what, [first, second]) => {
    const ys = [first, second];
    const [init, times] = [tf.scalar(0), tf.tensor1d([0, 1])];
    const before = tf.memory().numTensors;
    const step = (carry: tf.Tensor, x: tf.Tensor): [tf.Tensor, unknown] => {
      const y = ys[Number(valuesAtHand(x)?.[0])];
      return [carry, typeof y === 'function' ? y() : y];
    };
    expect(() => scan(step, init, times)).toThrow(`scan: step must give ys of one form, gave ${what}`);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('gathers ys of records in records', async () => {
    const [, ys] = scan(
      (c: tf.Tensor, x: tf.Tensor) => [c, { p: { q: x }, r: [tf.neg(x)] }],
      tf.scalar(0),
      tf.tensor1d([1, 2, 3]),
    );
    expect([await ys.p.q.array(), await ys.r[0]?.array()]).toEqual([
      [1, 2, 3],
      [-1, -2, -3],
    ]);
  });

  it('takes moments that never come in a tensor, not in a list, which could be spikes', async () => {
    const last = (xs: tf.Tensor | number[]) =>
      scan((_: tf.Tensor, x: tf.Tensor): [tf.Tensor, null] => [x, null], tf.scalar(0), xs as tf.Tensor)[0];
    const times = [1, Number.POSITIVE_INFINITY];
    expect(Array.from(await last(tf.tensor1d(times)).data())).toEqual([Number.POSITIVE_INFINITY]);
    expect(() => last(times)).toThrow('scan: xs holds Infinity, which is not a finite float32');
  });

  it('leaves the whole series to a step that can take it', async () => {
    const step = withWholeSeries(keep, (_: tf.Tensor, xs: tf.Tensor) => [tf.sum(xs), null] as const);
    expect(Array.from(await scan(step, tf.scalar(0), tf.tensor1d([1, 2, 4]))[0].data())).toEqual([7]);
  });
});

it('remembered: what is no record is made anew each time, and a list counts by its entries', () => {
  let made = 0;
  const count = memoize((params?: { list: number[] }) => {
    made++;
    return params;
  });
  expect([count(5 as never), count(5 as never), count(null as never), made]).toEqual([5, 5, null, 3]);
  const params = { list: [1, 2] };
  count(params);
  count(params);
  expect(made).toBe(4);
  params.list.push(3);
  count(params);
  expect(made).toBe(5);
  params.list[0] = 9;
  count(params);
  expect(made).toBe(6);
});

it('show: records with their names, lists without, both cut short, and no deeper than two', () => {
  expect(show({ a: 1, b: [2, -0], c: {} })).toBe('{ a: 1, b: [2, -0], c: {} }');
  expect(show([1, 2, 3, 4, 5, 6, 7, 8])).toBe('[1, 2, 3, 4, 5, 6, 7, 8]');
  expect(show([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBe('[1, 2, 3, 4, 5, 6, 7, 8, …]');
  expect(show([[[1]]])).toBe('[[…]]');
  expect(show(['x'.repeat(61), 5n, null, undefined, () => 1])).toBe(`["${'x'.repeat(60)}…", 5n, null, undefined, a function]`);
  expect(show([tf.ones([2, 3]), Int16Array.of(1)])).toBe('[a tensor [2, 3], Int16Array of 2 bytes]');
  expect(show('\u001b[1m')).toBe('"\\u001b[1m"');
});

it('what was thrown is told in one line, whatever it is, and its code where it has one', () => {
  expect(messageOf(new Error('first\nsecond'))).toBe('first');
  expect([messageOf({ message: 'a' }), messageOf('b\nc'), messageOf({ message: 5 })]).toEqual(['a', 'b', '5']);
  expect([messageOf(null), messageOf(undefined), messageOf({}), messageOf(3)]).toEqual(['null', 'undefined', '{}', '3']);
  expect(errorCode(Object.assign(new Error('no file'), { code: 'ENOENT' }))).toBe('ENOENT');
  expect([null, undefined, 'ENOENT', 5, {}].map(errorCode)).toEqual(Array(5).fill(undefined));
});

describe('tensors as JSON', () => {
  const json = { shape: [1], dtype: 'float32', values: [1] } as const;
  it.each<[string, () => unknown]>([
    ['tensorFromJSON: json must be { shape, dtype, values }, got 5', () => tensorFromJSON(5 as never)],
    ['tensorFromJSON: json.shape', () => tensorFromJSON({ ...json, shape: [-1] })],
    [
      'tensorFromJSON: json.dtype must be one of float32, int32, bool, got "x"',
      () => tensorFromJSON({ ...json, dtype: 'x' } as never),
    ],
    ['tensorFromJSON: json.values must be a list of 1 numbers for [1], got []', () => tensorFromJSON({ ...json, values: [] })],
    ['tensorFromJSON: json.values must hold numbers, holds ""', () => tensorFromJSON({ ...json, values: [''] })],
    ['tensorFromJSON: json.values must hold numbers, holds " "', () => tensorFromJSON({ ...json, values: [' '] })],
    ['tensorFromJSON: json.values must hold numbers, holds "x"', () => tensorFromJSON({ ...json, values: ['x'] })],
    ['tensorFromJSON: json.values must hold numbers, holds null', () => tensorFromJSON({ ...json, values: [null] } as never)],
    ['recordFromJSON: json must be a record of tensors as JSON, got 5', () => recordFromJSON(5 as never)],
    ['recordFromJSON: b.values must hold', () => recordFromJSON({ a: json, b: { ...json, values: ['x'] } })],
  ])('%s', (message, call) => {
    const before = tf.memory().numTensors;
    expect(call).toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('records of them are named', async () => {
    await expect(recordToJSON(5 as never)).rejects.toThrow('recordToJSON: record must be a record of tensors, got 5');
    await expect(recordToJSON({ a: 1 })).rejects.toThrow('recordToJSON: a must be a tensor, got 1');
    await expect(recordToJSON({ a: gone() })).rejects.toThrow('recordToJSON: a was disposed');
    expect(await recordToJSON({ a: undefined, b: tf.scalar(2) })).toEqual({ b: { shape: [], dtype: 'float32', values: [2] } });
  });
});

it('valuesAtHand: none of texts, of complex numbers and of what was disposed', () => {
  expect(valuesAtHand(tf.tensor1d(['a']))).toBeUndefined();
  if (targetBackend !== 'wasm') expect(valuesAtHand(tf.complex([1], [2]))).toBeUndefined(); // wasm knows no complex numbers
  expect(valuesAtHand(gone())).toBeUndefined();
});

it('broadcastShape: from the last axis on, equal or 1', () => {
  expect(broadcastShape([1, 2], [3, 1, 1])).toEqual([3, 1, 2]);
  expect(broadcastShape([3, 1, 1], [1, 2])).toEqual([3, 1, 2]);
  expect(broadcastShape([], [2])).toEqual([2]);
  expect(broadcastShape([2], [])).toEqual([2]);
  expect(broadcastShape([2, 3], [3, 3])).toBeUndefined();
  expect(broadcastShape([1, 0], [4, 1])).toEqual([4, 0]);
});

it('trees: records are plain, paths are whole, and what lies within itself is refused', () => {
  expect([{}, Object.create(null), { a: 1 }].map(isRecord)).toEqual([true, true, true]);
  expect([null, undefined, [], 5, 'a', new Map(), new Date(), tf.scalar(1)].map(isRecord)).toEqual(Array(8).fill(false));
  expect(mapLeaves({ a: [1, { b: 2 }] }, (leaf, path) => `${path.join('.')}=${leaf}`)).toEqual({
    a: ['a.0=1', { b: 'a.1.b=2' }],
  });
  const around: unknown[] = [];
  around.push(around);
  expect(() => mapLeaves(around, () => 1)).toThrow('tensors: 0.0.0 lies within itself');
  const record: { self?: unknown } = {};
  record.self = record;
  expect(() => mapLeaves(record, () => 1)).toThrow('tensors: self.self.self lies within itself');
  for (const endless of [around, record]) expect(() => tensorsOf(endless)).toThrow('tensors: the record lies within itself');
});
