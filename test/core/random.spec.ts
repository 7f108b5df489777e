import { describe, expect, it } from 'vitest';
import {
  fork,
  philox4x32,
  randomGenerator,
  randomNormal,
  randomPermutation,
  randomUint32,
  randomUniform,
} from '../../src/core/random.js';

const mean = (values: ArrayLike<number>, of: (value: number) => number = (value) => value) =>
  Array.from(values).reduce((sum, value) => sum + of(value), 0) / values.length;

describe('philox4x32', () => {
  const ones = 0xffffffff;
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [ones, ones, ones, ones],
      [ones, ones],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('gives the known answers of Random123: counter %j, key %j', (counter, [key0 = 0, key1 = 0], answer) => {
    const block = Uint32Array.from(counter);
    philox4x32(block, key0, key1);
    expect([...block]).toEqual(answer);
  });

  it('is what a stream is made of: block i of seed 0 has counter (i, 0, 0, 0)', () => {
    expect([...randomUint32(4, 0)]).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    const second = Uint32Array.of(1, 0, 0, 0);
    philox4x32(second, 0, 0);
    expect([...randomUint32(8, 0).subarray(4)]).toEqual([...second]);
  });
});

describe('a stream', () => {
  it('does not depend on how many numbers are asked for', () => {
    expect([...randomUint32(5, 7)]).toEqual([...randomUint32(100, 7).subarray(0, 5)]);
    expect(randomUint32(0, 7)).toHaveLength(0);
  });

  it('differs from seed to seed, in the high word of the seed as well', () => {
    const first = [1, 2, 1 + 2 ** 32].map((seed) => randomUint32(1, seed)[0]);
    expect(new Set(first).size).toBe(3);
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 53])('refuses the seed %d', (seed) => {
    expect(() => randomGenerator(seed)).toThrow(`randomGenerator: seed must be an integer ≥ 0, got ${seed}`);
  });
});

describe('fork', () => {
  it('names 60000 children with 60000 different streams, none of them the parent', () => {
    const streams = new Set(Array.from({ length: 60_000 }, (_, index) => fork(1, index).stream));
    expect(streams.size).toBe(60_000);
    expect(streams.has(randomGenerator(1).stream)).toBe(false);
  });

  it('gives streams that share no numbers with each other, the parent or their own children', () => {
    const child = fork(1, 0);
    const generators = [randomGenerator(1), child, fork(1, 1), fork(child, 0), fork(child, 1), fork(2, 0)];
    const words = generators.flatMap((generator) => [...randomUint32(100, generator)]);
    // 600 words of 32 bits: all different, but for a chance of 600² / 2³³.
    expect(new Set(words).size).toBe(600);
  });

  it('is a pure function, and a fork of a seed is a fork of its generator', () => {
    expect(fork(5, 3)).toEqual(fork(randomGenerator(5), 3));
  });

  it.each([-1, 0.5, 2 ** 32])('refuses the index %d', (index) => {
    expect(() => fork(1, index)).toThrow(`fork: index must be an integer in [0, 2^32), got ${index}`);
  });
});

describe('distributions', () => {
  it('randomNormal refuses a standard deviation below 0', () => {
    expect(() => randomNormal(3, 1, 0, -1)).toThrow('randomNormal: std must be a number ≥ 0, got -1');
    expect([...randomNormal(2, 1, 0.5, 0)]).toEqual([0.5, 0.5]);
  });

  const length = 100_000;

  it('randomUniform: mean 1/2, variance 1/12, uncorrelated neighbours', () => {
    const values = randomUniform(length, 3);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    // Five standard errors: √(1/12 / n) and √(1/180 / n).
    expect(Math.abs(mean(values) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / length));
    expect(Math.abs(mean(values, (value) => (value - 0.5) ** 2) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / length));
    const products = values.slice(1).map((value, index) => (value - 0.5) * ((values[index] ?? 0) - 0.5));
    expect(Math.abs(mean(products))).toBeLessThan(5 / 12 / Math.sqrt(length));
  });

  it('randomUniform: scales to [low, high)', () => {
    const unit = randomUniform(100, 4);
    expect([...randomUniform(100, 4, -2, 6)]).toEqual([...unit].map((value) => -2 + 8 * value));
  });

  it('randomNormal: mean, variance, skewness and kurtosis of N(2, 0.5²)', () => {
    const values = randomNormal(length, 5, 2, 0.5);
    const standard = (power: number) => mean(values, (value) => ((value - 2) / 0.5) ** power);
    // Five standard errors of the moments 1 to 4: √(1/n), √(2/n), √(15/n), √(96/n).
    expect(Math.abs(standard(1))).toBeLessThan(5 * Math.sqrt(1 / length));
    expect(Math.abs(standard(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / length));
    expect(Math.abs(standard(3))).toBeLessThan(5 * Math.sqrt(15 / length));
    expect(Math.abs(standard(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / length));
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it('randomPermutation: each integer once, and every order equally often', () => {
    expect([...randomPermutation(50, 6)].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const order = randomPermutation(3, seed).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // χ² with 5 degrees of freedom stays below 20.5 with probability 0.999.
    const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquared).toBeLessThan(20.5);
  });

  it('an empty draw is empty', () => {
    expect([randomUniform(0, 1).length, randomNormal(0, 1).length, randomPermutation(0, 1).length]).toEqual([0, 0, 0]);
  });
});
