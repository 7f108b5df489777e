import { ensure } from '../../core/errors.js';
import { nothingMore } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import { checkArrays } from '../arrays/checkArrays.js';
import type { FileArrays } from '../arrays/fileArray.js';
import { longestHeader, metadataName, typeNames, typeOrder } from './safetensorsTypes.js';

/**
 * Arrays as the bytes of a `.safetensors` file, which {@link readSafetensors} reads, and so does Python's `safetensors`: the widest types
 * first, then by name, so that all values lie at multiples of their size; equal arrays give equal bytes.
 *
 * @param metadata  texts by name that travel in the header.
 * @throws {StdpError} that names the array, when its data are no typed array of its type and shape or hold what the type has not (0.1
 *         in float16, 2 as a truth value), or is called `__metadata__`; or when metadata are no texts.
 *
 * Source: github.com/huggingface/safetensors, "Format".
 *
 * @example
 * readSafetensors(writeSafetensors({ w: { dtype: 'float16', shape: [2], data: Float32Array.of(0.5, 2) } })).arrays.w.data;   // => [0.5, 2]
 */
export function writeSafetensors(
  arrays: FileArrays,
  metadata: { readonly [name: string]: string } = {},
  ...more: readonly never[]
): Uint8Array {
  const where = 'writeSafetensors';
  nothingMore(more, where, 'writeSafetensors(arrays, metadata)');
  const areTexts = isRecord(metadata) && Object.values(metadata).every((text) => typeof text === 'string');
  ensure(areTexts, where, 'metadata', () => `must be a record of texts, got ${show(metadata)}`);
  const inOrder = checkArrays(arrays, where)
    .map(([name, { array, bytes }]) => ({ name, ...array, bytes, order: typeOrder.indexOf(array.dtype) }))
    .sort((a, b) => b.order - a.order || (a.name < b.name ? -1 : 1));
  let end = 0;
  const entries = inOrder.map(({ name, dtype, shape, bytes }) => {
    ensure(name !== metadataName, where, name, () => 'is what the format calls its metadata: give the array another name');
    const from = end;
    end += bytes.length;
    return [name, { dtype: typeNames[dtype], shape, data_offsets: [from, end] }] as const;
  });
  const told = Object.keys(metadata).length === 0 ? [] : [[metadataName, metadata] as const];
  const header = headerBytes(Object.fromEntries<unknown>([...told, ...entries]), where);
  const file = new Uint8Array(8 + header.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  let at = 8 + header.length;
  for (const { bytes } of inOrder) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

/** The header in UTF-8, with spaces behind it up to a multiple of 8. */
function headerBytes(header: object, where: string): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = 8 * Math.ceil(json.length / 8);
  ensure(length <= longestHeader, where, 'arrays', () => `need a header of ${length} bytes, the format allows ${longestHeader}`);
  const bytes = new Uint8Array(length).fill(0x20);
  bytes.set(json);
  return bytes;
}
