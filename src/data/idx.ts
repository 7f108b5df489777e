import { open, readFile, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { ensure, StdpError } from '../core/errors.js';
import { errorCode, messageOf, show } from '../core/show.js';
import { ensureIdxLength, type IdxImages, parseIdxHeader, parseIdxImages, parseIdxLabels } from './idxFile.js';

/** Bytes beyond which nothing is unpacked: twice the largest set of EMNIST. */
const mostUnpacked = 2 ** 30;

/**
 * Reads a file of images in the IDX format of MNIST, see {@link parseIdxImages}. A gzip file is known by its content and
 * unpacked, up to what its header tells of and 1 GiB.
 *
 * @throws {StdpError} naming the file, when it is missing, no plain file or can't be read, is a truncated or corrupt gzip file, or
 *   is not what its header says.
 *
 * @example
 * const header = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2];   // one image of 1 × 2 pixels
 * await writeFile('images-idx3-ubyte', Uint8Array.of(...header, 0, 255));
 * await readIdxImages('images-idx3-ubyte');   // => { count: 1, rows: 1, columns: 2, pixels: [0, 255] }
 */
export async function readIdxImages(path: string): Promise<IdxImages> {
  return idxImagesAt(path, 'readIdxImages');
}

/** {@link readIdxImages} in the name of another function. */
export const idxImagesAt = async (path: string, where: string): Promise<IdxImages> =>
  parseIdxImages(await idxBytes(where, path, 3), path, where);

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
  return idxLabelsAt(path, 'readIdxLabels');
}

/** {@link readIdxLabels} in the name of another function. */
export const idxLabelsAt = async (path: string, where: string): Promise<Uint8Array> =>
  parseIdxLabels(await idxBytes(where, path, 1), path, where);

/** A file, unpacked. Its length is compared with its header before the whole of it is read. */
async function idxBytes(where: string, path: string, axes: number): Promise<Uint8Array> {
  ensure(
    typeof path === 'string' && path.trim() !== '' && !path.includes('\0'),
    where,
    'path',
    () => `must be the name of a file, got ${show(path)}`,
  );
  try {
    const size = await plainSize(where, path);
    const head = await beginningOf(path);
    const packed = head[0] === 0x1f && head[1] === 0x8b;
    if (!packed) ensureIdxLength(where, path, size, parseIdxHeader(where, path, head, size, axes));
    const bytes = await readFile(path);
    return packed ? await unpacked(where, path, bytes, axes) : bytes;
  } catch (reason) {
    if (reason instanceof StdpError) throw reason;
    if (errorCode(reason) === 'ENOENT') throw new StdpError(where, path, 'does not exist');
    throw new StdpError(where, path, `can't be read: ${messageOf(reason)}`);
  }
}

/** Bytes of a plain file; pipes and devices have no end. */
async function plainSize(where: string, path: string): Promise<number> {
  const there = await stat(path);
  ensure(!there.isDirectory(), where, path, () => 'is a directory, expected an IDX file');
  ensure(there.isFile(), where, path, () => 'is no plain file but a pipe or a device, expected an IDX file');
  return there.size;
}

async function beginningOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(16), 0, 16, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function unpacked(where: string, path: string, bytes: Uint8Array, axes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let most = Number.POSITIVE_INFINITY;
  const stream = createGunzip();
  stream.end(bytes);
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      length += chunk.length;
      if (most === Number.POSITIVE_INFINITY && length >= 16) most = expectedLength(where, path, Buffer.concat(chunks), axes);
      ensure(
        length <= most,
        where,
        path,
        () => `is too long: it unpacks to more than the ${most} bytes that its header tells of`,
      );
    }
    return Buffer.concat(chunks);
  } catch (reason) {
    if (reason instanceof StdpError) throw reason;
    const truncated = errorCode(reason) === 'Z_BUF_ERROR';
    throw new StdpError(where, path, truncated ? 'is a truncated gzip file' : `is a corrupt gzip file (${messageOf(reason)})`);
  }
}

function expectedLength(where: string, path: string, head: Uint8Array, axes: number): number {
  const { length } = parseIdxHeader(where, path, head, head.length, axes);
  ensure(
    length <= mostUnpacked,
    where,
    path,
    () => `tells of ${length} bytes, at most ${mostUnpacked} are unpacked; unpack it first`,
  );
  return length;
}
