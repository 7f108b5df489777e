import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { nothingMore } from '../core/params/validation.js';
import { show, showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';

/**
 * Silences whole feature maps: 0 at every step and position of the listed channels, the rest as it was.
 *
 * @param potentials  `[…, C]`, usually `[T, H, W, C]`, finite.
 * @param features    channels to silence.
 * @returns the shape of `potentials`.
 * @throws {StdpError} when a feature is not a channel of `potentials`.
 *
 * Source: SpykeTorch `feature_inhibition`.
 *
 * @example
 * featureInhibition([[1, 2, 3]], [1]).print();   // => [[1, 0, 3]]
 */
export function featureInhibition(
  potentials: tf.TensorLike | tf.Tensor,
  features: readonly number[],
  ...more: readonly never[]
): tf.Tensor {
  const where = 'featureInhibition';
  nothingMore(more, where, 'featureInhibition(potentials, features)');
  ensure(Array.isArray(features), where, 'features', () => `must be a list of channels, got ${show(features)}`);
  return tidily(() => {
    const values = toFloat(potentials, where, 'potentials');
    const channels = values.shape.at(-1);
    ensure(channels !== undefined, where, 'potentials', () => 'is a single number, needs […, C]');
    const kept = new Float32Array(channels).fill(1);
    for (const feature of features) {
      ensure(
        Number.isInteger(feature) && feature >= 0 && feature < channels,
        where,
        'features',
        () => `holds ${show(feature)}, potentials ${showShape(values.shape)} has channels 0 … ${channels - 1}`,
      );
      kept[feature] = 0;
    }
    if (values.size === 0) return tf.clone(values);
    const rows = tf.reshape(values, [-1, channels]);
    return tf.reshape(tf.where(tf.cast(tf.tensor1d(kept), 'bool'), rows, tf.zerosLike(rows)), values.shape);
  });
}
