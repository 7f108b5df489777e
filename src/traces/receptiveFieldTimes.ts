import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { ensureIs, integerFrom, nothingMore } from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { show, showShape } from '../core/show.js';
import { tidily, toTimes } from '../core/tensors.js';

/**
 * The first spike times that a convolutional neuron at (y, x) of its map sees:
 *
 *     out[a, b, c] = preTimes[y·stride − padding + a, x·stride − padding + b, c],   Infinity outside the image
 *
 * A field that juts out is filled with Infinity (nothing fires there), in the padding as well as beyond it.
 *
 * @param preTimes    first spike times of the inputs, [H, W, C].
 * @param y           row of the neuron in its map, an integer ≥ 0.
 * @param x           column of the neuron in its map, an integer ≥ 0.
 * @param kernelSize  side of the kernel, or [rows, columns]; even sizes are fine.
 * @param stride      stride of the convolution. Default 1.
 * @param padding     rows and columns added on each side of the image. Default 0.
 * @returns times, [kh, kw, C].
 * @throws {StdpError} when the whole field lies outside the padded image, or an argument is not an integer in range.
 *
 * Source: spikeseg `extract_receptive_field_times`. Its page promises an error for positions outside, its code returns
 * Infinity everywhere; here it is an error.
 *
 * @example
 * const preTimes = tf.tensor3d([1, 2, 3, 4], [2, 2, 1]);
 * extractReceptiveFieldTimes(preTimes, 0, 0, 2, 1, 1).print();   // => [[[Infinity], [Infinity]], [[Infinity], [1]]]
 */
export function extractReceptiveFieldTimes(
  preTimes: tf.TensorLike | tf.Tensor,
  y: number,
  x: number,
  kernelSize: number | readonly [number, number],
  stride = 1,
  padding = 0,
  ...more: readonly never[]
): tf.Tensor {
  nothingMore(more, where, 'extractReceptiveFieldTimes(preTimes, y, x, kernelSize, stride, padding)');
  const [kh, kw] = sides(kernelSize);
  ensureInteger(stride, 1, 'stride');
  ensureInteger(padding, 0, 'padding');
  return tidily(() => {
    const times = toTimes(preTimes, where, 'preTimes');
    ensure(times.rank === 3, where, 'preTimes', () => `has shape ${showShape(times.shape)}, needs [H, W, C]`);
    const [height = 0, width = 0, channels = 0] = times.shape;
    const rows = overlap('y', y, kh, height, stride, padding);
    const columns = overlap('x', x, kw, width, stride, padding);
    checkShape([kh, kw, channels], where, 'kernelSize');
    if (rows.size === 0 || columns.size === 0) return tf.fill([kh, kw, channels], Number.POSITIVE_INFINITY);
    const inside = tf.slice(times, [rows.begin, columns.begin, 0], [rows.size, columns.size, channels]);
    return tf.pad(inside, [rows.outside, columns.outside, [0, 0]], Number.POSITIVE_INFINITY);
  });
}

const where = 'extractReceptiveFieldTimes';

const ensureInteger = (value: number, least: number, argument: string): void =>
  ensureIs(integerFrom(least), value, where, argument);

/** Rows and columns of a kernel. */
function sides(kernelSize: number | readonly [number, number]): readonly [number, number] {
  const both = typeof kernelSize === 'number' ? ([kernelSize, kernelSize] as const) : kernelSize;
  const isPair = Array.isArray(both) && both.length === 2;
  ensure(isPair, where, 'kernelSize', () => `must be an integer or [rows, columns], got ${show(kernelSize)}`);
  for (const side of both) ensureInteger(side, 1, 'kernelSize');
  return both;
}

/** The part of one axis of the image that a field covers, and how far the field juts out on either side. */
interface Overlap {
  readonly begin: number;
  readonly size: number;
  readonly outside: [number, number];
}

function overlap(axis: string, position: number, kernel: number, size: number, stride: number, padding: number): Overlap {
  ensureInteger(position, 0, axis);
  const start = position * stride - padding;
  const limit = size + padding;
  ensure(
    start < limit,
    where,
    axis,
    () => `= ${position} sees ${start} … ${start + kernel - 1}, outside the padded image ${-padding} … ${limit - 1}`,
  );
  const begin = Math.min(Math.max(start, 0), size);
  const end = Math.min(Math.max(start + kernel, 0), size);
  return { begin, size: end - begin, outside: [begin - start, start + kernel - end] };
}
