import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { ensureIs, integerFrom, nothingMore } from '../core/params/validation.js';
import { showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';

/**
 * Each intensity divided by the mean around it, channel by channel: contrast counts, brightness doesn't.
 *
 *     y = x / (mean over the (2·radius + 1)² window, zeros outside the image + 10⁻¹²)
 *
 * @param images  `[B, H, W, C]`, intensities ≥ 0.
 * @param radius  of the square window, pixels, at least 1.
 * @returns the shape of `images`; 0 where an image is black.
 * @throws {StdpError} when the shape or the radius is wrong.
 *
 * Source: SpykeTorch `local_normalization`.
 *
 * @example
 * localNormalization(tf.ones([1, 1, 3, 1]), 1).print();   // => [[[[4.5], [3], [4.5]]]]
 */
export function localNormalization(images: tf.TensorLike | tf.Tensor, radius: number, ...more: readonly never[]): tf.Tensor4D {
  const where = 'localNormalization';
  nothingMore(more, where, 'localNormalization(images, radius)');
  ensureIs(integerFrom(1), radius, where, 'radius');
  return tidily(() => {
    const intensities = toFloat(images, where, 'images') as tf.Tensor4D;
    ensure(intensities.rank === 4, where, 'images', () => `has shape ${showShape(intensities.shape)}, needs [B, H, W, C]`);
    if (intensities.size === 0) return tf.clone(intensities);
    const [, height, width, channels] = intensities.shape;
    // The square window as a column and a row: 2·side taps in place of side². Those beyond the image see zeros alone.
    const taps = 2 * Math.min(radius, Math.max(height, width)) + 1;
    const share = 1 / (2 * radius + 1);
    const column = tf.fill([taps, 1, channels, 1], share) as tf.Tensor4D;
    const row = tf.fill([1, taps, channels, 1], share) as tf.Tensor4D;
    const mean = tf.depthwiseConv2d(tf.depthwiseConv2d(intensities, column, 1, 'same'), row, 1, 'same');
    return tf.div(intensities, tf.add(mean, 1e-12));
  });
}
