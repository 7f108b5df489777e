import { ensure, StdpError } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { central, ending, flags, local, methods } from './zipRecords.js';

/** A file in an archive: where its bytes are, how they are packed, and what they must be. */
export interface ZipEntry {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly packed: Uint8Array;
  readonly size: number;
  readonly checksum: number;
}

/** Throws unless a condition holds. */
type Require = (condition: boolean, problem: () => string) => void;

/** The entries of a zip archive as its directory tells them, once that is known to agree with what stands before each of them. */
export function zipEntries(bytes: Uint8Array, where: string, file: string): readonly ZipEntry[] {
  const require: Require = (condition, problem) => ensure(condition, where, file, problem);
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endingAt(words);
  require(end !== undefined, () => 'is no whole zip archive: its directory is missing');
  const at = end as number;
  const [count, length, start] = [words.getUint16(at + 10, true), words.getUint32(at + 12, true), words.getUint32(at + 16, true)];
  require(count < 0xffff && length < 2 ** 32 - 1, () => 'is a zip archive of 65535 entries or more, or of more than 4 GiB');
  const isOne = words.getUint32(at + 4, true) === 0 && words.getUint16(at + 8, true) === count;
  require(isOne, () => 'is a part of a zip archive in several files');
  require(start + length === at, () => 'is a damaged zip archive: its directory lies elsewhere than it tells');
  const entries: Located[] = [];
  let next = start;
  for (let entry = 0; entry < count; entry++) {
    const located = entryAt(bytes, words, next, { file, where, end: at, start });
    entries.push(located);
    next = located.next;
  }
  require(next === at, () => 'is a damaged zip archive: its directory has more or less than its entries');
  ensureApart(entries, require);
  return entries;
}

/** The record at the end, behind which only a comment may lie that is as long as it tells. */
function endingAt(words: DataView): number | undefined {
  const last = words.byteLength - ending.length;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--)
    if (
      words.getUint32(at, true) === ending.signature &&
      at + ending.length + words.getUint16(at + 20, true) === words.byteLength
    )
      return at;
  return undefined;
}

/** An entry, the part of the file that it takes, and where the next record of the directory begins. */
interface Located extends ZipEntry {
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

/** The archive of an entry, and where its directory is. */
interface Archive {
  readonly file: string;
  readonly where: string;
  readonly start: number;
  readonly end: number;
}

function entryAt(bytes: Uint8Array, words: DataView, at: number, { file, where, start, end }: Archive): Located {
  const whole: Require = (condition) => ensure(condition, where, file, () => `is a damaged zip archive at byte ${at}`);
  whole(at + central.length <= end && words.getUint32(at, true) === central.signature, () => '');
  const short = (offset: number) => words.getUint16(at + offset, true);
  const long = (offset: number) => words.getUint32(at + offset, true);
  const next = at + central.length + short(28) + short(30) + short(32);
  whole(next <= end, () => '');
  const name = nameOf(bytes.subarray(at + central.length, at + central.length + short(28)), where, file);
  const require: Require = (condition, problem) => ensure(condition, where, `${name} in ${file}`, problem);
  const method = short(10);
  require((short(8) & flags.enciphered) === 0, () => 'is enciphered');
  const isDeflated = method === methods.deflated;
  require(isDeflated || method === methods.stored, () => `is packed by method ${method}, read are stored and deflated entries`);
  const [packedSize, size, from] = [long(20), long(24), long(42)];
  require(packedSize < 2 ** 32 - 1 && size < 2 ** 32 - 1 && from < 2 ** 32 - 1, () => 'takes 4 GiB or more');
  require(isDeflated || packedSize === size, () => `is stored in ${packedSize} bytes and told to have ${size}`);
  const isThere = from + local.length <= start && words.getUint32(from, true) === local.signature;
  require(isThere, () => `is told to be at byte ${from}, where it is not`);
  const [nameLength, extraLength] = [words.getUint16(from + 26, true), words.getUint16(from + 28, true)];
  const data = from + local.length + nameLength + extraLength;
  require(data + packedSize <= start, () => 'reaches into the directory of the archive');
  const sameName = nameOf(bytes.subarray(from + local.length, from + local.length + nameLength), where, file) === name;
  require(sameName && words.getUint16(from + 8, true) === method, () => 'is told in another way where its bytes are');
  const packed = bytes.subarray(data, data + packedSize);
  return { name, isDeflated, packed, size, checksum: long(16), from, to: data + packedSize, next };
}

/** The name of an entry, which may be a path within the archive, but none that leads out of it. */
function nameOf(bytes: Uint8Array, where: string, file: string): string {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new StdpError(where, file, 'has an entry whose name is not UTF-8', { cause });
  }
  ensure(!leadsOut(name), where, file, () => `has an entry ${show(name)}, which is no path within the archive`);
  return name;
}

/** Whether a name is no path of a file within the archive: empty, from the root or a drive, with a step upwards or a zero. */
export const leadsOut = (name: string): boolean => /^$|^[/\\]|^[a-zA-Z]:|\0|(^|[/\\])\.\.([/\\]|$)/.test(name);

/** Entries that share bytes unpack to more than any archive could hold. */
function ensureApart(entries: readonly Located[], require: Require): void {
  const names = new Set<string>();
  let end = 0;
  for (const { name, from, to } of [...entries].sort((a, b) => a.from - b.from)) {
    require(!names.has(name), () => `has two entries ${show(name)}`);
    require(from >= end, () => `has an entry ${show(name)} that shares bytes with another`);
    names.add(name);
    end = to;
  }
}
