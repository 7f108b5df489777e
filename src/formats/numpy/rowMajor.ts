import { at } from '../../core/at.js';

/** The bytes of values the other way round in each. */
export function swapped(bytes: Uint8Array, size: number): Uint8Array {
  const swappedBytes = new Uint8Array(bytes);
  for (let from = 0; from < bytes.length; from += size) swappedBytes.subarray(from, from + size).reverse();
  return swappedBytes;
}

/** The bytes of values whose first axis is the fastest, with the last axis as the fastest. */
export function rowMajor(bytes: Uint8Array, size: number, shape: readonly number[]): Uint8Array {
  const ordered = new Uint8Array(bytes.length);
  const index = shape.map(() => 0);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, length) => product * length, size));
  let from = 0;
  for (let to = 0; to < bytes.length; to += size) {
    for (let byte = 0; byte < size; byte++) ordered[to + byte] = at(bytes, from + byte);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = at(index, axis) + 1;
      const wraps = next === at(shape, axis);
      index[axis] = wraps ? 0 : next;
      from += wraps ? (1 - next) * at(strides, axis) : at(strides, axis);
      if (!wraps) break;
    }
  }
  return ordered;
}
