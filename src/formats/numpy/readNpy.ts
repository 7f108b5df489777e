import { ensure } from '../../core/errors.js';
import { nothingMore } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { checkFile } from '../arrays/checkArrays.js';
import { arrayOf, elements } from '../arrays/elements.js';
import type { FileArray } from '../arrays/fileArray.js';
import { parseNpyHeader } from './npyHeader.js';
import { rowMajor, swapped } from './rowMajor.js';

/**
 * The array of NumPy's `.npy` file: versions 1 to 3, either order of bytes, either order of axes (values come with the last axis
 * fastest), single values and empty arrays. The values are a copy.
 *
 * @param bytes  the whole file.
 * @param name   of the file, for messages. Default `'bytes'`.
 * @throws {StdpError} that names the file, when it is truncated, too long or no npy, or holds objects of Python, which are never
 *         unpacked, or other types than those of {@link ArrayType}: records, texts, dates, complex numbers.
 *
 * Source: NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays".
 *
 * @example
 * const file = writeNpy({ dtype: 'int16', shape: [3], data: Int16Array.of(1, -2, 3) });
 * readNpy(file, 'labels.npy');   // => { dtype: 'int16', shape: [3], data: [1, -2, 3] }
 */
export function readNpy(bytes: Uint8Array, name = 'bytes', ...more: readonly never[]): FileArray {
  nothingMore(more, 'readNpy', 'readNpy(bytes, name)');
  checkFile(bytes, name, 'readNpy');
  return parseNpy(bytes, 'readNpy', name);
}

/** {@link readNpy} in the name of another function. */
export function parseNpy(bytes: Uint8Array, where: string, file: string): FileArray {
  const { dtype, shape, isBig, isFortran, end, length } = parseNpyHeader(bytes, where, file);
  const told = () => `${bytes.length} bytes, its header tells of ${length} (${show(shape)} of ${dtype} after ${end})`;
  ensure(bytes.length >= length, where, file, () => `is truncated: ${told()}`);
  ensure(bytes.length <= length, where, file, () => `is too long: ${told()}`);
  const size = elements[dtype].bytes;
  const values = bytes.subarray(end);
  const little = isBig ? swapped(values, size) : values;
  const array = arrayOf(dtype, shape, isFortran && shape.length > 1 ? rowMajor(little, size, shape) : little);
  ensure(array !== undefined, where, file, () => 'holds truth values that are neither 0 nor 1');
  return array;
}
