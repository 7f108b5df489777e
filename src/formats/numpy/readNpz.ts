import { ensure } from '../../core/errors.js';
import { isListOf } from '../../core/lists.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { nothingMore } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import { checkFile, isLength } from '../arrays/checkArrays.js';
import type { FileArray, FileArrays } from '../arrays/fileArray.js';
import { unzip } from '../zip/unzip.js';
import { type ZipEntry, zipEntries } from '../zip/zipEntries.js';
import { parseNpy } from './readNpy.js';

/** What of a file is read. */
export interface ReadNpzOptions {
  /** The names of the arrays that are wanted. Nothing else is unpacked. Default: all. */
  readonly only?: readonly string[] | undefined;
  /** How many bytes they may unpack to, all together. Default: 2³⁰. */
  readonly mostBytes?: number | undefined;
}

/**
 * The arrays of NumPy's `.npz` file, a zip archive of `.npy` files, stored or deflated, by name: `w` of the entry `w.npy`. Bytes are
 * unpacked by the platform's `DecompressionStream`, and checked against the checksums of the archive.
 *
 * @param bytes  the whole file.
 * @param name   of the file, for messages. Default `'bytes'`.
 * @throws {StdpError} (as a rejection) that names the file and the entry, when the archive is damaged, has entries that share bytes, are
 *         called like a path that leads out of it, or unpack to more than `mostBytes`; when an array that is wanted is missing, is no npy,
 *         or is what {@link readNpy} refuses.
 *
 * @example
 * const file = await writeNpz({ w: { dtype: 'float32', shape: [2], data: Float32Array.of(0.5, 2) } });
 * const { w } = await readNpz(file, 'weights.npz', { only: ['w'] });
 * w;   // => { dtype: 'float32', shape: [2], data: [0.5, 2] }
 */
export async function readNpz(
  bytes: Uint8Array,
  name = 'bytes',
  options: ReadNpzOptions = {},
  ...more: readonly never[]
): Promise<FileArrays> {
  const where = 'readNpz';
  nothingMore(more, where, 'readNpz(bytes, name, options)');
  checkFile(bytes, name, where);
  return parseNpz(bytes, name, checkOptions(options, where), where);
}

/** {@link readNpz} in the name of another function. */
export async function parseNpz(bytes: Uint8Array, name: string, { only, mostBytes }: Wanted, where: string): Promise<FileArrays> {
  const all = zipEntries(bytes, where, name);
  for (const wanted of only ?? [])
    ensure(
      all.some((entry) => nameOf(entry) === wanted),
      where,
      name,
      () => `has no array ${show(wanted)}: ${show(all.map(nameOf))}`,
    );
  const entries = all.filter((entry) => only?.includes(nameOf(entry)) ?? true);
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  ensure(
    size <= mostBytes,
    where,
    name,
    () => `unpacks to ${size} bytes, at most ${mostBytes} are read: choose arrays by only, or raise mostBytes`,
  );
  const arrays: (readonly [string, FileArray])[] = [];
  for (const entry of entries) {
    const argument = `${entry.name} in ${name}`;
    ensure(entry.name.endsWith(suffix), where, argument, () => 'is no npy file: choose arrays by only');
    arrays.push([nameOf(entry), parseNpy(await unzip(entry, where, argument), where, argument)]);
  }
  return Object.fromEntries(arrays);
}

/** What follows the name of an array in the archive. */
export const suffix = '.npy';

const nameOf = ({ name }: ZipEntry): string => (name.endsWith(suffix) ? name.slice(0, -suffix.length) : name);

/** What is wanted of an archive, and how many bytes of it. */
interface Wanted {
  readonly only: readonly string[] | undefined;
  readonly mostBytes: number;
}

function checkOptions(options: unknown, where: string): Wanted {
  ensure(isRecord(options), where, 'options', () => `must be a record of options, got ${show(options)}`);
  ensureFields(options, ['only', 'mostBytes'], where, 'options');
  const { only, mostBytes = 2 ** 30 } = options;
  const areNames = only === undefined || isListOf(only, (entry) => typeof entry === 'string');
  ensure(areNames, where, 'only', () => `must be a list of names, got ${show(only)}`);
  ensure(isLength(mostBytes), where, 'mostBytes', () => `must be an integer ≥ 0, got ${show(mostBytes)}`);
  return { only: only as readonly string[] | undefined, mostBytes: Number(mostBytes) };
}
