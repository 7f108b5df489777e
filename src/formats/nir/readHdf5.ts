import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { arrayOf, countOf } from '../arrays/elements.js';
import type { ArrayType, FileArray } from '../arrays/fileArray.js';
import { mostPerByte } from '../zip/deflate.js';
import { type H5wasm, type Hdf5Group, type Hdf5Module, hdf5Types } from './hdf5Library.js';
import { type Hdf5Dataset, type Require, textsOf, withValues } from './hdf5Values.js';
import type { NirRecord, NirValue } from './nirGraph.js';

/** The most that a file may hold: values in bytes, entries, folders in one another. */
const most = { bytes: 2 ** 30, entries: 100_000, depth: 32 };

/** An entry takes more bytes than this; where there are more entries, groups lie in one another. */
const bytesOfEntry = 16;

interface Reading {
  readonly where: string;
  readonly file: string;
  readonly length: number;
  readonly library: Hdf5Module;
  entries: number;
  bytes: number;
}

/** All of an open file of so many bytes, as records of values; it is closed. */
export function readHdf5(
  root: InstanceType<H5wasm['File']>,
  library: Hdf5Module,
  where: string,
  file: string,
  length: number,
): NirRecord {
  ensure(root.file_id >= 0n, where, file, () => 'is no whole HDF5 file, or damaged');
  try {
    return recordOf(root, '', { where, file, length, library, entries: 0, bytes: 0 }, 0);
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
    return [name, datasetOf(entry as Hdf5Dataset, at, reading)];
  });
  return Object.fromEntries(entries);
}

/** How HDF5 numbers its classes of types, and its filters. */
const classes = { integer: 0, float: 1, text: 3 };
const filters = [1, 2, 3]; // deflate, shuffle, checksum

function datasetOf(dataset: Hdf5Dataset, at: string, reading: Reading): NirValue {
  const { where, file, length, library } = reading;
  const { type, size, signed, littleEndian, shape, chunks } = dataset.metadata;
  const require: Require = (condition: boolean, problem: () => string): asserts condition =>
    ensure(condition, where, file, () => `has ${at}, ${problem()}`);
  require(shape !== null, () => 'without values');
  const other = dataset.filters.find(({ id }) => !filters.includes(id));
  require(other === undefined, () => `packed by ${other?.name}, read are deflate, shuffle and checksums`);
  const bytes = countOf(shape) * size;
  reading.bytes += bytes;
  const possible = chunks === null ? length : mostPerByte * length;
  require(bytes <= possible && reading.bytes <= most.bytes, () => `of shape ${show(shape)}, more than the file can hold`);
  if (type === classes.text) {
    const texts = textsOf(library, dataset, bytes, require);
    return shape.length === 0 ? texts.join('') : texts;
  }
  const name = type === classes.float ? `float${8 * size}` : `${signed ? '' : 'u'}int${8 * size}`;
  const dtype = (Object.keys(hdf5Types) as readonly ArrayType[]).find((known) => known === name);
  const isNumber = type === classes.float || type === classes.integer;
  require(isNumber && littleEndian && dtype !== undefined, () =>
    'values of another type: read are integers, float32, float64 and texts');
  return withValues(library, dataset, bytes, require, (values) => arrayOf(dtype, [...shape], values) as FileArray);
}
