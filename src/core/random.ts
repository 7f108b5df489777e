import { left, right } from 'fp-ts/lib/Either.js';
import { integerAt, wordAt } from './at.js';
import { ensure } from './errors.js';
import { nothingMore } from './params/nothingMore.js';
import type { Check } from './params/validation.js';
import { show } from './show.js';

/**
 * A stream of random numbers as a value: nothing advances inside it. Number `i` of a stream depends on the seed, the
 * stream and `i` alone (Philox4x32-10, Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"), so results
 * are the same on every backend and in any order of evaluation.
 */
export interface RandomGenerator {
  readonly seed: number;
  readonly stream: number;
}

/** Wherever randomness is needed: an integer seed, or a generator derived from one. */
export type Seed = number | RandomGenerator;

/**
 * A generator from an integer seed; a generator is returned as it is.
 *
 * @throws {StdpError} unless `seed` is an integer in [0, 2⁵³), or a generator of two such integers.
 * @example
 * randomGenerator(7);   // => { seed: 7, stream: 0 }
 */
export const randomGenerator = (seed: Seed): RandomGenerator => generatorOf(seed, 'randomGenerator');

function generatorOf(seed: Seed, where: string): RandomGenerator {
  if (typeof seed !== 'object' || seed === null) {
    ensure(isWord(seed), where, 'seed', () => `must be an integer ≥ 0, got ${show(seed)}`);
    return { seed, stream: 0 };
  }
  const isGenerator = isWord(seed.seed) && isWord(seed.stream);
  ensure(isGenerator, where, 'seed', () => `must be { seed, stream }, two integers ≥ 0, got ${show(seed)}`);
  return seed;
}

const isWord = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Whether a value is what {@link randomGenerator} takes. */
const isSeed = (value: unknown): value is Seed =>
  isWord(value) ||
  (typeof value === 'object' &&
    value !== null &&
    isWord((value as { readonly seed?: unknown }).seed) &&
    isWord((value as { readonly stream?: unknown }).stream));

/** What random numbers are drawn from, as a check of parameters. */
export const aSeed: Check<Seed> = (value) => (isSeed(value) ? right(value) : left('an integer ≥ 0 or a random generator'));

/**
 * The `index`-th child stream of a generator: independent of its parent and of its siblings.
 *
 * @throws {StdpError} unless `index` is an integer in [0, 2³²).
 * @example
 * const [weights, inputs] = [fork(1, 0), fork(1, 1)];   // two independent streams of seed 1
 * weights.stream === inputs.stream;   // => false
 */
export function fork(seed: Seed, index: number, ...more: readonly never[]): RandomGenerator {
  nothingMore(more, 'fork', 'fork(seed, index)');
  const { seed: key, stream } = generatorOf(seed, 'fork');
  const isIndex = Number.isInteger(index) && index >= 0 && index < 2 ** 32;
  ensure(isIndex, 'fork', 'index', () => `must be an integer in [0, 2^32), got ${show(index)}`);
  const block = new Uint32Array(4);
  philoxBlock(block, 0, { seed: key, stream }, index, FORKS);
  return { seed: key, stream: wordAt(block, 0) + (wordAt(block, 1) >>> 11) * 2 ** 32 };
}

/** The second counter word keeps the numbers of a stream and the names of its children apart. */
const NUMBERS = 0;
const FORKS = 1;

function philoxBlock(words: Uint32Array, at: number, { seed, stream }: RandomGenerator, index: number, domain: number): void {
  words[at] = index >>> 0;
  words[at + 1] = domain;
  words[at + 2] = stream >>> 0;
  words[at + 3] = Math.floor(stream / 2 ** 32);
  philox4x32(words, seed >>> 0, Math.floor(seed / 2 ** 32), at);
}

/** The upper word of a product, in integers of 32 bits: no partial sum goes beyond. */
const multiplyHigh = (a: number, b: number): number => {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const carry = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
};

/** Ten rounds of Philox on one counter block of four 32-bit words, in place, `at` a word. Known answers are in the tests. */
export function philox4x32(words: Uint32Array, key0: number, key1: number, at = 0): void {
  let c0 = wordAt(words, at) | 0;
  let c1 = wordAt(words, at + 1) | 0;
  let c2 = wordAt(words, at + 2) | 0;
  let c3 = wordAt(words, at + 3) | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  words[at] = c0;
  words[at + 1] = c1;
  words[at + 2] = c2;
  words[at + 3] = c3;
}

