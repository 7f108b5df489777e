import * as tf from '@tensorflow/tfjs-core';
import { isRight } from 'fp-ts/lib/Either.js';
import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { isListOf } from '../core/lists.js';
import { nothingMore, scalar } from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { show, showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';

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
    if (factors.length === 0 || values.size === 0) return tf.clone(values);
    const [batch, height, width, channels] = values.shape;
    // No pixel has another farther away than this in the image.
    const [rows, columns] = [Math.min(factors.length, height - 1), Math.min(factors.length, width - 1)];
    checkShape([batch, height + 2 * rows, width + 2 * columns, channels], where, 'factors');
    const padded = tf.pad4d(values, [
      [0, 0],
      [rows, rows],
      [columns, columns],
      [0, 0],
    ]);
    const raised = neighbours(rows, columns).reduce<tf.Tensor>((sum, [dy, dx]) => {
      const next = tf.tidy(() => {
        const neighbour = tf.slice(padded, [0, rows + dy, columns + dx, 0], values.shape);
        const isWeaker = tf.step(tf.sub(values, neighbour));
        return tf.add(sum, tf.mul(isWeaker, at(factors, Math.max(Math.abs(dy), Math.abs(dx)) - 1)));
      });
      sum.dispose();
      return next;
    }, tf.zerosLike(values));
    const farther = tf.where(tf.cast(tf.step(values), 'bool'), sumFarther(factors, rows, columns), 0);
    return tf.mul(values, tf.add(tf.add(raised, farther), 1));
  });
}

/** All offsets but (0, 0) up to so many rows and columns. */
const neighbours = (rows: number, columns: number): readonly (readonly [number, number])[] => {
  const upTo = (most: number) => Array.from({ length: 2 * most + 1 }, (_, index) => index - most);
  const offsets = upTo(rows).flatMap((dy) => upTo(columns).map((dx) => [dy, dx] as const));
  return offsets.filter(([dy, dx]) => dy !== 0 || dx !== 0);
};

/** The sum of the factors of all farther neighbours, which are outside the image for every pixel. */
function sumFarther(factors: readonly number[], rows: number, columns: number): number {
  const near = (distance: number) => (2 * Math.min(distance, rows) + 1) * (2 * Math.min(distance, columns) + 1);
  const farAt = (distance: number) => 8 * distance - (near(distance) - near(distance - 1));
  return factors.reduce((sum, factor, index) => sum + factor * farAt(index + 1), 0);
}
