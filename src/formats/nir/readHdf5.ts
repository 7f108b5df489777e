import { arrayKinds } from '../../core/carry/arrays.js';
import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { countOf, elements } from '../arrays/elements.js';
import type { ArrayType, FileArray } from '../arrays/fileArray.js';
import { mostPerByte } from '../zip/deflate.js';
import { type H5wasm, type Hdf5Group, hdf5Types } from './hdf5Library.js';
import type { NirRecord, NirValue } from './nirGraph.js';

/** The most that a file may hold: values in bytes, entries, folders in one another. */
const most = { bytes: 2 ** 30, entries: 100_000, depth: 32 };

/** An entry takes more bytes than this; where there are more entries, groups lie in one another. */
const bytesOfEntry = 16;

interface Reading {
  readonly where: string;
  readonly file: string;
  readonly length: number;
  entries: number;
  bytes: number;
}

/** All of a file, as records of values. */
export function readHdf5(h5wasm: H5wasm, path: string, where: string, file: string, length: number): NirRecord {
  const root = new h5wasm.File(path, 'r');
  try {
    return recordOf(root, '', { where, file, length, entries: 0, bytes: 0 }, 0);
  } finally {
    root.close();
  }
}

function recordOf(group: Hdf5Group, path: string, reading: Reading, depth: number): NirRecord {
  const { where, file } = reading;
  ensure(
    depth < most.depth,
    where,
    file,
    () => `has groups that lie more than ${most.depth} deep, or in one another, at ${path}`,
  );
  const entries = group.keys().map((name): readonly [string, NirValue] => {
    const at = `${path}/${name}`;
    reading.entries++;
    const possible = Math.min(most.entries, reading.length / bytesOfEntry);
    ensure(
      reading.entries <= possible,
      where,
      file,
      () => `has more than ${Math.floor(possible)} entries, or groups in one another`,
    );
    const entry = group.get(name);
    const kind = typeof entry === 'object' && entry !== null && 'type' in entry ? entry.type : undefined;
    ensure(
      kind === 'Group' || kind === 'Dataset',
      where,
      file,
      () => `has ${at}, which is neither a group nor values: ${show(kind)}`,
    );
    if (kind === 'Group') return [name, recordOf(entry as Hdf5Group, at, reading, depth + 1)];
    return [name, datasetOf(entry as Dataset, at, reading)];
  });
  return Object.fromEntries(entries);
}

/** Values of an HDF5 file. */
interface Dataset {
  readonly metadata: {
    readonly type: number;
    readonly size: number;
    readonly signed: boolean;
    readonly littleEndian: boolean;
    readonly shape: readonly number[] | null;
    readonly chunks: readonly number[] | null;
  };
  readonly filters: readonly { readonly id: number; readonly name: string }[];
  readonly value: unknown;
}

/** How HDF5 numbers its classes of types, and its filters. */
const classes = { integer: 0, float: 1, text: 3 };
const filters = [1, 2, 3]; // deflate, shuffle, checksum

function datasetOf(dataset: Dataset, at: string, reading: Reading): NirValue {
  const { where, file, length } = reading;
  const { type, size, signed, littleEndian, shape, chunks } = dataset.metadata;
  const require = (condition: boolean, problem: () => string) => ensure(condition, where, file, () => `has ${at}, ${problem()}`);
  const other = dataset.filters.find(({ id }) => !filters.includes(id));
  require(other === undefined, () => `packed by ${other?.name}, read are deflate, shuffle and checksums`);
  const lengths = shape ?? [];
  const bytes = countOf(lengths) * size;
  reading.bytes += bytes;
  const possible = chunks === null ? length : mostPerByte * length;
  require(bytes <= possible && reading.bytes <= most.bytes, () => `of shape ${show(lengths)}, more than the file can hold`);
  if (type === classes.text) return textOf(dataset.value, require);
  const name = type === classes.float ? `float${8 * size}` : `${signed ? '' : 'u'}int${8 * size}`;
  const dtype = (Object.keys(hdf5Types) as readonly ArrayType[]).find((known) => known === name);
  const isNumber = type === classes.float || type === classes.integer;
  require(isNumber && littleEndian && dtype !== undefined, () =>
    'values of another type: read are integers, float32, float64 and texts');
  return arrayAt(dtype as ArrayType, lengths, dataset.value, require);
}

type Require = (condition: boolean, problem: () => string) => void;

function textOf(value: unknown, require: Require): string | readonly string[] {
  if (typeof value === 'string') return value;
  const isList = Array.isArray(value) && value.every((entry) => typeof entry === 'string');
  require(isList, () => 'a text that is not UTF-8');
  return value as readonly string[];
}

function arrayAt(dtype: ArrayType, shape: readonly number[], value: unknown, require: Require): FileArray {
  const { kind } = elements[dtype];
  const given = typeof value === 'number' || typeof value === 'bigint' ? [value] : value;
  require(Array.isArray(given) || ArrayBuffer.isView(given), () => 'without values');
  const data = (arrayKinds[kind] as unknown as { from(values: unknown): FileArray['data'] }).from(given);
  require(data.length === countOf(shape), () => `of ${data.length} values for ${show(shape)}`);
  return { dtype, shape: [...shape], data } as FileArray;
}
