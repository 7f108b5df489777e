import { crc32 } from '../../core/bytes/crc32.js';
import { deflate } from './deflate.js';
import { central, ending, flags, local, methods } from './zipRecords.js';

/** A file for an archive. */
export interface ZipFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The first of January 1980, as archives write it: equal files make equal archives. */
const date = 0x21;

/**
 * Files as a zip archive.
 *
 * @returns undefined where there are more, or more bytes, than its records count.
 */
export async function zip(files: readonly ZipFile[], isDeflated: boolean): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let end = 0;
  for (const { name, bytes } of files) {
    const nameBytes = new TextEncoder().encode(name);
    const packed = isDeflated ? await deflate(bytes) : bytes;
    const method = isDeflated ? methods.deflated : methods.stored;
    const common = [short(20), short(flags.utf8), short(method), short(0), short(date), long(crc32(bytes))];
    const sizes = [long(packed.length), long(bytes.length), short(nameBytes.length), short(0)];
    directory.push(
      joined([
        long(central.signature),
        short(20),
        ...common,
        ...sizes,
        short(0),
        short(0),
        short(0),
        long(0),
        long(end),
        nameBytes,
      ]),
    );
    const head = joined([long(local.signature), ...common, ...sizes, nameBytes]);
    parts.push(head, packed);
    end += head.length + packed.length;
    if (end > largest || bytes.length > largest) return undefined;
  }
  const listed = joined(directory);
  if (files.length >= 0xffff || end + listed.length > largest) return undefined;
  const count = short(files.length);
  const last = [long(ending.signature), short(0), short(0), count, count, long(listed.length), long(end), short(0)];
  return joined([...parts, listed, ...last]);
}

/** What a record counts; one more stands for "told elsewhere". */
const largest = 2 ** 32 - 2;

const short = (value: number): Uint8Array => Uint8Array.of(value & 0xff, value >>> 8);

const long = (value: number): Uint8Array =>
  Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
