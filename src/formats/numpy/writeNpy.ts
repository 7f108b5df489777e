import { ensure } from '../../core/errors.js';
import { nothingMore } from '../../core/params/validation.js';
import { checkArray } from '../arrays/checkArrays.js';
import { elements } from '../arrays/elements.js';
import type { FileArray } from '../arrays/fileArray.js';
import { magic, mostAxes, typeLetters } from './npyHeader.js';

/**
 * An array as the bytes of a `.npy` file that `numpy.load` and {@link readNpy} read: little-endian, the last axis fastest,
 * of version 1.
 *
 * @throws {StdpError} when its data are no typed array of its type and shape, hold what the type has not (0.1 in float16, 2 as a truth
 *         value), or are bfloat16, which NumPy doesn't know.
 *
 * Source: NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays".
 *
 * @example
 * const file = writeNpy({ dtype: 'float32', shape: [], data: Float32Array.of(0.5) });
 * String.fromCharCode(...file.subarray(1, 6));   // => 'NUMPY'
 */
export function writeNpy(array: FileArray, ...more: readonly never[]): Uint8Array {
  nothingMore(more, 'writeNpy', 'writeNpy(array)');
  return npyOf(checkArray(array, 'writeNpy', 'array'), 'writeNpy', 'array');
}

/** Where the header begins. */
const start = 10;

/** {@link writeNpy} of an array that was checked. */
export function npyOf({ array, bytes }: ReturnType<typeof checkArray>, where: string, argument: string): Uint8Array {
  const { dtype, shape } = array;
  ensure(
    dtype !== 'bfloat16',
    where,
    `${argument}.dtype`,
    () => 'is bfloat16, which npy has not: its data are float32 already, name them so',
  );
  ensure(shape.length <= mostAxes, where, `${argument}.shape`, () => `has ${shape.length} axes, NumPy has at most ${mostAxes}`);
  const order = elements[dtype].bytes === 1 ? '|' : '<';
  const tuple = shape.length === 1 ? `(${shape},)` : `(${shape.join(', ')})`;
  const header = `{'descr': '${order}${typeLetters[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const end = 64 * Math.ceil((start + header.length + 1) / 64);
  const file = new Uint8Array(end + bytes.length).fill(0x20, start, end - 1);
  file.set([...magic, 1, 0]);
  new DataView(file.buffer).setUint16(8, end - start, true);
  file.set(new TextEncoder().encode(header), start);
  file[end - 1] = 0x0a;
  file.set(bytes, end);
  return file;
}
