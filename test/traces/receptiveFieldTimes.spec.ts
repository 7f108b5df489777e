import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { extractReceptiveFieldTimes } from '../../src/traces/receptiveFieldTimes.js';

const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());
const never = Number.POSITIVE_INFINITY;

/** Times 0 … 11 on a 3 × 4 image. */
const image = (): tf.Tensor => tf.reshape(tf.range(0, 12), [3, 4, 1]);

describe('extractReceptiveFieldTimes', () => {
  it('reads [kh, kw, C] at the stride', async () => {
    const twoMaps = tf.concat([image(), tf.mul(image(), 10)], 2);
    const field = extractReceptiveFieldTimes(twoMaps, 1, 1, [1, 2], 2);
    expect(field.shape).toEqual([1, 2, 2]);
    expect(await values(field)).toEqual([10, 100, 11, 110]);
  });

  it('fills what lies outside with Infinity, at each border and for even kernels', async () => {
    expect(await values(extractReceptiveFieldTimes(image(), 0, 0, 2, 1, 1))).toEqual([never, never, never, 0]);
    expect(await values(extractReceptiveFieldTimes(image(), 3, 4, 2, 1, 1))).toEqual([11, never, never, never]);
    expect(await values(extractReceptiveFieldTimes(image(), 2, 3, 2))).toEqual([11, never, never, never]);
  });

  it('a field in the padding alone sees no spike', async () => {
    expect(await values(extractReceptiveFieldTimes(image(), 0, 0, 1, 1, 2))).toEqual([never]);
    expect(await values(extractReceptiveFieldTimes(image(), 6, 1, 1, 1, 2))).toEqual([never]);
  });

  it('is what a convolution sees: each tap is one kernel of a valid convolution', async () => {
    const tap = tf.tensor4d([0, 0, 0, 1], [2, 2, 1, 1]); // reads the lower right of the field
    const seen = tf.conv2d(image() as tf.Tensor3D, tap, 1, 1);
    const [, width = 0] = seen.shape;
    const wanted = await values(seen);
    for (const [y, x] of [
      [0, 0],
      [1, 3],
      [3, 4],
    ] as const) {
      const lowerRight = (await values(extractReceptiveFieldTimes(image(), y, x, 2, 1, 1)))[3];
      expect(lowerRight === never ? 0 : lowerRight).toBe(wanted[y * width + x]);
    }
  });

  it.each([
    [
      () => extractReceptiveFieldTimes(image(), 3, 0, 2),
      'extractReceptiveFieldTimes: y = 3 sees 3 … 4, outside the padded image 0 … 2',
    ],
    [() => extractReceptiveFieldTimes(image(), 0, 3, 2, 2, 1), 'x = 3 sees 5 … 6, outside the padded image -1 … 4'],
    [() => extractReceptiveFieldTimes(image(), -1, 0, 2), 'y must be an integer ≥ 0, got -1'],
    [() => extractReceptiveFieldTimes(image(), 0, 0.5, 2), 'x must be an integer ≥ 0, got 0.5'],
    [() => extractReceptiveFieldTimes(image(), 0, 0, 0), 'kernelSize must be an integer ≥ 1, got 0'],
    [() => extractReceptiveFieldTimes(image(), 0, 0, [2, 1.5]), 'kernelSize must be an integer ≥ 1, got 1.5'],
    [() => extractReceptiveFieldTimes(image(), 0, 0, 2, 0), 'stride must be an integer ≥ 1, got 0'],
    [() => extractReceptiveFieldTimes(image(), 0, 0, 2, 1, -1), 'padding must be an integer ≥ 0, got -1'],
    [() => extractReceptiveFieldTimes(tf.zeros([3, 4]), 0, 0, 2), 'preTimes has shape [3, 4], needs [H, W, C]'],
  ])('refuses %#', (call, message) => {
    expect(call).toThrow(message);
  });

  it('leaves only its result', () => {
    const times = image();
    const before = tf.memory().numTensors;
    extractReceptiveFieldTimes(times, 0, 0, 2, 1, 1);
    expect(tf.memory().numTensors).toBe(before + 1);
  });
});
