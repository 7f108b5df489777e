import { type ArrayKind, arrayKinds } from '../../core/bytes/arrays.js';
import type { ArrayType, FileArray } from './fileArray.js';
import { type HalfType, isHalf, narrowed, widened } from './halves.js';

/** Bytes of a value in a file, and the kind of typed array that holds such values here. */
export const elements: { readonly [Type in ArrayType]: { readonly bytes: number; readonly kind: ArrayKind } } = {
  bool: { bytes: 1, kind: 'Uint8Array' },
  int8: { bytes: 1, kind: 'Int8Array' },
  uint8: { bytes: 1, kind: 'Uint8Array' },
  int16: { bytes: 2, kind: 'Int16Array' },
  uint16: { bytes: 2, kind: 'Uint16Array' },
  int32: { bytes: 4, kind: 'Int32Array' },
  uint32: { bytes: 4, kind: 'Uint32Array' },
  int64: { bytes: 8, kind: 'BigInt64Array' },
  uint64: { bytes: 8, kind: 'BigUint64Array' },
  float16: { bytes: 2, kind: 'Float32Array' },
  bfloat16: { bytes: 2, kind: 'Float32Array' },
  float32: { bytes: 4, kind: 'Float32Array' },
  float64: { bytes: 8, kind: 'Float64Array' },
};

export const isArrayType = (name: unknown): name is ArrayType => typeof name === 'string' && Object.hasOwn(elements, name);

/** How many values an array of a shape has; no safe integer where they are more than can be counted. */
export const countOf = (shape: readonly number[]): number =>
  shape.includes(0) ? 0 : shape.reduce((product, length) => product * length, 1);

/**
 * The array whose values lie in bytes, in the order of the machine (little-endian wherever tfjs runs), at any offset. They are a copy.
 *
 * @returns undefined where a truth value is neither 0 nor 1.
 */
export function arrayOf(dtype: ArrayType, shape: readonly number[], bytes: Uint8Array): FileArray | undefined {
  // Not `slice`: that of a Buffer is no copy.
  const { buffer } = new Uint8Array(bytes);
  const data = isHalf(dtype) ? widened(dtype, new Uint16Array(buffer)) : new arrayKinds[elements[dtype].kind](buffer);
  if (dtype === 'bool' && !isTruth(data as Uint8Array)) return undefined;
  return { dtype, shape, data } as FileArray;
}

/** The values of an array as bytes, as {@link arrayOf} takes them; undefined where its type doesn't hold one of them. */
export function bytesOf(array: FileArray): Uint8Array | undefined {
  const { dtype, data } = array;
  if (dtype === 'bool' && !isTruth(data)) return undefined;
  const held = isHalf(dtype) ? narrowed(dtype as HalfType, data as Float32Array) : data;
  return held && new Uint8Array(held.buffer, held.byteOffset, held.byteLength);
}

const isTruth = (values: Uint8Array): boolean => values.every((value) => value < 2);
