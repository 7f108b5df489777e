import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { showShape } from '../../src/core/show.js';
import { sameShape, tidily, tidilyUnless, toFloat } from '../../src/core/tensors.js';
import { mapTensors, tensorsOf } from '../../src/core/trees.js';

describe('mapTensors and tensorsOf', () => {
  it('reach every tensor of a tree, in order, and keep the rest', async () => {
    const tree = { a: tf.scalar(1), b: [tf.scalar(2), null, { c: tf.scalar(3) }], d: 'name', e: 4 };
    expect(await Promise.all(tensorsOf(tree).map(async (tensor) => (await tensor.data())[0]))).toEqual([1, 2, 3]);
    const doubled = mapTensors(tree, (tensor) => tf.mul(tensor, 2));
    expect(await Promise.all(tensorsOf(doubled).map(async (tensor) => (await tensor.data())[0]))).toEqual([2, 4, 6]);
    expect(doubled).toMatchObject({ b: [{}, null, {}], d: 'name', e: 4 });
  });

  it('find nothing where there is nothing', () => {
    for (const empty of [null, undefined, 5, [], {}]) expect(tensorsOf(empty)).toEqual([]);
  });
});

describe('tidily', () => {
  it('leaves exactly the tensors of its result, also in a record', () => {
    const before = tf.memory().numTensors;
    const kept = tidily(() => ({ sum: tf.add(tf.ones([2]), tf.ones([2])), list: [tf.zeros([1])] as const }));
    expect(tf.memory().numTensors).toBe(before + 2);
    tf.dispose([kept.sum, ...kept.list]);
  });
});

describe('toFloat', () => {
  it('takes numbers, arrays, typed arrays and tensors of other types', async () => {
    const examples: [tf.TensorLike | tf.Tensor, number[], number[]][] = [
      [3, [], [3]],
      [
        [
          [1, 2],
          [3, 4],
        ],
        [2, 2],
        [1, 2, 3, 4],
      ],
      [Float32Array.of(0.5), [1], [0.5]],
      [Int32Array.of(2, 3), [2], [2, 3]],
      [[true, false], [2], [1, 0]],
      [tf.tensor1d([1, 0], 'bool'), [2], [1, 0]],
      [tf.tensor1d([7], 'int32'), [1], [7]],
      [[], [0], []],
    ];
    for (const [value, shape, numbers] of examples) {
      const tensor = toFloat(value, 'f', 'x');
      expect([tensor.dtype, tensor.shape, [...(await tensor.data())]]).toEqual(['float32', shape, numbers]);
    }
  });

  it('hands a float32 tensor back as it is', () => {
    const tensor = tf.ones([2]);
    expect(toFloat(tensor, 'f', 'x')).toBe(tensor);
  });

  it('makes one tensor, no more', () => {
    const before = tf.memory().numTensors;
    const tensor = toFloat([1, 2], 'f', 'x');
    expect(tf.memory().numTensors).toBe(before + 1);
    tensor.dispose();
  });

  it('names the function and the argument when it refuses', () => {
    const disposed = tf.ones([1]);
    disposed.dispose();
    expect(() => toFloat(disposed, 'f', 'x')).toThrow('f: x was disposed');
    expect(() => toFloat(tf.tensor(['a']), 'f', 'x')).toThrow('f: x has dtype string, needs float32');
    expect(() => toFloat(null as unknown as tf.Tensor, 'f', 'x')).toThrow('f: x is not a tensor: ');
    expect(() => toFloat('a', 'f', 'x')).toThrow('f: x is not a tensor: ');
    expect(() => toFloat(undefined as unknown as tf.Tensor, 'f', 'x')).toThrow('f: x is not a tensor: it is missing');
  });
});

describe('shapes', () => {
  it('are shown and compared', () => {
    expect([showShape([784, 10]), showShape([])]).toEqual(['[784, 10]', '[]']);
    expect([sameShape([2, 3], [2, 3]), sameShape([2, 3], [3, 2]), sameShape([2], [2, 1]), sameShape([], [])]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('tidilyUnless', () => {
  it('keeps what is new in a result, and of one that is not new leaves nothing else', () => {
    const given = tf.scalar(1);
    const before = tf.memory().numTensors;
    const compute = (isOld: boolean) => () => [isOld ? given : tf.add(given, 1), tf.mul(given, 2)][0] as tf.Tensor;
    expect(tidilyUnless((result) => result === given, compute(true))).toBe(given);
    expect([tf.memory().numTensors, given.isDisposed]).toEqual([before, false]);
    const made = tidilyUnless((result) => result === given, compute(false));
    expect([tf.memory().numTensors, made.isDisposed]).toEqual([before + 1, false]);
    tf.tidy(() => {
      tidilyUnless((result) => result === given, compute(false));
    });
    expect(tf.memory().numTensors).toBe(before + 1); // the scope around it takes what was kept
  });

  it('leaves nothing of what failed', () => {
    const before = tf.memory().numTensors;
    const fail = (): tf.Tensor => {
      tf.scalar(1);
      throw new Error('no');
    };
    expect(() => tidilyUnless(() => false, fail)).toThrow('no');
    expect(tf.memory().numTensors).toBe(before);
  });
});
