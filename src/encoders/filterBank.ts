import * as tf from '@tensorflow/tfjs-core';
import { left, right } from 'fp-ts/lib/Either.js';
import { ensure, orThrow } from '../core/errors.js';
import {
  type Check,
  either,
  finiteNumber,
  flag,
  integerFrom,
  type Numeric,
  nothingMore,
  validateParams,
} from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { show, showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';

/** How {@link filterImages} treats borders and weak responses. */
export interface FilterOptions {
  /** Zeros added at each side, pixels. Default 0. */
  readonly pad: number;
  /** Responses below it become 0; one number, or one per kernel. Default: none. */
  readonly threshold?: Numeric;
  /** Take the absolute value, after the threshold. Default false. */
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
  ...more: readonly never[]
): tf.Tensor4D {
  nothingMore(more, where, 'filterImages(images, kernels, options)');
  const { pad, threshold, absolute } = orThrow(
    validateParams<FilterOptions>(where, { pad: 0, absolute: false }, options, checks, 'options'),
  );
  ensure(Array.isArray(kernels), where, 'kernels', () => `must be a list of kernels, got ${show(kernels)}`);
  ensure(kernels.length > 0, where, 'kernels', () => 'needs at least one kernel');
  ensure(
    countOf(threshold) === undefined || countOf(threshold) === kernels.length,
    where,
    'threshold',
    () =>
      `needs one value per kernel (${kernels.length}), got ${Array.isArray(threshold) ? JSON.stringify(threshold) : show(threshold)}`,
  );
  return tidily(() => {
    const pixels = toFloat(images, where, 'images') as tf.Tensor4D;
    ensure(
      pixels.rank === 4 && pixels.shape[3] === 1,
      where,
      'images',
      () => `has shape ${showShape(pixels.shape)}, needs [B, H, W, 1]`,
    );
    const bank = stackKernels(kernels);
    const shape = responseShape(pixels.shape, bank.shape, pad);
    if (tf.util.sizeFromShape(shape) === 0) return tf.zeros(shape);
    const response = tf.conv2d(pixels, bank, 1, pad);
    const kept = threshold === undefined ? response : atLeast(response, toFloat(threshold as tf.TensorLike, where, 'threshold'));
    return absolute ? tf.abs(kept) : kept;
  });
}

const where = 'filterImages';
const checks = { pad: integerFrom(0), threshold: either(finiteNumber, absent), absolute: flag };

/** How many values are given; undefined where one serves all kernels. */
function countOf(threshold: Numeric | undefined): number | undefined {
  if (Array.isArray(threshold)) return threshold.length;
  return threshold instanceof tf.Tensor && threshold.rank > 0 ? threshold.size : undefined;
}

/** The shape of the responses `[B, H', W', kernels]`, of which there must be room for all, and for the padded images. */
function responseShape(
  [batch, height, width]: readonly [number, number, number, number],
  [size, , , kernels]: readonly [number, number, number, number],
  pad: number,
): [number, number, number, number] {
  const [rows, columns] = [height + 2 * pad, width + 2 * pad];
  checkShape([batch, rows, columns, 1], where, 'pad');
  const shape: [number, number, number, number] = [batch, rows - size + 1, columns - size + 1, kernels];
  const fits = Math.min(rows, columns) >= size - 1;
  ensure(fits, where, 'kernels', () => `of ${size} × ${size} are larger than the padded images ${rows} × ${columns}`);
  checkShape(shape, where, 'images');
  return shape;
}

/** Kernels centred in the size of the largest: `[size, size, 1, kernels]`. */
function stackKernels(kernels: readonly (tf.TensorLike | tf.Tensor)[]): tf.Tensor4D {
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
  tf.where(tf.cast(tf.step(tf.sub(threshold, values)), 'bool'), tf.zerosLike(values), values);
