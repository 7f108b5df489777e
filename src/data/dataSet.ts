import { ensure } from '../core/errors.js';

/**
 * Grey pictures with what they show.
 *
 * @property pixels  `count · rows · columns` values in 0 … 255, image after image, row after row.
 * @property labels  the class of each image, 0 … classes − 1.
 * @property count   number of images.
 */
export interface LabelledImages {
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
  readonly count: number;
}

/**
 * Images to learn from and images to be tested on, all of one size.
 *
 * @property name     what a report calls it.
 * @property rows     height of an image in pixels.
 * @property columns  width of an image in pixels.
 * @property classes  number of classes.
 */
export interface DataSet {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly classes: number;
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/**
 * The first `n` images. The arrays are views on those of `images`: nothing is copied.
 *
 * @throws {StdpError} unless `n` is an integer from 0 to the number of images.
 * @example
 * takeFirst(generateDigits(20, 1), 10).count;   // => 10
 */
export function takeFirst(images: LabelledImages, n: number): LabelledImages {
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
export function splitLast(images: LabelledImages, n: number): readonly [LabelledImages, LabelledImages] {
  checkCount('splitLast', images, n);
  const kept = images.count - n;
  return [range(images, 0, kept), range(images, kept, images.count)];
}

function range({ pixels, labels, count }: LabelledImages, from: number, to: number): LabelledImages {
  const size = count === 0 ? 0 : pixels.length / count;
  return { pixels: pixels.subarray(from * size, to * size), labels: labels.subarray(from, to), count: to - from };
}

const checkCount = (where: string, { count }: LabelledImages, n: number): void =>
  ensure(Number.isInteger(n) && n >= 0 && n <= count, where, 'n', () => `must be an integer from 0 to ${count}, got ${n}`);
