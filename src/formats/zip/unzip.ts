import { crc32 } from '../../core/bytes/crc32.js';
import { ensure, StdpError } from '../../core/errors.js';
import { messageOf } from '../../core/show.js';
import { inflate, mostPerByte } from './deflate.js';
import type { ZipEntry } from './zipEntries.js';

/** The bytes of an entry, unpacked and checked. */
export async function unzip(entry: ZipEntry, where: string, argument: string): Promise<Uint8Array> {
  const { isDeflated, packed, size, checksum } = entry;
  const possible = !isDeflated || size <= mostPerByte * packed.length;
  ensure(possible, where, argument, () => `is told to have ${size} bytes, which ${packed.length} deflated ones can't become`);
  const bytes = isDeflated ? await inflated(entry, where, argument) : packed;
  ensure(bytes !== undefined, where, argument, () => `doesn't unpack to the ${size} bytes that the archive tells of`);
  ensure(crc32(bytes) === checksum, where, argument, () => "is damaged: the checksum doesn't fit");
  return bytes;
}

async function inflated({ packed, size }: ZipEntry, where: string, argument: string): Promise<Uint8Array | undefined> {
  try {
    return await inflate(packed, size);
  } catch (cause) {
    throw new StdpError(where, argument, `is damaged: it can't be unpacked (${messageOf(cause)})`, { cause });
  }
}
