import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { recordFromArrays, recordToArrays, tensorFromArray, tensorToArray } from '../../src/formats/arrays/arrayTensors.js';
import type { FileArray } from '../../src/formats/arrays/fileArray.js';

/** The arrays of two values by type, and what holds them. */
const pairs: readonly (readonly [array: FileArray, dtype: tf.DataType])[] = [
  [{ dtype: 'bool', shape: [2], data: Uint8Array.of(1, 0) }, 'bool'],
  [{ dtype: 'int8', shape: [2], data: Int8Array.of(-1, 127) }, 'int32'],
  [{ dtype: 'uint8', shape: [2], data: Uint8Array.of(0, 255) }, 'int32'],
  [{ dtype: 'int16', shape: [2], data: Int16Array.of(-300, 300) }, 'int32'],
  [{ dtype: 'uint16', shape: [2], data: Uint16Array.of(0, 65535) }, 'int32'],
  [{ dtype: 'int32', shape: [2], data: Int32Array.of(-(2 ** 31), 2 ** 31 - 1) }, 'int32'],
  [{ dtype: 'uint32', shape: [2], data: Uint32Array.of(0, 2 ** 31 - 1) }, 'int32'],
  [{ dtype: 'int64', shape: [2], data: BigInt64Array.of(-(2n ** 31n), 7n) }, 'int32'],
  [{ dtype: 'uint64', shape: [2], data: BigUint64Array.of(0n, 2n ** 31n - 1n) }, 'int32'],
  [{ dtype: 'float16', shape: [2], data: Float32Array.of(0.5, 65504) }, 'float32'],
  [{ dtype: 'bfloat16', shape: [2], data: Float32Array.of(0.5, 2 ** 100) }, 'float32'],
  [{ dtype: 'float32', shape: [2], data: Float32Array.of(0.1, -3) }, 'float32'],
  [{ dtype: 'float64', shape: [2], data: Float64Array.of(0.5, Number.POSITIVE_INFINITY) }, 'float32'],
];

describe('tensorFromArray', () => {
  it.each(pairs.map(([array, dtype]) => [array.dtype, dtype, array] as const))(
    '%s becomes %s, each value as it was',
    async (_, dtype, array) => {
      const tensor = tensorFromArray(array);
      expect([tensor.dtype, tensor.shape]).toEqual([dtype, [2]]);
      expect(Array.from(await tensor.data())).toEqual(Array.from<number | bigint, number>(array.data, Number));
    },
  );

  it.each<[FileArray, RegExp]>([
    [{ dtype: 'int64', shape: [1], data: BigInt64Array.of(2n ** 31n) }, /array holds 2147483648, int32 ends at ±2³¹$/],
    [{ dtype: 'uint32', shape: [1], data: Uint32Array.of(2 ** 31) }, /array holds 2147483648, int32 ends/],
    [
      { dtype: 'float64', shape: [1], data: Float64Array.of(0.1) },
      /array holds 0.1, which float32 doesn't have: \{ round: true \} rounds it$/,
    ],
    [{ dtype: 'float32', shape: [1, 1, 1, 1, 1, 1, 1], data: Float32Array.of(1) }, /array.shape has 7 axes, at most 6 work/],
  ])('refuses what no tensor holds: %o', (array, message) => {
    expect(() => tensorFromArray(array)).toThrow(message);
  });

  it('rounds when it is told to, but not to Infinity', async () => {
    const array = (...values: readonly number[]) =>
      ({ dtype: 'float64', shape: [values.length], data: Float64Array.from(values) }) as const;
    expect(Array.from(await tensorFromArray(array(0.1), { round: true }).data())).toEqual([Math.fround(0.1)]);
    expect(() => tensorFromArray(array(1e300), { round: true })).toThrow("array holds 1e+300, which float32 doesn't have");
  });

  it('shares no memory', async () => {
    const data = Float32Array.of(1, 2);
    const tensor = tensorFromArray({ dtype: 'float32', shape: [2], data });
    data.fill(0);
    expect(Array.from(await tensor.data())).toEqual([1, 2]);
  });
});

describe('records', () => {
  it('come back as they were', async () => {
    const record = { w: tf.tensor2d([[0.1, -3]]), n: tf.scalar(7, 'int32'), mask: tf.tensor1d([1, 0], 'bool') };
    const arrays = await recordToArrays(record);
    expect(Object.values(arrays).map(({ dtype, shape }) => [dtype, shape])).toEqual([
      ['float32', [1, 2]],
      ['int32', []],
      ['bool', [2]],
    ]);
    const back = recordFromArrays(arrays);
    for (const [name, tensor] of Object.entries(record)) expect(await back[name]?.array()).toEqual(await tensor.array());
  });

  it('name what is wrong, and leave no tensor', async () => {
    const [right, wrong] = [Float32Array.of(1), Float64Array.of(0.1)];
    const arrays = {
      a: { dtype: 'float32', shape: [1], data: right },
      b: { dtype: 'float64', shape: [1], data: wrong },
    } as const;
    const held = tf.memory().numTensors;
    expect(() => recordFromArrays(arrays)).toThrow('recordFromArrays: arrays.b holds 0.1');
    expect(tf.memory().numTensors).toBe(held);
    await expect(recordToArrays({ c: tf.tensor(['text']) })).rejects.toThrow(
      'recordToArrays: c has dtype string, needs float32, int32 or bool',
    );
    await expect(tensorToArray([1] as never)).rejects.toThrow('tensorToArray: tensor must be a tensor, got [1]');
  });
});
