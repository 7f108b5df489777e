import { doubleAt, wordAt } from '../at.js';
import { ensure, StdpError } from '../errors.js';
import { isRecord } from '../trees.js';
import { type AnyArray, arrayKinds, isKind } from './arrays.js';
import { aligned, checksumBytes, headAt, magic, type Node, version } from './carryFormat.js';
import { crc32 } from './crc32.js';
import { isPackedDtype, TensorValues, valuesOf } from './tensorValues.js';

/**
 * The carry that {@link packCarry} wrote. Typed arrays are new; in place of tensors stand their values, of which
 * {@link restoreTensors} makes tensors.
 *
 * @throws {StdpError} when the bytes are not whole, or not of this kind or version.
 */
export function unpackCarry(bytes: Uint8Array): unknown {
  const require = (condition: boolean, problem: string) => ensure(condition, where, argument, () => problem);
  const begins = new TextDecoder().decode(bytes.subarray(0, magic.length));
  require(begins === magic, 'is none: it begins in another way');
  require(bytes.length >= headAt + checksumBytes, 'is damaged: cut off');
  const [written, headLength] = [wordAt(words(bytes, 8, 2), 0), wordAt(words(bytes, 8, 2), 1)];
  require(written === version, `is of version ${written}, version ${version} is read here`);
  const length = doubleAt(new Float64Array(copyOf(bytes, 16, 8)), 0);
  require(length === bytes.length, `is damaged: ${bytes.length} bytes of ${length}`);
  const end = length - checksumBytes;
  require(crc32(bytes.subarray(0, end)) === wordAt(words(bytes, end, 1), 0), "is damaged: the checksum doesn't fit");
  try {
    const head: Node = JSON.parse(new TextDecoder().decode(bytes.subarray(headAt, headAt + headLength)));
    return treeOf(head, bytes.subarray(aligned(headAt + headLength), end));
  } catch (reason) {
    throw new StdpError(where, argument, 'is damaged: its head is no tree', { cause: reason });
  }
}

const [where, argument] = ['unpackCarry', 'the checkpoint'];

/** A part of the bytes as a buffer of its own (what a Buffer calls a slice is none). */
const copyOf = (bytes: Uint8Array, from: number, length: number): ArrayBuffer =>
  new Uint8Array(bytes.subarray(from, from + length)).buffer;

const words = (bytes: Uint8Array, from: number, count: number): Uint32Array => new Uint32Array(copyOf(bytes, from, 4 * count));

function treeOf(node: Node, payload: Uint8Array): unknown {
  if (!isTagged(node))
    return isRecord(node)
      ? Object.fromEntries(Object.entries(node).map(([name, branch]) => [name, treeOf(branch, payload)]))
      : node;
  switch (node[0]) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(node[1]);
    case 'bigint':
      return BigInt(node[1]);
    case 'list':
      return node[1].map((entry) => treeOf(entry, payload));
    case 'numbers':
      return Array.from(new Float64Array(copyOf(payload, node[1], 8 * node[2])));
    case 'array':
      return arrayAt(payload, node[1], node[2], node[3]);
    case 'tensor': {
      const [, dtype, shape, offset, count] = node;
      if (!isPackedDtype(dtype)) throw new RangeError(dtype);
      return new TensorValues(dtype, shape, arrayAt(payload, valuesOf[dtype], offset, count) as TensorValues['values']);
    }
    default:
      throw new RangeError(String(node));
  }
}

const isTagged = (node: Node): node is Extract<Node, readonly [string, ...unknown[]]> => Array.isArray(node);

function arrayAt(payload: Uint8Array, kind: string, offset: number, count: number): AnyArray {
  if (!isKind(kind)) throw new RangeError(kind);
  const Made = arrayKinds[kind];
  return new Made(copyOf(payload, offset, count * Made.BYTES_PER_ELEMENT));
}
