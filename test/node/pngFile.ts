import { deflateSync } from 'node:zlib';
import { crc32 } from '../../src/core/bytes/crc32.js';

/** What a PNG file is written from: `sample(row, column, value)` gives each value of a pixel, 0 … 2^depth − 1. */
export interface PngPlan {
  readonly rows: number;
  readonly columns: number;
  readonly type: 0 | 2 | 3 | 4 | 6;
  readonly depth: number;
  readonly isInterlaced?: boolean;
  readonly before?: readonly Uint8Array[];
  readonly sample: (row: number, column: number, value: number) => number;
}

const valuesOf = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** First row and column and steps of Adam7's seven passes. */
const adam7 = [
  [0, 0, 8, 8],
  [0, 4, 8, 8],
  [4, 0, 8, 4],
  [0, 2, 4, 4],
  [2, 0, 4, 2],
  [0, 1, 2, 2],
  [1, 0, 2, 1],
] as const;

/** A PNG file of any kind, without filters. */
export function pngFile({ rows, columns, type, depth, isInterlaced = false, before = [], sample }: PngPlan): Uint8Array {
  const lines: number[] = [];
  for (const [top, left, down, right] of isInterlaced ? adam7 : ([[0, 0, 1, 1]] as const))
    for (let row = top; row < rows && left < columns; row += down) {
      let bits = '';
      for (let column = left; column < columns; column += right)
        for (let value = 0; value < valuesOf[type]; value++) bits += sample(row, column, value).toString(2).padStart(depth, '0');
      const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? [];
      lines.push(0, ...bytes.map((byte) => Number.parseInt(byte, 2)));
    }
  const header = pngHeader(rows, columns, type, depth, isInterlaced);
  return pngOf(header, ...before, chunk('IDAT', deflateSync(Uint8Array.from(lines))));
}

/** The piece that tells sizes and kind. */
export const pngHeader = (rows: number, columns: number, type: number, depth: number, isInterlaced = false): Uint8Array => {
  const data = new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, depth, type, 0, 0, isInterlaced ? 1 : 0]);
  new DataView(data.buffer).setUint32(0, columns);
  new DataView(data.buffer).setUint32(4, rows);
  return chunk('IHDR', data);
};

/** A file of pieces. */
export const pngOf = (...chunks: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), ...chunks, chunk('IEND', new Uint8Array(0))]);

/** A piece with its length and checksum. */
export function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
