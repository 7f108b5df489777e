import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { ensureIs, nothingMore, positiveScalar } from '../core/params/validation.js';
import { showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';

/**
 * The weights scaled so that the sizes of each output's weights add up to `norm`: neurons compete for nothing but
 * their inputs' shares. An output whose weights are all 0 keeps them.
 *
 *     w' = w · norm / Σ |w|      (sum over all axes but the last)
 *
 * @param w     `[nPre, nPost]` or `[kh, kw, in, out]`.
 * @param norm  what each column adds up to, > 0.
 * @throws {StdpError} unless `norm` is a number > 0 and `w` has an axis of outputs and one of inputs.
 *
 * Source: Diehl and Cook 2015 (78 for 784 inputs); BindsNET `Connection.normalize`.
 *
 * @example
 * normalizeWeights([[1, 0], [3, 0]], 2).print();   // => [[0.5, 0], [1.5, 0]]
 */
export function normalizeWeights(w: tf.TensorLike | tf.Tensor, norm: number, ...more: readonly never[]): tf.Tensor {
  const where = 'normalizeWeights';
  nothingMore(more, where, 'normalizeWeights(w, norm)');
  ensureIs(positiveScalar, norm, where, 'norm');
  return tidily(() => {
    const weights = toFloat(w, where, 'w');
    const { rank, shape } = weights;
    ensure(rank >= 2, where, 'w', () => `has shape ${showShape(shape)}, needs [nPre, nPost] or [kh, kw, in, out]`);
    if (weights.size === 0) return tf.clone(weights);
    const inputs = shape.slice(0, -1).map((_, axis) => axis);
    // Shares of the largest add up to a number that float32 holds, whatever the weights are.
    const shares = tf.div(weights, orOne(tf.max(tf.abs(weights), inputs, true)));
    return tf.mul(tf.div(shares, orOne(tf.sum(tf.abs(shares), inputs, true))), norm);
  });
}

/** 1 in place of 0, which nothing can be divided by. */
const orOne = (size: tf.Tensor): tf.Tensor => tf.add(size, tf.sub(1, tf.step(size)));
