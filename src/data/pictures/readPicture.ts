import { readFile, stat } from 'node:fs/promises';
import { ensure, StdpError } from '../../core/errors.js';
import { errorCode, messageOf } from '../../core/show.js';
import type { DecodedPicture } from './decodedPicture.js';
import { parsePicture } from './decodePicture.js';

/** Bytes of a picture file beyond which it is not read. */
const mostBytes = 2 ** 28;

/** The picture in a file. @throws {StdpError} that names it, when it can't be read or is no picture. */
export async function readPicture(path: string, where: string): Promise<DecodedPicture> {
  try {
    const there = await stat(path);
    ensure(!there.isDirectory(), where, path, () => 'is a directory, expected a PNG or JPEG file');
    ensure(there.isFile(), where, path, () => 'is no plain file but a pipe or a device, expected a PNG or JPEG file');
    ensure(there.size <= mostBytes, where, path, () => `has ${there.size} bytes, at most ${mostBytes} are read`);
    return parsePicture(await readFile(path), path, where);
  } catch (reason) {
    if (reason instanceof StdpError) throw reason;
    if (errorCode(reason) === 'ENOENT') throw new StdpError(where, path, 'does not exist');
    throw new StdpError(where, path, `can't be read: ${messageOf(reason)}`);
  }
}
