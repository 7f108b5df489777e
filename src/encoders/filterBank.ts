import * as tf from '@tensorflow/tfjs-core';
import { left, right } from 'fp-ts/lib/Either.js';
import { ensure, orThrow } from '../core/errors.js';
import { showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';
import { type Check, either, finiteNumber, flag, integerFrom, type Numeric, validateParams } from '../core/validation.js';
import { asTensor } from '../traces/exponentialTrace.js';

/**
 * How {@link filterImages} treats borders and weak responses.
 *
 * @property pad        zeros added at each side, pixels. Default 0.
 * @property threshold  responses below it become 0; one number, or one per kernel. Default: none.
 * @property absolute   take the absolute value, after the threshold. Default false.
 */
export interface FilterOptions {
  readonly pad: number;
  readonly threshold?: Numeric;
  readonly absolute: boolean;
}

const absent: Check = (value) => (value === undefined ? right(value) : left('left out'));

/**
 * Images seen through a bank of filters: correlation with each kernel, then the threshold. Kernels smaller than the
 * largest are centred in zeros.
 *
 *     r[b, y, x, k] = Σ images[b, y + i − pad, x + j − pad] · kernel_k[i, j];   0 where r < threshold
 *
 * @param images   `[B, H, W, 1]`.
 * @param kernels  square, odd, e.g. from {@link dogKernel} and {@link gaborKernel}; they are not disposed.
 * @param options  see {@link FilterOptions}.
 * @returns `[B, H + 2·pad − size + 1, W + 2·pad − size + 1, kernels]`, size that of the largest kernel.
 * @throws {StdpError} when a shape or option is wrong.
 *
 * Source: SpykeTorch `Filter` (which fails on a list of thresholds).
 *
 * @example
 * const kernels = [dogKernel(7, 1, 2), dogKernel(7, 2, 1)];
 * filterImages(tf.zeros([10, 28, 28, 1]), kernels, { pad: 3, threshold: 50 }).shape;   // => [10, 28, 28, 2]
 */
export function filterImages(
  images: tf.TensorLike | tf.Tensor,
  kernels: readonly (tf.TensorLike | tf.Tensor)[],
  options?: Partial<FilterOptions>,
): tf.Tensor4D {
  const where = 'filterImages';
  const { pad, threshold, absolute } = orThrow(
    validateParams<FilterOptions>(where, { pad: 0, absolute: false }, options, {
      pad: integerFrom(0),
      threshold: either(finiteNumber, absent),
      absolute: flag,
    }),
  );
  ensure(
    !Array.isArray(threshold) || threshold.length === kernels.length,
    where,
    'threshold',
    () => `needs one value per kernel (${kernels.length}), got ${JSON.stringify(threshold)}`,
  );
  return tidily(() => {
    const pixels = toFloat(images, where, 'images') as tf.Tensor4D;
    ensure(
      pixels.rank === 4 && pixels.shape[3] === 1,
      where,
      'images',
      () => `has shape ${showShape(pixels.shape)}, needs [B, H, W, 1]`,
    );
    const response = tf.conv2d(pixels, stackKernels(kernels, where), 1, pad);
    const kept = threshold === undefined ? response : atLeast(response, asTensor(threshold));
    return absolute ? tf.abs(kept) : kept;
  });
}

/** Kernels centred in the size of the largest: `[size, size, 1, kernels]`. */
function stackKernels(kernels: readonly (tf.TensorLike | tf.Tensor)[], where: string): tf.Tensor4D {
  ensure(kernels.length > 0, where, 'kernels', () => 'needs at least one kernel');
  const squares = kernels.map((kernel) => toFloat(kernel, where, 'kernels') as tf.Tensor2D);
  for (const { shape } of squares) {
    ensure(
      shape.length === 2 && shape[0] === shape[1] && shape[0] % 2 === 1,
      where,
      'kernels',
      () => `holds one of shape ${showShape(shape)}, needs square ones of odd size`,
    );
  }
  const largest = Math.max(...squares.map(({ shape }) => shape[0]));
  const centred = squares.map((kernel) => {
    const border = (largest - kernel.shape[0]) / 2;
    return tf.pad2d(kernel, [
      [border, border],
      [border, border],
    ]);
  });
  return tf.expandDims(tf.stack(centred, 2), 2);
}

const atLeast = (values: tf.Tensor4D, threshold: tf.Tensor): tf.Tensor4D =>
  tf.mul(values, tf.sub(1, tf.step(tf.sub(threshold, values))));
