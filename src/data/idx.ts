import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { StdpError } from '../core/errors.js';
import { type IdxImages, parseIdxImages, parseIdxLabels } from './idxFile.js';

/**
 * Reads a file of images in the IDX format of MNIST, see {@link parseIdxImages}. A gzip file is known by its content and
 * unpacked.
 *
 * @throws {StdpError} naming the file, when it is missing or can't be read, is a truncated or corrupt gzip file, or is not
 *   what its header says.
 *
 * @example
 * const header = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2];   // one image of 1 × 2 pixels
 * await writeFile('images-idx3-ubyte', Uint8Array.of(...header, 0, 255));
 * await readIdxImages('images-idx3-ubyte');   // => { count: 1, rows: 1, columns: 2, pixels: [0, 255] }
 */
export async function readIdxImages(path: string): Promise<IdxImages> {
  const where = 'readIdxImages';
  return parseIdxImages(await unpacked(where, path, await fileBytes(where, path)), path, where);
}

/**
 * Reads a file of labels in the IDX format of MNIST, see {@link parseIdxLabels}. A gzip file is known by its content and
 * unpacked.
 *
 * @throws {StdpError} naming the file, as {@link readIdxImages}.
 * @example
 * await writeFile('labels-idx1-ubyte', Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4));
 * await readIdxLabels('labels-idx1-ubyte');   // => [5, 0, 4]
 */
export async function readIdxLabels(path: string): Promise<Uint8Array> {
  const where = 'readIdxLabels';
  return parseIdxLabels(await unpacked(where, path, await fileBytes(where, path)), path, where);
}

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
