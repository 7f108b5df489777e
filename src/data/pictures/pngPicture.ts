import { inflateSync } from 'node:zlib';
import { at, byteAt } from '../../core/at.js';
import { crc32 } from '../../core/bytes/crc32.js';
import { ensure } from '../../core/errors.js';
import { mostPerByte } from '../../formats/zip/deflate.js';
import { PNG } from '../../vendor/png.js';
import { type DecodedPicture, ensureSize } from './decodedPicture.js';

const signature: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether bytes begin as a PNG file. */
export const isPng = (bytes: Uint8Array): boolean => signature.every((byte, index) => bytes[index] === byte);

/** A piece of a file: the offset of its length, its type and its data. */
interface Chunk {
  readonly at: number;
  readonly type: string;
  readonly data: Uint8Array;
}

/**
 * The picture of a PNG file. Its pieces, their checksums and its size are looked at before it is unpacked.
 *
 * Source: W3C, "Portable Network Graphics (PNG) Specification".
 */
export function pngPicture(bytes: Uint8Array, path: string, where: string): DecodedPicture {
  const chunks = chunksOf(bytes, path, where);
  const { rows, columns, isGrey, bits, isInterlaced } = headerOf(chunks, path, where);
  const packed = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
  const size = rows * (Math.ceil((columns * bits) / 8) + 1);
  const length = packed.reduce((sum, { length }) => sum + length, 0);
  ensure(length * mostPerByte >= size / 2, where, path, () => `has ${length} bytes for ${columns} × ${rows} pixels: too few`);
  // Interlaced pixels, which take some bytes more, are unpacked without a limit by what decodes them.
  if (isInterlaced) inflateSync(Buffer.concat(packed), { maxOutputLength: 2 * size + 64 });
  const end = at(chunks, -1).at;
  const { data } = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, end + 12), { checkCRC: false });
  return { pixels: onBlack(data, isGrey ? 1 : 3), rows, columns, channels: isGrey ? 1 : 3 };
}

/** The pieces up to the end of the picture. */
function chunksOf(bytes: Uint8Array, path: string, where: string): readonly Chunk[] {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = signature.length; chunks.at(-1)?.type !== 'IEND'; ) {
    const left = bytes.length - at;
    const length = left < 12 ? 0 : words.getUint32(at);
    const needed = (): string => `is truncated: at ${at}, a piece of ${length + 12} bytes begins, ${left} are left`;
    ensure(left >= length + 12, where, path, needed);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    ensure(/^[a-zA-Z]{4}$/.test(type), where, path, () => `is damaged: at ${at + 4}, no type of a piece stands`);
    const isRight = crc32(bytes.subarray(at + 4, at + 8 + length)) === words.getUint32(at + 8 + length);
    ensure(isRight, where, path, () => `is damaged: at ${at}, the piece ${type} has another checksum`);
    chunks.push({ at, type, data: bytes.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

/** Values that a pixel has, by the type of colours. */
const valuesOf: { readonly [type: number]: number | undefined } = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Header {
  readonly rows: number;
  readonly columns: number;
  readonly isGrey: boolean;
  /** Bits of a pixel. */
  readonly bits: number;
  readonly isInterlaced: boolean;
}

function headerOf(chunks: readonly Chunk[], path: string, where: string): Header {
  const [first, ...others] = chunks;
  const isHeader = first?.type === 'IHDR' && first.data.length === 13 && others.every(({ type }) => type !== 'IHDR');
  ensure(isHeader, where, path, () => 'is damaged: it does not begin with its one header, IHDR, of 13 bytes');
  const { data } = first;
  const words = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [columns, rows] = [words.getUint32(0), words.getUint32(4)];
  ensureSize(rows, columns, where, path);
  const type = byteAt(data, 9);
  const values = valuesOf[type];
  ensure(
    values !== undefined,
    where,
    path,
    () => `is damaged: its header tells of colours of type ${type}, there are 0, 2, 3, 4 and 6`,
  );
  const palette = others.find((chunk) => chunk.type === 'PLTE')?.data;
  const isGrey = type === 0 || type === 4 || (type === 3 && palette !== undefined && areGreys(palette));
  return { rows, columns, isGrey, bits: values * byteAt(data, 8), isInterlaced: byteAt(data, 12) === 1 };
}

const areGreys = (palette: Uint8Array): boolean => palette.every((value, index) => value === palette[index - (index % 3)]);

/** The first channels of red, green, blue and opacity before a black background. */
function onBlack(rgba: Uint8Array, channels: number): Uint8Array {
  const pixels = new Uint8Array((rgba.length / 4) * channels);
  for (let index = 0; index < pixels.length; index++) {
    const pixel = 4 * Math.floor(index / channels);
    pixels[index] = Math.round((byteAt(rgba, pixel + (index % channels)) * byteAt(rgba, pixel + 3)) / 255);
  }
  return pixels;
}
