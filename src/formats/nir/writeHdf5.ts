import { ensure } from '../../core/errors.js';
import type { FileArray } from '../arrays/fileArray.js';
import { type Hdf5Group, hdf5Types } from './hdf5Library.js';
import { isFileArray, type NirRecord } from './nirGraph.js';

/** Writes records of values into a group. */
export function writeHdf5(group: Hdf5Group, record: NirRecord, where: string, path: string): void {
  for (const [name, value] of Object.entries(record)) {
    const at = `${path}/${name}`;
    checkName(name, where, at);
    if (typeof value === 'string') writeTexts(group, name, value, []);
    else if (Array.isArray(value)) writeTexts(group, name, value, [value.length]);
    else if (isFileArray(value)) writeArray(group, name, value, where, at);
    else writeHdf5(group.create_group(name) as Hdf5Group, value as NirRecord, where, at);
  }
}

/** Throws unless HDF5 takes a name as one. */
export const checkName = (name: string, where: string, at: string): void =>
  ensure(name !== '' && name !== '.' && !/[/\0]/.test(name), where, at, () => 'has a name that HDF5 takes for a path');

/** A text, or several. */
export const writeTexts = (group: Hdf5Group, name: string, data: string | readonly string[], shape: number[]): unknown =>
  group.create_dataset({ name, data: data as never, shape, dtype: 'S' });

function writeArray(group: Hdf5Group, name: string, { dtype, shape, data }: FileArray, where: string, at: string): void {
  const type = hdf5Types[dtype];
  ensure(type !== undefined, where, at, () => `is ${dtype}, which other readers of NIR don't take: choose float32 or an integer`);
  group.create_dataset({ name, data: data as never, shape: [...shape], dtype: type });
}
