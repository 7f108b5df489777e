import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { oneHot } from '../core/oneHot.js';
import { ensureIs, nothingMore, optional } from '../core/params/validation.js';
import { aSeed, randomUniform, type Seed } from '../core/random.js';
import { showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';

/**
 * At most one spike in each sample: of those that fire in the same step one is kept, that of the lowest index, or with
 * a seed one at random, each as likely. Thresholds, resets and refractory times of the others are not undone.
 *
 * @param spikes  0/1, `[batch, n]` or `[n]`.
 * @param seed    give another one in every step. Default: none, the lowest index.
 * @returns the shape of `spikes`.
 * @throws {StdpError} when the shape or the seed is none.
 *
 * Source: BindsNET `DiehlAndCookNodes(one_spike=True)`, which draws without a seed.
 *
 * @example
 * keepOneSpike([[0, 1, 1], [0, 0, 0]]).print();   // => [[0, 1, 0], [0, 0, 0]]
 */
export function keepOneSpike(spikes: tf.TensorLike | tf.Tensor, seed?: Seed, ...more: readonly never[]): tf.Tensor {
  const where = 'keepOneSpike';
  nothingMore(more, where, 'keepOneSpike(spikes, seed)');
  ensureIs(optional(aSeed), seed, where, 'seed');
  return tidily(() => {
    const given = toFloat(spikes, where, 'spikes');
    const isLayer = given.rank === 1 || given.rank === 2;
    ensure(isLayer, where, 'spikes', () => `has shape ${showShape(given.shape)}, needs [batch, n] or [n]`);
    if (given.size === 0) return tf.clone(given);
    const fired = tf.step(given);
    const order = seed === undefined ? fired : tf.mul(fired, tf.add(1, tf.tensor(randomUniform(fired.size, seed), fired.shape)));
    // On webgpu (4.22) the index of one neuron has shape [1], not [].
    const first = tf.reshape(tf.argMax(order, -1), fired.shape.slice(0, -1));
    return tf.mul(fired, oneHot(first, at(fired.shape, -1)));
  });
}
