import * as tf from '@tensorflow/tfjs-core';
import { isLeft } from 'fp-ts/lib/Either.js';
import { ensure } from '../core/errors.js';
import { showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';
import { integerFrom } from '../core/validation.js';

/**
 * Max pooling of a spike-wave, step by step: the first spike of a window passes. Positions beyond the border count as
 * −Infinity, so they never win. A window that doesn't fit any more is dropped.
 *
 * @param wave     `[T, H, W, C]`, spikes or potentials.
 * @param size     side of the square window.
 * @param strides  distance between windows. Default `size`.
 * @param padding  positions added at each side, at most half of `size`. Default 0.
 * @returns `[T, ⌊(H + 2·padding − size)/strides⌋ + 1, …, C]`.
 * @throws {StdpError} when an argument is not an integer in its range or the window doesn't fit.
 *
 * Source: SpykeTorch `pooling`.
 *
 * @example
 * maxPoolSpikes(tf.tensor4d([0, 1, 0, 0], [1, 2, 2, 1]), 2).print();   // => [[[[1]]]]
 */
export function maxPoolSpikes(wave: tf.TensorLike | tf.Tensor, size: number, strides = size, padding = 0): tf.Tensor4D {
  const where = 'maxPoolSpikes';
  for (const [name, value, least] of [
    ['size', size, 1] as const,
    ['strides', strides, 1] as const,
    ['padding', padding, 0] as const,
  ]) {
    const checked = integerFrom(least)(value);
    ensure(!isLeft(checked), where, name, () => `must be an integer ≥ ${least}, got ${value}`);
  }
  ensure(2 * padding <= size, where, 'padding', () => `must be at most half of size ${size}, got ${padding}`);
  return tidily(() => {
    const spikes = toFloat(wave, where, 'wave');
    const [, height = 0, width = 0] = spikes.shape;
    ensure(
      spikes.rank === 4 && Math.min(height, width) + 2 * padding >= size,
      where,
      'wave',
      () => `has shape ${showShape(spikes.shape)}, needs [T, H, W, C] with room for a window of ${size}`,
    );
    return tf.maxPool(spikes as tf.Tensor4D, size, strides, padding);
  });
}
