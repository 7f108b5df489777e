import { crc32 } from '../core/bytes/crc32.js';
import { ensure, inName, StdpError } from '../core/errors.js';
import { bytesOf } from '../formats/arrays/elements.js';
import type { FileArrays } from '../formats/arrays/fileArray.js';
import { readSafetensors } from '../formats/safetensors/readSafetensors.js';
import { writeSafetensors } from '../formats/safetensors/writeSafetensors.js';
import { whole } from './readTree.js';
import { flattened, type Node } from './stateTree.js';

/** What a file calls itself. */
const format = 'tfjs-stdp state';

/** The version of the format that is written; those before it are read for ever. */
const version = 1;

/** What stands beside the arrays: texts by name. */
interface Metadata {
  readonly [name: string]: string;
}

/** What a file holds, whatever its kind. */
export interface FileParts {
  readonly arrays: FileArrays;
  readonly metadata: Metadata;
}

/**
 * A state whose tensors were read as arrays, and as metadata: the tree in which they stand, the type, shape and CRC-32 of each, and the
 * CRC-32 of all that.
 *
 * @throws {StdpError} that names what can't be kept.
 */
export function partsOf(state: unknown, where: string): FileParts {
  const { tree, arrays } = flattened(state, where);
  const content = JSON.stringify({ tree, arrays: signed(arrays) });
  return { arrays, metadata: { format, version: String(version), content, checksum: checksumOf(content) } };
}

/**
 * The state of the parts of a file, with values in place of tensors.
 *
 * @throws {StdpError} that names the file, when it is of something else, of a later version, or damaged.
 */
export function stateOf({ arrays, metadata }: FileParts, where: string, file: string): unknown {
  const require = (condition: boolean, problem: () => string) => ensure(condition, where, file, problem);
  const { format: named, version: written = '', content = '', checksum } = metadata;
  require(named === format, () => 'holds something else than a state of tfjs-stdp');
  require(/^\d{1,9}$/.test(written), () => 'is damaged: its version is no number');
  require(Number(written) <= version, () =>
    `is of version ${written} of states, version ${version} is read here: take a newer tfjs-stdp`);
  require(checksum === checksumOf(content), () => "is damaged: the checksum of its metadata doesn't fit");
  const told = parsed(content, where, file);
  const found = signed(arrays);
  for (const name of new Set([...Object.keys(told.arrays), ...Object.keys(found)]))
    require(told.arrays[name] === found[name], () => `is damaged: ${name} is not the array that was written`);
  try {
    return whole({ tree: told.tree, arrays });
  } catch (cause) {
    throw new StdpError(where, file, 'is damaged: its metadata tell no state', { cause });
  }
}

/** Of each array its type, shape and checksum. */
const signed = (arrays: FileArrays): { readonly [name: string]: string | undefined } =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, array]) => {
      const bytes = bytesOf(array);
      return [name, `${array.dtype} [${array.shape.join(', ')}] ${bytes && hexadecimal(crc32(bytes))}`];
    }),
  );

const checksumOf = (text: string): string => hexadecimal(crc32(new TextEncoder().encode(text)));

const hexadecimal = (word: number): string => word.toString(16).padStart(8, '0');

interface Content {
  readonly tree: Node;
  readonly arrays: { readonly [name: string]: unknown };
}

/** What the checksum of the metadata holds for was written here, or by who knows the format. */
function parsed(content: string, where: string, file: string): Content {
  try {
    const { tree, arrays }: Content = JSON.parse(content);
    return { tree, arrays: Object(arrays) };
  } catch (cause) {
    throw new StdpError(where, file, 'is damaged: its metadata tell no state', { cause });
  }
}

/** A state whose tensors were read as the bytes of a safetensors file, which {@link unpackState} reads, bit for bit. */
export function packState(state: unknown, where = 'packState'): Uint8Array {
  const { arrays, metadata } = partsOf(state, where);
  return inName(where, () => writeSafetensors(arrays, metadata));
}

/** The state that {@link packState} wrote, with values in place of tensors. @throws {StdpError} as {@link stateOf}. */
export const unpackState = (bytes: Uint8Array, where = 'unpackState', file = 'the state'): unknown =>
  stateOf(
    inName(where, () => readSafetensors(bytes, file)),
    where,
    file,
  );
