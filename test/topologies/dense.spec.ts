import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { dense } from '../../src/topologies/dense.js';

describe('dense', () => {
  it('forward is z · w', async () => {
    const post = dense.forward(
      tf.tensor2d([[1, 0, 2]]),
      tf.tensor2d([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    );
    expect(await post.array()).toEqual([[11, 14]]);
  });

  it('has one row per sample: preRows ⊗ postRows is the outer product, summed over the batch', async () => {
    const pre = tf.tensor2d([
      [1, 2, 3],
      [0, 1, 0],
    ]);
    const post = tf.tensor2d([
      [1, -1],
      [2, 4],
    ]);
    const [rows, outs] = [dense.preRows(pre, [3, 2]), dense.postRows(post, [3, 2])];
    expect([rows.shape, outs.shape]).toEqual([
      [2, 1, 3],
      [2, 1, 2],
    ]);
    const change = tf.sum(tf.matMul(rows, outs, true), 0);
    expect(await change.array()).toEqual([
      [1, -1],
      [2 + 2, -2 + 4],
      [3, -3],
    ]);
  });

  it('knows its output shape, and says what does not fit', () => {
    expect(dense.outputShape('f', [5, 784], [784, 10])).toEqual([5, 10]);
    expect(() => dense.outputShape('f', [1, 12], [784, 10])).toThrow('f: zPre has 12 columns, w [784, 10] needs 784');
  });

  it('is named by its JSON', () => {
    expect(dense.toJSON()).toEqual({ type: 'dense' });
  });
});
