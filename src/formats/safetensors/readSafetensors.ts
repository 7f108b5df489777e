import { ensure } from '../../core/errors.js';
import { nothingMore } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { checkFile } from '../arrays/checkArrays.js';
import { arrayOf } from '../arrays/elements.js';
import type { FileArrays } from '../arrays/fileArray.js';
import { parseHeader } from './safetensorsHeader.js';

/** What a safetensors file holds. */
export interface Safetensors {
  /** Arrays by name, in the order of the header. */
  readonly arrays: FileArrays;
  /** Texts by name: whatever the writer had to say. */
  readonly metadata: { readonly [name: string]: string };
}

/**
 * The arrays of a `.safetensors` file: 8 bytes with the length of the header, the header in JSON, then the values, little-endian and
 * without a gap. All that the header tells is checked before anything is read. The values are copies.
 *
 * @param bytes  the whole file.
 * @param name   of the file, for messages. Default `'bytes'`.
 * @throws {StdpError} that names the file, when it is truncated or too long, its header is not as the format wants it (an array that
 *         overlaps another, a shape that disagrees with its bytes, a name that stands twice), a type is not one of {@link ArrayType}
 *         (complex values, floats of 8 bits), or a truth value is neither 0 nor 1.
 *
 * Source: github.com/huggingface/safetensors, "Format".
 *
 * @example
 * const file = writeSafetensors({ w: { dtype: 'float32', shape: [1, 2], data: Float32Array.of(0.5, 2) } }, { by: 'me' });
 * readSafetensors(file).metadata;   // => { by: 'me' }
 * readSafetensors(file).arrays.w;   // => { dtype: 'float32', shape: [1, 2], data: [0.5, 2] }
 */
export function readSafetensors(bytes: Uint8Array, name = 'bytes', ...more: readonly never[]): Safetensors {
  const where = 'readSafetensors';
  nothingMore(more, where, 'readSafetensors(bytes, name)');
  checkFile(bytes, name, where);
  const { placed, metadata, end } = parseHeader(bytes, where, name);
  const arrays = placed.map((place) => {
    const array = arrayOf(place.dtype, place.shape, bytes.subarray(end + place.from, end + place.to));
    ensure(array !== undefined, where, name, () => `has truth values in ${show(place.name)} that are neither 0 nor 1`);
    return [place.name, array] as const;
  });
  return { arrays: Object.fromEntries(arrays), metadata };
}
