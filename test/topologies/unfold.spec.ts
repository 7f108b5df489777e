import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { unfold, windowsOf } from '../../src/topologies/unfold.js';

describe('windowsOf', () => {
  it('counts windows and zeros along each axis', () => {
    expect(windowsOf([1, 7, 10, 1], [3, 2, 1, 1], { strides: [2, 3], dilations: [1, 2] })).toEqual({
      height: { before: 0, after: 0, count: 3, stride: 2, dilation: 1 },
      width: { before: 0, after: 0, count: 3, stride: 3, dilation: 2 },
    });
  });

  it("'same' keeps ⌈size / stride⌉ windows, the odd zero behind", () => {
    const { height, width } = windowsOf([1, 5, 6, 1], [2, 4, 1, 1], { pad: 'same', strides: [1, 4] });
    expect(height).toMatchObject({ before: 0, after: 1, count: 5 });
    // (2 − 1)·4 + 4 − 6 = 2 zeros.
    expect(width).toMatchObject({ before: 1, after: 1, count: 2 });
  });

  it('has no windows where the kernel is too large, never fewer than none', () => {
    expect(windowsOf([1, 2, 2, 1], [9, 3, 1, 1], {}).height.count).toBe(0);
  });
});

describe('unfold', () => {
  it('puts each receptive field in a row, taps in the order of the weights', async () => {
    const image = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
    const rows = unfold(image, [2, 2, 1, 1], {});
    expect(await rows.array()).toEqual([
      [
        [1, 2, 4, 5],
        [2, 3, 5, 6],
      ],
    ]);
  });

  it('keeps the channels of a tap together, and zeros outside', async () => {
    const image = tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]);
    const rows = unfold(image, [1, 3, 2, 1], { pad: 'same' });
    expect(await rows.array()).toEqual([
      [
        [0, 0, 1, 2, 3, 4],
        [1, 2, 3, 4, 0, 0],
      ],
    ]);
  });

  it('skips with strides and dilations together', async () => {
    const image = tf.tensor4d([0, 1, 2, 3, 4, 5, 6], [1, 1, 7, 1]);
    const rows = unfold(image, [1, 2, 1, 1], { strides: [1, 3], dilations: [1, 2] });
    expect(await rows.array()).toEqual([
      [
        [0, 2],
        [3, 5],
      ],
    ]);
  });

  it('has the gradient that folds rows back: each pixel counts once per window that sees it', async () => {
    const counted = tf.grad((image: tf.Tensor) => tf.sum(unfold(image as tf.Tensor4D, [2, 2, 1, 1], { strides: 1 })));
    const gradient = counted(tf.ones([1, 3, 3, 1]));
    expect([...(await gradient.data())]).toEqual([1, 2, 1, 2, 4, 2, 1, 2, 1]);
  });

  it('leaves exactly what it returns', () => {
    const image = tf.ones([2, 5, 5, 2]) as tf.Tensor4D;
    const before = tf.memory().numTensors;
    const rows = unfold(image, [3, 3, 2, 4], { strides: 2, pad: 1 });
    expect(rows.shape).toEqual([2, 9, 18]);
    expect(tf.memory().numTensors).toBe(before + 1);
  });
});
