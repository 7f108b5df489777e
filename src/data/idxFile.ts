import { ensure } from '../core/errors.js';
import { nothingMore } from '../core/params/validation.js';
import { show } from '../core/show.js';

/** The images of an IDX file. */
export interface IdxImages {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** `count · rows · columns` values in 0 … 255, image after image, row after row. */
  readonly pixels: Uint8Array;
}

/**
 * The images in a file of MNIST's IDX format, unpacked: magic number 0x00000803, then count, rows and columns as
 * big-endian 32-bit words, then a byte for each pixel. The pixels are a copy: the bytes may change afterwards.
 *
 * @param bytes  the whole file; where it comes from is the caller's affair, so this runs in a browser too.
 * @param name   of the file, for messages.
 * @throws {StdpError} naming the file, when it has another magic number, has images of no pixels, or is shorter or longer
 *   than its header says.
 *
 * Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", file formats.
 *
 * @example
 * const header = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2];   // one image of 1 × 2 pixels
 * parseIdxImages(Uint8Array.of(...header, 0, 255), 'images');   // => { count: 1, rows: 1, columns: 2, pixels: [0, 255] }
 */
export function parseIdxImages(bytes: Uint8Array, name: string, where = 'parseIdxImages', ...more: readonly never[]): IdxImages {
  nothingMore(more, 'parseIdxImages', 'parseIdxImages(bytes, name)');
  const { sizes, data } = parseIdx(where, name, bytes, 3);
  const [count = 0, rows = 0, columns = 0] = sizes;
  const sized = (): string => `holds images of ${rows} × ${columns} pixels, expected at least 1 × 1`;
  ensure(rows > 0 && columns > 0, where, name.trim() || 'bytes', sized);
  return { count, rows, columns, pixels: data };
}

/**
 * The labels in a file of MNIST's IDX format, unpacked: magic number 0x00000801, then their count as a big-endian 32-bit
 * word, then a byte for each label. They are a copy.
 *
 * @throws {StdpError} naming the file, as {@link parseIdxImages}.
 * @example
 * parseIdxLabels(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4), 'labels');   // => [5, 0, 4]
 */
export function parseIdxLabels(bytes: Uint8Array, name: string, where = 'parseIdxLabels', ...more: readonly never[]): Uint8Array {
  nothingMore(more, 'parseIdxLabels', 'parseIdxLabels(bytes, name)');
  return parseIdx(where, name, bytes, 1).data;
}

/** What the header of an IDX file tells. */
export interface IdxHeader {
  readonly sizes: readonly number[];
  /** Bytes before the data. */
  readonly start: number;
  /** Bytes of the whole file. */
  readonly length: number;
}

/**
 * The header of an IDX file of unsigned bytes (type 8) with the given number of axes.
 *
 * @param bytes   the file, or as much of its beginning as the header takes.
 * @param length  of the whole file in bytes.
 */
export function parseIdxHeader(where: string, name: string, bytes: Uint8Array, length: number, axes: number): IdxHeader {
  const start = 4 + 4 * axes;
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  ensure(length >= 4, where, name, () => `has ${length} bytes, too few for an IDX file`);
  const magic = words.getUint32(0);
  ensure(magic === 0x800 + axes, where, name, () => `has magic number ${showMagic(magic)}, expected ${showMagic(0x800 + axes)}`);
  ensure(length >= start, where, name, () => `is truncated: ${length} bytes, its header alone needs ${start}`);
  const sizes = Array.from({ length: axes }, (_, axis) => words.getUint32(4 + 4 * axis));
  return { sizes, start, length: start + sizes.reduce((product, size) => product * size, 1) };
}

/** Throws unless an IDX file is as long as its header tells. */
export function ensureIdxLength(
  where: string,
  name: string,
  length: number,
  { sizes, start, length: expected }: IdxHeader,
): void {
  const told = (): string => `${length} bytes, its header tells of ${expected} (${sizes.join(' × ')} after ${start})`;
  ensure(length >= expected, where, name, () => `is truncated: ${told()}`);
  ensure(length <= expected, where, name, () => `is too long: ${told()}`);
}

function parseIdx(where: string, given: string, bytes: Uint8Array, axes: number): IdxHeader & { readonly data: Uint8Array } {
  ensure(bytes instanceof Uint8Array, where, 'bytes', () => `must be a Uint8Array, got ${show(bytes)}`);
  ensure(typeof given === 'string', where, 'name', () => `must be a text, got ${show(given)}`);
  const name = given.trim() || 'bytes';
  const header = parseIdxHeader(where, name, bytes, bytes.length, axes);
  ensureIdxLength(where, name, bytes.length, header);
  // Not `slice`: that of a Buffer is no copy.
  return { ...header, data: new Uint8Array(bytes.subarray(header.start)) };
}

const contents: { readonly [magic: number]: string | undefined } = {
  2049: 'IDX labels',
  2051: 'IDX images',
};

const showMagic = (magic: number): string =>
  `0x${magic.toString(16).padStart(8, '0')} (${contents[magic] ?? 'neither IDX images nor IDX labels of bytes'})`;
