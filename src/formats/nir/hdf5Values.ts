import type { Hdf5Module } from './hdf5Library.js';

/** Values of an HDF5 file. */
export interface Hdf5Dataset {
  readonly file_id: bigint;
  readonly path: string;
  readonly metadata: {
    readonly type: number;
    readonly size: number;
    readonly signed: boolean;
    readonly littleEndian: boolean;
    readonly vlen: boolean;
    readonly shape: readonly number[] | null;
    readonly chunks: readonly number[] | null;
  };
  readonly filters: readonly { readonly id: number; readonly name: string }[];
}

/** Throws with what is wrong with a place in a file. */
export type Require = (condition: boolean, problem: () => string) => asserts condition;

/**
 * What `use` makes of the values of a dataset, which take so many bytes of the memory of h5wasm meanwhile. Its own `dataset.value` goes on where
 * reading has failed: it gives as numbers what lay there before, or follows it as pointers to texts and frees them, after which h5wasm reads
 * no file any more.
 */
export function withValues<T>(
  library: Hdf5Module,
  { file_id, path, metadata }: Hdf5Dataset,
  bytes: number,
  require: Require,
  use: (values: Uint8Array) => T,
): T {
  const place = library._malloc(Math.max(1, bytes));
  require(place !== 0, () => `of ${bytes} bytes, for which there is no memory`);
  library.HEAPU8.fill(0, place, place + bytes);
  try {
    const status = library.get_dataset_data(file_id, path, null, null, null, BigInt(place));
    require(status >= 0, () => 'whose values are damaged');
    return use(library.HEAPU8.subarray(place, place + bytes));
  } finally {
    if (metadata.vlen) library.reclaim_vlen_memory(file_id, path, '', BigInt(place));
    library._free(place);
  }
}

/** The texts of a dataset: all of one size, or a pointer to each. */
export function textsOf(library: Hdf5Module, dataset: Hdf5Dataset, bytes: number, require: Require): readonly string[] {
  const { size, vlen } = dataset.metadata;
  return withValues(library, dataset, bytes, require, (values) =>
    Array.from({ length: bytes / size }, (_, index) => {
      const own = values.subarray(index * size, (index + 1) * size);
      return textIn(vlen ? pointedAt(library.HEAPU8, own) : own, require);
    }),
  );
}

/** The memory from where a pointer leads; that to no text is 0. */
function pointedAt(memory: Uint8Array, { buffer, byteOffset }: Uint8Array): Uint8Array {
  const place = new DataView(buffer, byteOffset).getUint32(0, true);
  return place === 0 ? new Uint8Array(0) : memory.subarray(place);
}

/** The text up to a byte 0, or the end. */
function textIn(bytes: Uint8Array, require: Require): string {
  const zero = bytes.indexOf(0);
  const text = decoded(zero < 0 ? bytes : bytes.subarray(0, zero));
  require(text !== undefined, () => 'a text that is not UTF-8');
  return text;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
