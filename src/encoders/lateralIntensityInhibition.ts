import * as tf from '@tensorflow/tfjs-core';
import { isRight } from 'fp-ts/lib/Either.js';
import { ensure } from '../core/errors.js';
import { isListOf } from '../core/lists.js';
import { checkShape } from '../core/shapes.js';
import { show, showShape } from '../core/show.js';
import { sumOf, tidily, toFloat } from '../core/tensors.js';
import { nothingMore, scalar } from '../core/validation.js';

/**
 * Intensities raised by each weaker neighbour (lowered, with negative factors), channel by channel, so that local
 * maxima stand out.
 *
 *     y = x · (1 + Σ_d factors[d − 1] · number of neighbours at Chebyshev distance d that are < x),   0 outside the image
 *
 * @param images   `[B, H, W, C]`.
 * @param factors  one per distance 1, 2, …, dimensionless.
 * @returns the shape of `images`.
 * @throws {StdpError} when the shape is wrong or a factor is not finite.
 *
 * Source: SpykeTorch `LateralIntencityInhibition`.
 *
 * @example
 * lateralIntensityInhibition(tf.tensor4d([[[[1], [2]]]]), [0.1]).print();   // => [[[[1.7], [3.6]]]]
 */
export function lateralIntensityInhibition(
  images: tf.TensorLike | tf.Tensor,
  factors: readonly number[],
  ...more: readonly never[]
): tf.Tensor4D {
  const where = 'lateralIntensityInhibition';
  nothingMore(more, where, 'lateralIntensityInhibition(images, factors)');
  const areFactors = isListOf(factors, (factor) => isRight(scalar(factor)));
  ensure(areFactors, where, 'factors', () => `must be finite numbers, got ${show(factors)}`);
  return tidily(() => {
    const values = toFloat(images, where, 'images') as tf.Tensor4D;
    ensure(values.rank === 4, where, 'images', () => `has shape ${showShape(values.shape)}, needs [B, H, W, C]`);
    const radius = factors.length;
    if (radius === 0 || values.size === 0) return tf.clone(values);
    const [batch, height, width, channels] = values.shape;
    checkShape([batch, height + 2 * radius, width + 2 * radius, channels], where, 'factors');
    const padded = tf.pad4d(values, [
      [0, 0],
      [radius, radius],
      [radius, radius],
      [0, 0],
    ]);
    const raised = neighbours(radius).map(([dy, dx]) => {
      const neighbour = tf.slice(padded, [0, radius + dy, radius + dx, 0], values.shape);
      return tf.mul(tf.step(tf.sub(values, neighbour)), factors[Math.max(Math.abs(dy), Math.abs(dx)) - 1] ?? 0);
    });
    return tf.mul(values, tf.add(sumOf(raised), 1));
  });
}

/** All offsets but (0, 0) within a Chebyshev radius. */
const neighbours = (radius: number): readonly (readonly [number, number])[] => {
  const offsets = Array.from({ length: 2 * radius + 1 }, (_, index) => index - radius);
  return offsets.flatMap((dy) => offsets.map((dx) => [dy, dx] as const)).filter(([dy, dx]) => dy !== 0 || dx !== 0);
};
