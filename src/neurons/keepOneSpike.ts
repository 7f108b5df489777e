import * as tf from '@tensorflow/tfjs-core';
import { randomUniform, type Seed } from '../core/random.js';
import { floats, tidily, toFloat } from '../core/tensors.js';

/**
 * At most one spike in each sample: of those that fire in the same step one is kept, that of the lowest index, or with
 * a seed one at random, each as likely. Thresholds, resets and refractory times of the others are not undone.
 *
 * @param spikes  0/1, `[batch, n]` or `[n]`.
 * @param seed    give another one in every step. Default: none, the lowest index.
 * @returns the shape of `spikes`.
 *
 * Source: BindsNET `DiehlAndCookNodes(one_spike=True)`, which draws without a seed.
 *
 * @example
 * keepOneSpike([[0, 1, 1], [0, 0, 0]]).print();   // => [[0, 1, 0], [0, 0, 0]]
 */
export function keepOneSpike(spikes: tf.TensorLike | tf.Tensor, seed?: Seed): tf.Tensor {
  return tidily(() => {
    const fired = tf.step(toFloat(spikes, 'keepOneSpike', 'spikes'));
    const order = seed === undefined ? fired : tf.mul(fired, tf.add(1, tf.tensor(randomUniform(fired.size, seed), fired.shape)));
    const chosen = tf.oneHot(tf.cast(tf.argMax(order, -1), 'int32'), fired.shape.at(-1) ?? 1);
    return tf.mul(fired, floats(chosen));
  });
}
