import { at, byteAt, integerAt } from '../../core/at.js';
import type { BackwardReader, BitReader } from './bitReader.js';

/**
 * A table of ZSTD's finite state entropy: each state has a symbol, and the next state is `base` plus as many bits.
 *
 * Source: RFC 8878, section 4.1.
 */
export interface FseTable {
  /** Bits of a state. */
  readonly accuracy: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

/** How often each symbol comes, as it is written; −1: less than once. */
export function readFrequencies(reader: BitReader, most: number, symbols: number): FseTable {
  const accuracy = reader.bits(4) + 5;
  if (accuracy > most) throw new Error(`0: a table of ZSTD has 2^${accuracy} states, at most 2^${most} are known`);
  const frequencies: number[] = [];
  for (let left = 2 ** accuracy; left > 0; ) {
    const value = frequencyOf(reader, left);
    frequencies.push(value);
    left -= Math.abs(value);
    if (value === 0)
      for (let zeros = 3; zeros === 3; ) {
        zeros = reader.bits(2);
        for (let index = 0; index < zeros; index++) frequencies.push(0);
      }
    if (frequencies.length > symbols) throw new Error(`0: a table of ZSTD has more than ${symbols} symbols`);
  }
  return fseTable(frequencies, accuracy);
}

/** A value of 0 … left + 1, less one: the lower ones take a bit less than the others. */
function frequencyOf(reader: BitReader, left: number): number {
  const count = 32 - Math.clz32(left + 1);
  const low = reader.bits(count - 1);
  const short = 2 ** count - 1 - (left + 1);
  if (low < short) return low - 1;
  const value = low + reader.bits(1) * 2 ** (count - 1);
  return value >= 2 ** (count - 1) ? value - short - 1 : value - 1;
}

export function fseTable(frequencies: readonly number[], accuracy: number): FseTable {
  const size = 2 ** accuracy;
  const symbols = new Uint8Array(size);
  const next = Int32Array.from(frequencies, (frequency) => Math.abs(frequency));
  let high = size;
  frequencies.forEach((frequency, symbol) => {
    if (frequency === -1) symbols[--high] = symbol;
  });
  const step = (size >>> 1) + (size >>> 3) + 3;
  let place = 0;
  frequencies.forEach((frequency, symbol) => {
    for (let index = 0; index < frequency; index++) {
      symbols[place] = symbol;
      do place = (place + step) & (size - 1);
      while (place >= high);
    }
  });
  const [bits, bases] = [new Uint8Array(size), new Uint16Array(size)];
  for (let state = 0; state < size; state++) {
    const symbol = byteAt(symbols, state);
    const count = integerAt(next, symbol);
    next[symbol] = count + 1;
    const width = accuracy - (31 - Math.clz32(count));
    bits[state] = width;
    bases[state] = count * 2 ** width - size;
  }
  return { accuracy, symbols, bits, bases };
}

/** A table that has one symbol alone. */
export const oneSymbol = (symbol: number): FseTable => ({
  accuracy: 0,
  symbols: Uint8Array.of(symbol),
  bits: Uint8Array.of(0),
  bases: Uint16Array.of(0),
});

/** A state of a table, which goes on by the bits of a stream. */
export interface FseState {
  readonly symbol: number;
  next(): void;
}

export function fseState({ accuracy, symbols, bits, bases }: FseTable, reader: BackwardReader): FseState {
  let state = reader.bits(accuracy);
  return {
    get symbol() {
      return byteAt(symbols, state);
    },
    next() {
      state = at(bases, state) + reader.bits(byteAt(bits, state));
    },
  };
}
