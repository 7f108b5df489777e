import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { tidily, toFloat } from '../core/tensors.js';

/**
 * The weights scaled so that the sizes of each output's weights add up to `norm`: neurons compete for nothing but
 * their inputs' shares. An output whose weights are all 0 keeps them.
 *
 *     w' = w · norm / Σ |w|      (sum over all axes but the last)
 *
 * @param w     `[nPre, nPost]` or `[kh, kw, in, out]`.
 * @param norm  what each column adds up to, > 0.
 * @throws {StdpError} unless `norm` is a number > 0.
 *
 * Source: Diehl and Cook 2015 (78 for 784 inputs); BindsNET `Connection.normalize`.
 *
 * @example
 * normalizeWeights([[1, 0], [3, 0]], 2).print();   // => [[0.5, 0], [1.5, 0]]
 */
export function normalizeWeights(w: tf.TensorLike | tf.Tensor, norm: number): tf.Tensor {
  const where = 'normalizeWeights';
  ensure(norm > 0 && Number.isFinite(norm), where, 'norm', () => `must be a number > 0, got ${norm}`);
  return tidily(() => {
    const weights = toFloat(w, where, 'w');
    const total = tf.sum(
      tf.abs(weights),
      weights.shape.slice(0, -1).map((_, axis) => axis),
      true,
    );
    const empty = tf.sub(1, tf.step(total));
    return tf.mul(weights, tf.div(norm, tf.add(total, empty)));
  });
}
