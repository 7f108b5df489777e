import { ensure } from '../core/errors.js';
import { nothingMore } from '../core/params/validation.js';
import { show } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import type { Labels } from './labels.js';

/** Pictures with what they show. */
export interface LabelledImages {
  /** `count · rows · columns · channels` values in 0 … 255, image after image, row after row, channels last. */
  readonly pixels: Uint8Array;
  /** The class of each image, 0 … classes − 1: bytes, of more than 256 classes numbers of 16 bits. */
  readonly labels: Labels;
  /** Number of images. */
  readonly count: number;
}

/** Images to learn from and images to be tested on, all of one size. */
export interface DataSet {
  /** What a report calls it. */
  readonly name: string;
  /** Height of an image in pixels. */
  readonly rows: number;
  /** Width of an image in pixels. */
  readonly columns: number;
  /**
   * Values of a pixel: 1 for grey pictures, 3 for red, green and blue, 6 for latencies of events: OFF and ON in each of three saccades.
   */
  readonly channels: 1 | 3 | 6;
  /** Number of classes. */
  readonly classes: number;
  /** What each class is called, in the order of the labels. */
  readonly classNames: readonly string[];
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/** Bytes of an image. */
export const bytesOf = ({ rows, columns, channels }: Pick<DataSet, 'rows' | 'columns' | 'channels'>): number =>
  rows * columns * channels;

/**
 * The first `n` images. The arrays are views on those of `images`: nothing is copied.
 *
 * @throws {StdpError} unless `n` is an integer from 0 to the number of images.
 * @example
 * takeFirst(generateDigits(20, 1), 10).count;   // => 10
 */
export function takeFirst(images: LabelledImages, n: number, ...more: readonly never[]): LabelledImages {
  nothingMore(more, 'takeFirst', 'takeFirst(images, n)');
  checkCount('takeFirst', images, n);
  return range(images, 0, n);
}

/**
 * All but the last `n` images, and the last `n`: a hold-out for choosing parameters without touching the test images.
 * The arrays are views on those of `images`: nothing is copied.
 *
 * @throws {StdpError} unless `n` is an integer from 0 to the number of images.
 * @example
 * const [learn, validate] = splitLast(generateDigits(20, 1), 5);
 * [learn.count, validate.count];   // => [15, 5]
 */
export function splitLast(
  images: LabelledImages,
  n: number,
  ...more: readonly never[]
): readonly [LabelledImages, LabelledImages] {
  nothingMore(more, 'splitLast', 'splitLast(images, n)');
  checkCount('splitLast', images, n);
  const kept = images.count - n;
  return [range(images, 0, kept), range(images, kept, images.count)];
}

function range({ pixels, labels, count }: LabelledImages, from: number, to: number): LabelledImages {
  const size = count === 0 ? 0 : pixels.length / count;
  return { pixels: pixels.subarray(from * size, to * size), labels: labels.subarray(from, to), count: to - from };
}

/** Throws unless these are images, as many as they say, and `n` of them can be had. */
function checkCount(where: string, images: LabelledImages, n: number): void {
  checkImages(where, 'images', images);
  const { count } = images;
  ensure(Number.isInteger(n) && n >= 0 && n <= count, where, 'n', () => `must be an integer from 0 to ${count}, got ${show(n)}`);
}

/** Throws unless these are images, as many as they say. */
export function checkImages(where: string, name: string, images: LabelledImages): void {
  ensure(isRecord(images), where, name, () => `must be a record of pixels, labels and count, got ${show(images)}`);
  const { pixels, labels, count } = images;
  ensure(Number.isSafeInteger(count) && count >= 0, where, name, () => `must have a count ≥ 0, got ${show(count)}`);
  ensure(pixels instanceof Uint8Array, where, name, () => `must have pixels as a Uint8Array, got ${show(pixels)}`);
  const areLabels = labels instanceof Uint8Array || labels instanceof Uint16Array;
  ensure(areLabels, where, name, () => `must have labels as a Uint8Array or a Uint16Array, got ${show(labels)}`);
  ensure(labels.length === count, where, name, () => `are ${count} by their count and have ${labels.length} labels`);
  const whole = count === 0 ? pixels.length === 0 : pixels.length % count === 0;
  ensure(whole, where, name, () => `are ${count} and have ${pixels.length} pixels, not as many each`);
}
