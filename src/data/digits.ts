import { at, floatAt, wordAt } from '../core/at.js';
import { orThrow } from '../core/errors.js';
import { atMost, ensureIs, integerFrom, nonNegativeScalar, nothingMore, validateParams } from '../core/params/validation.js';
import { aSeed, fork, type RandomGenerator, randomPermutation, randomUint32, randomUniform, type Seed } from '../core/random.js';
import { numbered } from './classNames.js';
import type { DataSet, LabelledImages } from './dataSet.js';
import { type Glyph, glyphs } from './digitStrokes.js';

/** Height and width of an image in pixels. */
const SIDE = 28;
/** Pixels a unit of the glyphs' 7 × 10 box: digits stand about 20 pixels high. */
const UNIT = 1.85;

/** How digits are drawn. */
export interface DigitsOptions {
  /** How differently the digits are written: 0 draws the plain shapes (so images repeat), 1 is about as varied as MNIST. Default 1. */
  readonly distortion: number;
}

const digitsDefaults: DigitsOptions = { distortion: 1 };

/** As many as fit in 4 GiB. */
const aCount = atMost(Math.floor(2 ** 32 / SIDE ** 2), integerFrom(0));

/**
 * Draws `count` digits that look handwritten: 28 × 28 pixels, black background (0), white ink (up to 255). Each digit
 * is one of several ways to write it, bent, turned, slanted, stretched and shifted at random, drawn by a pen of random
 * width. All ten digits occur equally often (± 1), in random order. The same seed gives the same bytes.
 *
 * @throws {StdpError} unless `count` is an integer ≥ 0 (of images that fit in 4 GiB), `seed` is one and `distortion` a finite number ≥ 0.
 * @example
 * const { pixels, labels } = generateDigits(10, 1);
 * [pixels.length, labels.toSorted()];   // => [10 * 28 * 28, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]
 */
export function generateDigits(
  count: number,
  seed: Seed,
  options?: Partial<DigitsOptions>,
  ...more: readonly never[]
): LabelledImages {
  const where = 'generateDigits';
  nothingMore(more, where, 'generateDigits(count, seed, options)');
  const { distortion } = orThrow(validateParams(where, digitsDefaults, options, { distortion: nonNegativeScalar }, 'options'));
  ensureIs(aCount, count, where, 'count');
  checkSeed(seed, where);
  const labels = Uint8Array.from(randomPermutation(count, fork(seed, 0)), (position) => position % 10);
  const pixels = new Uint8Array(count * SIDE * SIDE);
  const writers = fork(seed, 1);
  labels.forEach((digit, index) => {
    const writer = fork(writers, index);
    const variants = at(glyphs, digit);
    const glyph = at(variants, Math.floor(at(randomUniform(1, fork(writer, 0)), 0) * variants.length));
    const image = pixels.subarray(index * SIDE * SIDE, (index + 1) * SIDE * SIDE);
    const hand = randomHand(fork(writer, 1), distortion);
    ink(image, squaredDistances(glyph, hand), hand.penRadius, randomUint32(SIDE * SIDE, fork(writer, 2)), distortion);
  });
  return { pixels, labels, count };
}

/**
 * A data set that needs no download: {@link generateDigits} for training and, from an independent stream, for testing.
 *
 * @throws {StdpError} unless the counts are as {@link generateDigits} takes them and `seed` is one.
 * @example
 * const { train, test, classes } = digitDataSet(1, 20, 10);
 * [train.count, test.count, classes];   // => [20, 10, 10]
 */
export function digitDataSet(seed: Seed, trainCount = 10000, testCount = 2000, ...more: readonly never[]): DataSet {
  const where = 'digitDataSet';
  nothingMore(more, where, 'digitDataSet(seed, trainCount, testCount)');
  checkSeed(seed, where);
  for (const [name, count] of Object.entries({ trainCount, testCount })) ensureIs(aCount, count, where, name);
  return {
    name: 'generated digits',
    rows: SIDE,
    columns: SIDE,
    channels: 1,
    classes: glyphs.length,
    classNames: numbered(glyphs.length),
    train: generateDigits(trainCount, fork(seed, 0)),
    test: generateDigits(testCount, fork(seed, 1)),
  };
}

