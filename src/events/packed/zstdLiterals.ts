import { byteAt } from '../../core/at.js';
import { type HuffmanTable, readHuffman, unpackSymbols } from './huffman.js';

/** The literals of a block, the bytes that they took, and the table that the next block may use again. */
export interface Literals {
  readonly bytes: Uint8Array;
  readonly taken: number;
  readonly table: HuffmanTable | undefined;
}

/** Bytes of a block, unpacked. */
export const mostOfBlock = 2 ** 17;

/** Source: RFC 8878, section 3.1.1.3.1. */
export function readLiterals(block: Uint8Array, former: HuffmanTable | undefined): Literals {
  const first = byteAt(part(block, 0, 1), 0);
  const [type, form] = [first & 3, (first >>> 2) & 3];
  return type < 2 ? plainLiterals(block, type, form, former) : packedLiterals(block, type, form, former);
}

/** As they are, or one byte again and again. */
function plainLiterals(block: Uint8Array, type: number, form: number, table: HuffmanTable | undefined): Literals {
  const size = form === 1 ? 2 : form === 3 ? 3 : 1;
  const count = number(part(block, 0, size)) >>> (size === 1 ? 3 : 4);
  ensureSize(count);
  if (type === 0) return { bytes: part(block, size, count), taken: size + count, table };
  return { bytes: new Uint8Array(count).fill(byteAt(part(block, size, 1), 0)), taken: size + 1, table };
}

/** By Huffman codes, in one stream or four. */
function packedLiterals(block: Uint8Array, type: number, form: number, former: HuffmanTable | undefined): Literals {
  const [size, width] = form < 2 ? [3, 10] : form === 2 ? [4, 14] : [5, 18];
  const head = Math.floor(number(part(block, 0, size)) / 16);
  const [count, packed] = [head % 2 ** width, Math.floor(head / 2 ** width)];
  ensureSize(count);
  const content = part(block, size, packed);
  const [table, taken] = type === 2 ? readHuffman(part(content, 0, content.length)) : [former, 0];
  if (table === undefined) throw new Error('0: a block of ZSTD uses a table that is not there');
  const bytes = new Uint8Array(count);
  const streams = content.subarray(taken);
  if (form === 0) unpackSymbols(streams, table, bytes);
  else {
    const quarter = Math.ceil(count / 4);
    let at = 6;
    for (let stream = 0; stream < 4; stream++) {
      const length = stream === 3 ? Math.max(0, streams.length - at) : number(part(streams, 2 * stream, 2));
      const into = bytes.subarray(
        Math.min(count, stream * quarter),
        stream === 3 ? count : Math.min(count, (stream + 1) * quarter),
      );
      unpackSymbols(part(streams, at, length), table, into);
      at += length;
    }
  }
  return { bytes, taken: size + packed, table };
}

function ensureSize(count: number): void {
  if (count > mostOfBlock) throw new Error(`0: a block of ZSTD with ${count} literals`);
}

/** Bytes of a block, which must be there. */
export function part(bytes: Uint8Array, begin: number, count: number): Uint8Array {
  if (begin + count > bytes.length) throw new Error(`0: ZSTD ends too early, ${begin + count - bytes.length} bytes are missing`);
  return bytes.subarray(begin, begin + count);
}

/** Bytes as a little-endian number. */
export const number = (bytes: Uint8Array): number => bytes.reduceRight((sum, byte) => 256 * sum + byte, 0);
