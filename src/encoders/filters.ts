import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { ensureIs, nothingMore, positiveScalar, scalar } from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { show } from '../core/show.js';
import { ensureBackend } from '../core/tensors.js';

/**
 * A difference of Gaussians, the receptive field of a retinal ganglion cell: ON-centre when sigma1 < sigma2, OFF-centre
 * the other way round.
 *
 *     d(r) = (e^(−r²/2σ₁²)/σ₁² − e^(−r²/2σ₂²)/σ₂²) / 2π,  then minus its mean, divided by its maximum
 *
 * @param size    side of the square window, odd, at least 3.
 * @param sigma1  standard deviation of the added Gaussian, pixels.
 * @param sigma2  of the subtracted one, pixels; not the same.
 * @returns `[size, size]`, sum 0, maximum 1.
 * @throws {StdpError} when an argument is out of range.
 *
 * Source: SpykeTorch `DoGKernel`.
 *
 * @example
 * const [on, off] = [dogKernel(7, 1, 2), dogKernel(7, 2, 1)];   // as in Kheradpisheh et al. 2018
 * [on.shape, off.shape];   // => [[7, 7], [7, 7]]
 */
export function dogKernel(size: number, sigma1: number, sigma2: number, ...more: readonly never[]): tf.Tensor2D {
  nothingMore(more, 'dogKernel', 'dogKernel(size, sigma1, sigma2)');
  const values = dogValues(size, sigma1, sigma2);
  ensureBackend('dogKernel');
  return tf.tensor2d(Float32Array.from(values), [size, size]);
}

/** The values of {@link dogKernel}, row by row. */
export function dogValues(size: number, sigma1: number, sigma2: number): readonly number[] {
  const where = 'dogKernel';
  checkSize(size, where);
  ensureIs(positiveScalar, sigma1, where, 'sigma1');
  ensureIs(positiveScalar, sigma2, where, 'sigma2');
  const differ = Math.abs(sigma1 - sigma2) > 1e-6 * sigma1; // else rounding alone would be left
  ensure(differ, where, 'sigma2', () => `must differ from sigma1, both are ${sigma1}`);
  const gaussian = (squared: number, sigma: number): number => Math.exp(-squared / (2 * sigma ** 2)) / sigma ** 2;
  return normalizedKernel(where, size, 'sigma1', (row, column) => {
    const squared = row ** 2 + column ** 2;
    return (gaussian(squared, sigma1) - gaussian(squared, sigma2)) / (2 * Math.PI);
  });
}

/**
 * A Gabor filter, the receptive field of a simple cell: a wave under a Gaussian envelope.
 *
 *     λ = 2·size/div,  σ = 0.8·λ,  γ = 0.3,  X = column·sinθ + row·cosθ,  Y = column·cosθ − row·sinθ
 *     g = e^(−(X² + γ²Y²)/2σ²)·cos(2πX/λ),  then minus its mean, divided by its maximum
 *
 * @param size                side of the square window, odd, at least 3.
 * @param orientationDegrees  θ, degrees; at 0 the wave runs down the rows.
 * @param div                 the wave is 2·size/div pixels long. Default 4.
 * @returns `[size, size]`, sum 0, maximum 1.
 * @throws {StdpError} when an argument is out of range.
 *
 * Source: SpykeTorch `GaborKernel`.
 *
 * @example
 * const orientations = [22.5, 67.5, 112.5, 157.5].map((degrees) => gaborKernel(5, degrees));
 * orientations.map(({ shape }) => shape);   // => [[5, 5], [5, 5], [5, 5], [5, 5]]
 */
export function gaborKernel(size: number, orientationDegrees: number, div = 4, ...more: readonly never[]): tf.Tensor2D {
  const where = 'gaborKernel';
  nothingMore(more, where, 'gaborKernel(size, orientationDegrees, div)');
  checkSize(size, where);
  ensureIs(scalar, orientationDegrees, where, 'orientationDegrees');
  ensureIs(positiveScalar, div, where, 'div');
  const wavelength = (2 * size) / div;
  const theta = ((orientationDegrees % 360) * Math.PI) / 180;
  const values = normalizedKernel(where, size, 'div', (row, column) => {
    const along = column * Math.sin(theta) + row * Math.cos(theta);
    const across = column * Math.cos(theta) - row * Math.sin(theta);
    const envelope = Math.exp(-(along ** 2 + 0.09 * across ** 2) / (2 * (0.8 * wavelength) ** 2));
    return envelope * Math.cos((2 * Math.PI * along) / wavelength);
  });
  ensureBackend(where);
  return tf.tensor2d(Float32Array.from(values), [size, size]);
}

/**
 * `response` at rows and columns counted from the centre, minus the mean, divided by the maximum.
 *
 * @param argument  of `where`, that is to blame when nothing but rounding differs from the mean.
 */
function normalizedKernel(
  where: string,
  size: number,
  argument: string,
  response: (row: number, column: number) => number,
): readonly number[] {
  const radius = (size - 1) / 2;
  const values = Array.from({ length: size * size }, (_, index) =>
    response(Math.floor(index / size) - radius, (index % size) - radius),
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [highest = 0, largest = 0] = values.reduce(
    ([high = 0, large = 0], value) => [Math.max(high, value - mean), Math.max(large, Math.abs(value))],
    [Number.NEGATIVE_INFINITY, 0] as readonly number[],
  );
  ensure(highest > leastContrast * largest, where, argument, () => `gives a kernel of ${size} × ${size} without contrast`);
  return values.map((value) => (value - mean) / highest);
}

function checkSize(size: number, where: string): void {
  const isOdd = Number.isSafeInteger(size) && size >= 3 && size % 2 === 1;
  ensure(isOdd, where, 'size', () => `must be an odd integer ≥ 3, got ${show(size)}`);
  checkShape([size, size], where, 'size');
}

/** Of the highest response to the largest: below it, rounding is what is left of the differences. */
const leastContrast = 1e-9;
