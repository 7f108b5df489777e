import { at, byteAt } from '../../core/at.js';
import { type BackwardReader, backwards, forwards } from './bitReader.js';
import { type FseTable, fseState, fseTable, oneSymbol, readFrequencies } from './fseTable.js';
import type { Output } from './output.js';
import { number, part } from './zstdLiterals.js';

/** What sequences of a block leave to the next: tables, by the three kinds of codes, and the last three distances. */
export interface SequenceMemory {
  readonly tables: (FseTable | undefined)[];
  readonly distances: [number, number, number];
}

/** Baselines and further bits of codes that begin as themselves. */
const codes = (
  first: number,
  bits: readonly number[],
): { readonly bases: readonly number[]; readonly bits: readonly number[] } => {
  let next = first;
  const bases = bits.map((count) => {
    const base = next;
    next += 2 ** count;
    return base;
  });
  return { bases, bits };
};
const times = (count: number, value: number): readonly number[] => Array.from({ length: count }, () => value);

const literalCodes = codes(0, [...times(16, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const matchCodes = codes(3, [...times(32, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

/** Of literal lengths, distances and match lengths, in the order in which a block tells them. */
const kinds: readonly { readonly usual: FseTable; readonly accuracy: number; readonly symbols: number }[] = [
  {
    usual: fseTable([4, 3, ...times(11, 2), 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1], 6),
    accuracy: 9,
    symbols: 36,
  },
  { usual: fseTable([...times(6, 1), 2, 2, 2, ...times(15, 1), ...times(5, -1)], 5), accuracy: 8, symbols: 32 },
  { usual: fseTable([1, 4, 3, 2, 2, 2, 2, 2, 2, ...times(37, 1), ...times(7, -1)], 6), accuracy: 9, symbols: 53 },
];

/** Carries out the sequences of a block: some literals, then what came before. Source: RFC 8878, section 3.1.1.3.2. */
export function unpackSequences(block: Uint8Array, literals: Uint8Array, memory: SequenceMemory, output: Output): void {
  const [count, size] = sequenceCount(block);
  let rest = literals;
  if (count > 0) {
    const stream = readTables(block, size, memory);
    const states = kinds.map((_, kind) => fseState(memory.tables[kind] ?? missing(), stream));
    const [literal, distance, match] = [at(states, 0), at(states, 1), at(states, 2)];
    for (let index = 0; index < count; index++) {
      const code = distance.symbol;
      if (code > 30) throw new Error(`0: a distance of ZSTD of 2^${code} bytes`);
      const told = 2 ** code + stream.bits(code);
      const matched = codedBy(matchCodes, match.symbol, stream);
      const run = codedBy(literalCodes, literal.symbol, stream);
      output.append(part(rest, 0, run));
      rest = rest.subarray(run);
      const back = distanceOf(told, run === 0, memory.distances);
      if (!output.repeat(back, matched)) throw new Error(`0: ZSTD goes back ${back} bytes of ${output.length}`);
      if (index === count - 1) break;
      literal.next();
      match.next();
      distance.next();
      if (stream.left < 0) throw new Error('0: sequences of ZSTD end too early');
    }
    if (stream.left !== 0) throw new Error('0: sequences of ZSTD do not end with their bits');
  }
  output.append(rest);
}

/** How many sequences there are, and where what comes behind that begins. */
function sequenceCount(block: Uint8Array): readonly [count: number, size: number] {
  const first = byteAt(part(block, 0, 1), 0);
  if (first < 128) return [first, 1];
  if (first < 255) return [(first - 128) * 256 + byteAt(part(block, 1, 1), 0), 2];
  return [number(part(block, 1, 2)) + 0x7f00, 3];
}

/** Each kind of code has its usual table, one symbol, a table of its own, or that of the block before. Then come the bits. */
function readTables(block: Uint8Array, begin: number, { tables }: SequenceMemory): BackwardReader {
  const modes = byteAt(part(block, begin, 1), 0);
  if ((modes & 3) !== 0) throw new Error('0: modes of ZSTD that are not known');
  let next = begin + 1;
  kinds.forEach(({ usual, accuracy, symbols }, kind) => {
    const mode = (modes >>> (6 - 2 * kind)) & 3;
    if (mode === 0) tables[kind] = usual;
    if (mode === 1) {
      const symbol = byteAt(part(block, next++, 1), 0);
      if (symbol >= symbols) throw new Error(`0: a code ${symbol} of ZSTD, known are ${symbols}`);
      tables[kind] = oneSymbol(symbol);
    }
    if (mode === 2) {
      const reader = forwards(block.subarray(next));
      tables[kind] = readFrequencies(reader, accuracy, symbols);
      next += reader.bytes;
    }
  });
  return backwards(part(block, next, block.length - next));
}

const codedBy = ({ bases, bits }: ReturnType<typeof codes>, code: number, stream: BackwardReader): number =>
  at(bases, code) + stream.bits(at(bits, code));

/** A distance, or one of the last three, which move up. */
function distanceOf(told: number, isBare: boolean, last: [number, number, number]): number {
  const [first, second, third] = last;
  const which = told > 3 ? 4 : told + (isBare ? 1 : 0);
  if (which === 1) return first;
  if (which === 2) last.splice(0, 2, second, first);
  else if (which === 3) last.splice(0, 3, third, first, second);
  else last.splice(0, 3, told > 3 ? told - 3 : first - 1, first, second);
  return last[0];
}

function missing(): never {
  throw new Error('0: a block of ZSTD uses a table that is not there');
}
