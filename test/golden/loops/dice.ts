import type { GoldenTensor } from '../load.js';
import { golden, numbers } from './numbers.js';

/** Draws the settings and the data of a case that no peer ran; numbers are such as float32 can hold. */
export interface Dice {
  /** A whole number from `least` to `most`. */
  integer(least: number, most: number): number;
  number(low: number, high: number): number;
  one<T>(...choices: readonly T[]): T;
  chance(share: number): boolean;
  values(shape: readonly number[], low?: number, high?: number): GoldenTensor;
  spikes(shape: readonly number[], share?: number): GoldenTensor;
}

/** The same seed draws the same. (Mulberry32.) */
export function dice(seed: number): Dice {
  let state = Math.imul(seed + 1, 0x9e3779b9);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const number = (low: number, high: number) => Math.fround(low + next() * (high - low));
  return {
    integer,
    number,
    one: (...choices) => choices[integer(0, choices.length - 1)] as (typeof choices)[number],
    chance: (share) => next() < share,
    values: (shape, low = 0, high = 1) => golden(numbers(shape, () => number(low, high))),
    spikes: (shape, share = 0.4) => golden(numbers(shape, () => (next() < share ? 1 : 0))),
  };
}
