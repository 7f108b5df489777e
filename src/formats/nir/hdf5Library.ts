import { type Either, isLeft, left, tryCatch } from 'fp-ts/lib/Either.js';
import { identity } from 'fp-ts/lib/function.js';
import { ensure, StdpError } from '../../core/errors.js';
import { show } from '../../core/show.js';
import type { ArrayType } from '../arrays/fileArray.js';

/** What we use of the package `h5wasm` (or `h5wasm/node`): `await import('h5wasm')` is one. */
export interface H5wasm {
  readonly ready: Promise<Hdf5Module>;
  readonly File: new (path: string, mode: 'r' | 'w') => Hdf5Group & { readonly file_id: bigint; close(): unknown };
}

/** Its memory, and what reads values into it. */
export interface Hdf5Module {
  readonly FS: Hdf5Files;
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(at: number): void;
  get_dataset_data(file: bigint, path: string, count: null, offset: null, strides: null, at: bigint): number;
  reclaim_vlen_memory(file: bigint, path: string, attribute: string, at: bigint): unknown;
  ccall(name: string, gives: 'number', takes: 'string'[], given: string[]): unknown;
}

/** Its file system in memory. */
export interface Hdf5Files {
  writeFile(path: string, bytes: Uint8Array): void;
  readFile(path: string): unknown;
  unlink(path: string): void;
}

/** A folder of an HDF5 file. */
export interface Hdf5Group {
  keys(): string[];
  get(name: string): unknown;
  create_group(name: string): unknown;
  create_dataset(dataset: {
    readonly name: string;
    readonly data: never;
    readonly shape: number[];
    readonly dtype: string;
  }): unknown;
}

/** Types of values as h5wasm writes them. */
export const hdf5Types: { readonly [Type in ArrayType]?: string } = {
  int8: '<b',
  uint8: '<B',
  int16: '<h',
  uint16: '<H',
  int32: '<i',
  uint32: '<I',
  int64: '<q',
  uint64: '<Q',
  float32: '<f',
  float64: '<d',
};

/** What `use` makes of a file in the memory of h5wasm, which is gone afterwards. What h5wasm throws is refused in words. */
export async function withHdf5<T>(
  h5wasm: H5wasm,
  where: string,
  file: string,
  use: (library: Hdf5Module, path: string) => T,
): Promise<T> {
  const isLibrary = typeof h5wasm === 'object' && h5wasm !== null && 'ready' in h5wasm && 'File' in h5wasm;
  ensure(isLibrary, where, 'h5wasm', () => `must be the package of that name, imported, got ${show(h5wasm)}`);
  const library = await h5wasm.ready;
  const path = temporaryPath();
  try {
    return onStack(library, () => use(library, path));
  } catch (reason) {
    if (reason instanceof StdpError) throw reason;
    throw new StdpError(where, file, 'is no whole HDF5 file, or damaged', { cause: reason });
  } finally {
    unlinkQuietly(library.FS, path);
  }
}

/** Puts bytes where h5wasm reads them. */
export function placeFile(FS: Hdf5Files, path: string, bytes: Uint8Array, where: string, file: string): void {
  try {
    FS.writeFile(path, bytes);
  } catch (cause) {
    throw new StdpError(where, file, `can't be put at ${path}, where h5wasm would read it`, { cause });
  }
}

/** A file of nobody else's: in a page it is in the memory of h5wasm, in Node on the disk, which other processes see as well. */
function temporaryPath(): string {
  const { process } = globalThis as { readonly process?: { readonly env?: { readonly [name: string]: string | undefined } } };
  const folder = process?.env?.['TMPDIR'] ?? process?.env?.['TEMP'] ?? '/tmp';
  return `${folder}/tfjs-stdp-${crypto.getRandomValues(new BigUint64Array(2)).join('-')}.nir`;
}

/**
 * What work gives that calls h5wasm, whose stack is afterwards as it was. Where h5wasm throws, it leaves there what it had, and some forty thousand
 * damaged files later writes beyond its end. Its `ccall` takes back what a function of C leaves, so here that function is the work.
 */
function onStack<T>(library: Hdf5Module, work: () => T): T {
  let outcome: Either<unknown, T> = left(undefined);
  const name = 'tfjsStdpWork';
  const run = (): void => {
    outcome = tryCatch(work, identity);
  };
  Object.assign(library, { [`_${name}`]: run });
  library.ccall(name, 'number', ['string'], ['']);
  if (isLeft(outcome)) throw outcome.left;
  return outcome.right;
}

function unlinkQuietly(FS: Hdf5Files, path: string): void {
  try {
    FS.unlink(path);
  } catch {
    // Nothing was written.
  }
}