const checkSeed = (seed: Seed, where: string): void =>
  ensureIs(typeof seed === 'number' ? integerFrom(0) : aSeed, seed, where, 'seed');

/** Where a point of a glyph (in its box) comes to lie in the image (in pixels), and how wide the pen is. */
interface Hand {
  readonly place: (x: number, y: number) => readonly [number, number];
  readonly penRadius: number;
}

function randomHand(generator: RandomGenerator, distortion: number): Hand {
  const draws = randomUniform(20, generator, -distortion, distortion);
  let next = 0;
  const within = (limit: number): number => limit * floatAt(draws, next++);

  const angle = within(0.26);
  const slant = 0.1 * distortion + within(0.35);
  const height = UNIT * (1 + within(0.13));
  const width = height * (1.1 + within(0.25));
  const shiftX = SIDE / 2 + within(1.5);
  const shiftY = SIDE / 2 + within(1.5);
  const penRadius = 1.25 + within(0.45);
  const bendX = wave(within);
  const bendY = wave(within);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];

  const place = (boxX: number, boxY: number): readonly [number, number] => {
    const x = boxX - 3.5 + bendX(boxX, boxY);
    const y = boxY - 5 + bendY(boxX, boxY);
    const slanted = width * (x - slant * y);
    return [shiftX + cos * slanted - sin * height * y, shiftY + sin * slanted + cos * height * y];
  };
  return { place, penRadius };
}

/** A smooth random displacement: what touches keeps touching. Lengths are in units of the glyphs' box. */
function wave(within: (limit: number) => number): (x: number, y: number) => number {
  const [size, kx, ky, phase] = [within(0.9), within(0.8), within(0.8), within(Math.PI)];
  return (x, y) => size * Math.sin(kx * x + ky * y + phase);
}

/** Pixels farther than this from every stroke stay black. */
const REACH = 3;

/** For each pixel the squared distance of its centre to the nearest stroke, Infinity beyond `REACH`. */
function squaredDistances(glyph: Glyph, { place }: Hand): Float32Array {
  const distances = new Float32Array(SIDE * SIDE).fill(Number.POSITIVE_INFINITY);
  for (const stroke of glyph) {
    let [x0, y0] = place(floatAt(stroke, 0), floatAt(stroke, 1));
    for (let entry = 2; entry < stroke.length; entry += 2) {
      const [x1, y1] = place(floatAt(stroke, entry), floatAt(stroke, entry + 1));
      lowerToSegment(distances, x0, y0, x1, y1);
      [x0, y0] = [x1, y1];
    }
  }
  return distances;
}

function lowerToSegment(distances: Float32Array, x0: number, y0: number, x1: number, y1: number): void {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const perLength = 1 / Math.max(dx * dx + dy * dy, 1e-9);
  const [left, right] = pixelRange(x0, x1);
  const [top, bottom] = pixelRange(y0, y1);
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const [px, py] = [column + 0.5 - x0, row + 0.5 - y0];
      const t = Math.min(1, Math.max(0, (px * dx + py * dy) * perLength));
      const squared = (px - t * dx) ** 2 + (py - t * dy) ** 2;
      const index = row * SIDE + column;
      if (squared < floatAt(distances, index)) distances[index] = squared;
    }
  }
}

const pixelRange = (a: number, b: number): readonly [number, number] => [
  Math.max(0, Math.floor(Math.min(a, b) - REACH)),
  Math.min(SIDE - 1, Math.floor(Math.max(a, b) + REACH)),
];

/** Full ink inside the pen's width, fading over a pixel and a half at its edge; up to a fifth less at random. */
function ink(image: Uint8Array, squared: Float32Array, radius: number, noise: Uint32Array, distortion: number): void {
  for (let index = 0; index < image.length; index++) {
    const cover = Math.min(1, Math.max(0, (radius - Math.sqrt(floatAt(squared, index))) / 1.5 + 0.5));
    const uneven = 1 - Math.min(1, distortion * 0.2) * wordAt(noise, index) * 2 ** -32;
    image[index] = Math.round(255 * cover * uneven);
  }
}
