import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { recordFromJSON, recordToJSON, tensorFromJSON, tensorToJSON } from '../../src/core/tensorJson.js';

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
