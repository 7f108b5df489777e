import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ensure, StdpError } from '../core/errors.js';

/**
 * The images of an IDX file.
 *
 * @property pixels  `count · rows · columns` values in 0 … 255, image after image, row after row.
 */
export interface IdxImages {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  readonly pixels: Uint8Array;
}

/**
 * Reads images in the IDX format of MNIST: magic number 0x00000803, then count, rows and columns as big-endian 32-bit
 * words, then a byte for each pixel. A gzip file is known by its content and unpacked.
 *
 * @throws {StdpError} naming the file, when it is missing or can't be read, is a truncated or corrupt gzip file, has
 *   another magic number, has images of no pixels, or is shorter or longer than its header says.
 *
 * Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", file formats.
 *
 * @example
 * const header = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2];   // one image of 1 × 2 pixels
 * await writeFile('images-idx3-ubyte', Uint8Array.of(...header, 0, 255));
 * await readIdxImages('images-idx3-ubyte');   // => { count: 1, rows: 1, columns: 2, pixels: [0, 255] }
 */
export async function readIdxImages(path: string): Promise<IdxImages> {
  const where = 'readIdxImages';
  const { sizes, data } = await readIdx(where, path, 3);
  const [count = 0, rows = 0, columns = 0] = sizes;
  ensure(rows > 0 && columns > 0, where, path, () => `holds images of ${rows} × ${columns} pixels, expected at least 1 × 1`);
  return { count, rows, columns, pixels: data };
}

/**
 * Reads labels in the IDX format of MNIST: magic number 0x00000801, then their count as a big-endian 32-bit word, then a
 * byte for each label. A gzip file is known by its content and unpacked.
 *
 * @throws {StdpError} naming the file, as {@link readIdxImages}.
 * @example
 * await writeFile('labels-idx1-ubyte', Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4));
 * await readIdxLabels('labels-idx1-ubyte');   // => [5, 0, 4]
 */
export async function readIdxLabels(path: string): Promise<Uint8Array> {
  return (await readIdx('readIdxLabels', path, 1)).data;
}

interface Idx {
  readonly sizes: readonly number[];
  readonly data: Uint8Array;
}

/** An IDX file of unsigned bytes (type 8) with the given number of axes. */
async function readIdx(where: string, path: string, axes: number): Promise<Idx> {
  const bytes = await unpacked(where, path, await fileBytes(where, path));
  const header = 4 + 4 * axes;
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  ensure(bytes.length >= 4, where, path, () => `has ${bytes.length} bytes, too few for an IDX file`);
  const magic = words.getUint32(0);
  ensure(magic === 0x800 + axes, where, path, () => `has magic number ${showMagic(magic)}, expected ${showMagic(0x800 + axes)}`);
  ensure(bytes.length >= header, where, path, () => `is truncated: ${bytes.length} bytes, its header alone needs ${header}`);
  const sizes = Array.from({ length: axes }, (_, axis) => words.getUint32(4 + 4 * axis));
  const expected = header + sizes.reduce((product, size) => product * size, 1);
  const told = (): string => `${bytes.length} bytes, its header tells of ${expected} (${sizes.join(' × ')} after ${header})`;
  ensure(bytes.length >= expected, where, path, () => `is truncated: ${told()}`);
  ensure(bytes.length <= expected, where, path, () => `is too long: ${told()}`);
  return { sizes, data: bytes.subarray(header) };
}

const contents: { readonly [magic: number]: string | undefined } = {
  2049: 'IDX labels',
  2051: 'IDX images',
};

const showMagic = (magic: number): string =>
  `0x${magic.toString(16).padStart(8, '0')} (${contents[magic] ?? 'neither IDX images nor IDX labels of bytes'})`;

async function fileBytes(where: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (reason) {
    const code = errorCode(reason);
    if (code === 'ENOENT') throw new StdpError(where, path, 'does not exist');
    if (code === 'EISDIR') throw new StdpError(where, path, 'is a directory, expected an IDX file');
    throw new StdpError(where, path, `can't be read: ${errorMessage(reason)}`);
  }
}

async function unpacked(where: string, path: string, bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes);
  } catch (reason) {
    const truncated = errorCode(reason) === 'Z_BUF_ERROR';
    throw new StdpError(where, path, truncated ? 'is a truncated gzip file' : `is a corrupt gzip file (${errorMessage(reason)})`);
  }
}

const errorCode = (reason: unknown): unknown => (reason instanceof Error && 'code' in reason ? reason.code : undefined);
const errorMessage = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));
