import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { atMost, ensureIs, integerFrom, nothingMore } from '../core/params/validation.js';
import { showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';

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
export function maxPoolSpikes(
  wave: tf.TensorLike | tf.Tensor,
  size: number,
  strides = size,
  padding = 0,
  ...more: readonly never[]
): tf.Tensor4D {
  const where = 'maxPoolSpikes';
  nothingMore(more, where, 'maxPoolSpikes(wave, size, strides, padding)');
  ensureIs(atMost(longest, integerFrom(1)), size, where, 'size');
  ensureIs(atMost(longest, integerFrom(1)), strides, where, 'strides');
  ensureIs(atMost(longest, integerFrom(0)), padding, where, 'padding');
  ensure(2 * padding <= size, where, 'padding', () => `must be at most half of size ${size}, got ${padding}`);
  return tidily(() => {
    const spikes = toFloat(wave, where, 'wave');
    const [steps = 0, height = 0, width = 0, channels = 0] = spikes.shape;
    ensure(
      spikes.rank === 4 && Math.min(height, width) + 2 * padding >= size,
      where,
      'wave',
      () => `has shape ${showShape(spikes.shape)}, needs [T, H, W, C] with room for a window of ${size}`,
    );
    if (spikes.size > 0) return tf.maxPool(spikes as tf.Tensor4D, size, strides, padding);
    const count = (length: number) => Math.floor((length + 2 * padding - size) / strides) + 1;
    return tf.zeros([steps, count(height), count(width), channels]);
  });
}

/** The longest side: no image is larger. */
const longest = 2 ** 24;