/** `length` random 32-bit words of a stream. */
export function randomUint32(length: number, seed: Seed, where = 'randomUint32'): Uint32Array {
  const generator = generatorOf(seed, where);
  checkLength(length, where);
  const words = new Uint32Array(Math.ceil(length / 4) * 4);
  for (let start = 0; start < words.length; start += 4) {
    philoxBlock(words, start, generator, start / 4, NUMBERS);
  }
  return words.subarray(0, length);
}

function checkLength(length: number, where: string): void {
  const isLength = Number.isSafeInteger(length) && length >= 0 && length <= 2 ** 31;
  ensure(isLength, where, 'length', () => `must be an integer in [0, 2^31], got ${show(length)}`);
}

/** As float32 holds them. */
function ensureFinite(where: string, numbers: { readonly [argument: string]: number }): void {
  for (const [argument, value] of Object.entries(numbers)) {
    const isFloat = typeof value === 'number' && Number.isFinite(Math.fround(value));
    ensure(isFloat, where, argument, () => `must be a finite number, got ${show(value)}`);
  }
}

/** So many numbers, without a list of them: `from` with a function takes ten times the memory and the time. */
function drawn(length: number, draw: (index: number) => number): Float32Array {
  const numbers = new Float32Array(length);
  for (let index = 0; index < length; index++) numbers[index] = draw(index);
  return numbers;
}

/**
 * `length` numbers drawn evenly from [low, high).
 *
 * @example
 * randomUniform(3, 1);   // => [0.8903, 0.8947, 0.5857]
 */
export function randomUniform(length: number, seed: Seed, low = 0, high = 1, ...more: readonly never[]): Float32Array {
  nothingMore(more, 'randomUniform', 'randomUniform(length, seed, low, high)');
  ensureFinite('randomUniform', { low, high });
  const words = randomUint32(length, seed, 'randomUniform');
  return drawn(length, (index) => low + (high - low) * ((wordAt(words, index) >>> 8) * 2 ** -24));
}

/**
 * `length` numbers from the normal distribution N(mean, std²), by Box and Muller's transform.
 *
 * @throws {StdpError} when mean or std is not finite, or std is below 0.
 * @example
 * const weights = randomNormal(1000, 1, 0.8, 0.05);   // initial weights as in Kheradpisheh et al. 2018
 * Math.abs(weights.reduce((sum, w) => sum + w) / 1000 - 0.8) < 0.01;   // => true
 */
export function randomNormal(length: number, seed: Seed, mean = 0, std = 1, ...more: readonly never[]): Float32Array {
  nothingMore(more, 'randomNormal', 'randomNormal(length, seed, mean, std)');
  ensureFinite('randomNormal', { mean, std });
  ensure(std >= 0, 'randomNormal', 'std', () => `must be a number ≥ 0, got ${std}`);
  checkLength(length, 'randomNormal');
  const words = randomUint32(2 * length, seed, 'randomNormal');
  return drawn(length, (index) => {
    const radius = Math.sqrt(-2 * Math.log((wordAt(words, 2 * index) + 1) * 2 ** -32));
    return mean + std * radius * Math.cos(2 * Math.PI * wordAt(words, 2 * index + 1) * 2 ** -32);
  });
}

/**
 * A random order of the integers 0 … length − 1 (Fisher and Yates).
 *
 * @example
 * randomPermutation(5, 1).sort();   // => [0, 1, 2, 3, 4]
 */
export function randomPermutation(length: number, seed: Seed, ...more: readonly never[]): Int32Array {
  nothingMore(more, 'randomPermutation', 'randomPermutation(length, seed)');
  const words = randomUint32(length, seed, 'randomPermutation');
  const order = new Int32Array(length).map((_, index) => index);
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor((wordAt(words, last) * (last + 1)) / 2 ** 32);
    const kept = integerAt(order, last);
    order[last] = integerAt(order, other);
    order[other] = kept;
  }
  return order;
}
