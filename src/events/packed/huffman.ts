import { byteAt } from '../../core/at.js';
import { backwards, forwards } from './bitReader.js';
import { fseState, readFrequencies } from './fseTable.js';

/**
 * A table of ZSTD's Huffman codes: for each value of so many bits the symbol whose code they begin with, and the length of it.
 *
 * Source: RFC 8878, section 4.2.
 */
export interface HuffmanTable {
  readonly bits: number;
  readonly symbols: Uint8Array;
  readonly lengths: Uint8Array;
}

/** The table that bytes begin with, and how many it takes. */
export function readHuffman(bytes: Uint8Array): readonly [table: HuffmanTable, length: number] {
  const head = byteAt(bytes, 0);
  const isPacked = head < 128;
  const length = 1 + (isPacked ? head : Math.ceil((head - 127) / 2));
  if (length > bytes.length) throw new Error('0: ZSTD ends within a table');
  const told = bytes.subarray(1, length);
  const weights = isPacked ? packedWeights(told) : Array.from({ length: head - 127 }, (_, index) => nibble(told, index));
  return [huffmanTable(weights), length];
}

const nibble = (bytes: Uint8Array, index: number): number =>
  index % 2 === 0 ? byteAt(bytes, index >>> 1) >>> 4 : byteAt(bytes, index >>> 1) & 15;

/** Weights in turn from two states, until the bits are used up. */
function packedWeights(bytes: Uint8Array): readonly number[] {
  const reader = forwards(bytes);
  const table = readFrequencies(reader, 6, 256);
  const stream = backwards(bytes.subarray(reader.bytes));
  const weights: number[] = [];
  let [one, other] = [fseState(table, stream), fseState(table, stream)];
  if (stream.left < 0) throw new Error('0: weights of ZSTD have no states');
  for (;;) {
    weights.push(one.symbol);
    one.next();
    if (weights.length > 254) throw new Error('0: a table of ZSTD has more than 255 weights');
    if (stream.left < 0) {
      weights.push(other.symbol);
      return weights;
    }
    [one, other] = [other, one];
  }
}

/** The last weight isn't told: it fills up to a power of two. */
function huffmanTable(told: readonly number[]): HuffmanTable {
  const sum = told.reduce((total, weight) => total + (weight === 0 ? 0 : 2 ** (weight - 1)), 0);
  const bits = 32 - Math.clz32(sum);
  const rest = 2 ** bits - sum;
  const isPower = told.every((weight) => weight <= 11) && sum > 0 && (rest & (rest - 1)) === 0;
  if (!isPower || bits > 11) throw new Error(`0: weights of ZSTD that add up to ${sum}`);
  const weights = [...told, 32 - Math.clz32(rest)];
  const [symbols, lengths] = [new Uint8Array(2 ** bits), new Uint8Array(2 ** bits)];
  let place = 0;
  for (let weight = 1; weight <= bits; weight++)
    weights.forEach((other, symbol) => {
      if (other !== weight) return;
      const end = place + 2 ** (weight - 1);
      symbols.fill(symbol, place, end);
      lengths.fill(bits + 1 - weight, place, end);
      place = end;
    });
  return { bits, symbols, lengths };
}

/** Symbols of a stream, until there are as many as there should be. */
export function unpackSymbols(bytes: Uint8Array, { bits, symbols, lengths }: HuffmanTable, into: Uint8Array): void {
  const stream = backwards(bytes);
  for (let index = 0; index < into.length; index++) {
    const code = stream.peek(bits);
    into[index] = byteAt(symbols, code);
    stream.bits(byteAt(lengths, code));
  }
  if (stream.left !== 0) throw new Error('0: literals of ZSTD do not end with their bits');
}
