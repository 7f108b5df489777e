import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { recordFromJSON, recordToJSON, type TensorJSON, tensorFromJSON, tensorToJSON } from '../../src/core/tensorJson.js';

const throughText = async (tensor: tf.Tensor) => tensorFromJSON(JSON.parse(JSON.stringify(await tensorToJSON(tensor))));

describe('tensorToJSON and tensorFromJSON', () => {
  it.each<[string, () => tf.Tensor]>([
    ['a scalar', () => tf.scalar(0.1)],
    ['a matrix of fractions', () => tf.tensor2d([1 / 3, 1e-38, 3.4e38, -2 / 7, 1e-45, 16777217], [2, 3])],
    ['NaN and infinities', () => tf.tensor1d([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])],
    ['integers', () => tf.tensor1d([2 ** 31 - 1, -(2 ** 31)], 'int32')],
    ['booleans', () => tf.tensor1d([true, false], 'bool')],
    ['nothing', () => tf.zeros([0, 3])],
  ])('%s comes back bit for bit', async (_, make) => {
    const tensor = make();
    const back = await throughText(tensor);
    expect([back.shape, back.dtype]).toEqual([tensor.shape, tensor.dtype]);
    expect(await back.data()).toEqual(await tensor.data());
  });

  it('writes plain JSON', async () => {
    expect(await tensorToJSON(tf.tensor2d([[0.5, Number.POSITIVE_INFINITY]]))).toEqual({
      shape: [1, 2],
      dtype: 'float32',
      values: [0.5, 'Infinity'],
    });
  });

  const sparse: number[] = [1];
  sparse.length = 2;
  it.each<[string, string, readonly unknown[], string]>([
    ['a fraction', 'int32', [1.5, 0], 'holds 1.5, which is no int32'],
    ['too large an integer', 'int32', [0, 3e9], 'holds 3000000000, which is no int32'],
    ['NaN as an integer', 'int32', [0, 'NaN'], 'holds "NaN", which is no int32'],
    ['a number as a truth value', 'bool', [7, 0], 'holds 7, which is no bool'],
    ['what float32 would take for Infinity', 'float32', [1e300, 0], 'holds 1e+300, which is no float32'],
    ['a number as a text', 'float32', ['1', 0], 'must hold numbers, holds "1"'],
    ['a number as a text', 'int32', [0, '7'], 'must hold numbers, holds "7"'],
    ['other words of JavaScript', 'float32', ['+Infinity', 0], 'must hold numbers, holds "+Infinity"'],
    ['NaN itself', 'float32', [Number.NaN, 0], 'must hold numbers, holds NaN'],
    ['a hole', 'float32', sparse, 'must hold numbers, holds undefined'],
  ])('refuses %s', (_, dtype, values, problem) => {
    const json = { shape: [2], dtype, values } as TensorJSON;
    const before = tf.memory().numTensors;
    expect(() => tensorFromJSON(json)).toThrow(`tensorFromJSON: json.values ${problem}`);
    expect(() => recordFromJSON({ w: json })).toThrow(`recordFromJSON: w.values ${problem}`);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses a field that was not written', () => {
    const json = { shape: [1], dtype: 'float32', values: [1], vlaues: [2] } as TensorJSON;
    expect(() => tensorFromJSON(json)).toThrow(
      'tensorFromJSON: json.vlaues is not part of the json, which holds shape, dtype, values',
    );
  });

  it('refuses strings', async () => {
    await expect(tensorToJSON(tf.tensor(['a']))).rejects.toThrow('tensorToJSON: tensor has dtype string');
  });
});

describe('recordToJSON and recordFromJSON', () => {
  it('bring a state back, and make no other tensors', async () => {
    const state = { tPre: tf.tensor1d([1, 2]), tPost: tf.scalar(3) };
    const before = tf.memory().numTensors;
    const saved = JSON.stringify(await recordToJSON(state));
    expect(tf.memory().numTensors).toBe(before);
    const restored = recordFromJSON<typeof state>(JSON.parse(saved));
    expect(Object.keys(restored)).toEqual(['tPre', 'tPost']);
    expect([...(await restored.tPre.data()), ...(await restored.tPost.data())]).toEqual([1, 2, 3]);
    expect(tf.memory().numTensors).toBe(before + 2);
  });

  it('keep an empty record empty', async () => {
    expect(recordFromJSON(await recordToJSON({}))).toEqual({});
  });
});
