import * as tf from '@tensorflow/tfjs-core';
import { ensure, StdpError } from '../errors.js';
import { show } from '../show.js';
import { deepest, endless, isRecord } from '../trees.js';
import { type AnyArray, kindOf } from './arrays.js';
import { aligned, checksumBytes, headAt, magic, type Node, version } from './carryFormat.js';
import { crc32 } from './crc32.js';
import { TensorValues } from './tensorValues.js';

/**
 * A carry as bytes that {@link unpackCarry} reads, bit for bit: plain records and lists of numbers, bigints, texts, truth values, null,
 * undefined, typed arrays, and what {@link readCarry} made of tensors. Seeds and random generators are such records.
 *
 * @throws {StdpError} that names what is none of these: a tensor that was not read, an object of a class, a function; or a tree that lies
 *         within itself.
 */
export function packCarry(carry: unknown): Uint8Array {
  const arrays: Placed[] = [];
  const tree = nodeOf(carry, ['carry'], arrays);
  const head = new TextEncoder().encode(JSON.stringify(tree));
  const payloadAt = aligned(headAt + head.length);
  const length = payloadAt + endOf(arrays) + checksumBytes;
  const bytes = new Uint8Array(length);
  bytes.set(new TextEncoder().encode(magic));
  bytes.set(new Uint8Array(Uint32Array.of(version, head.length).buffer), magic.length);
  bytes.set(new Uint8Array(Float64Array.of(length).buffer), magic.length + 8);
  bytes.set(head, headAt);
  for (const { array, offset } of arrays)
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), payloadAt + offset);
  const checksum = crc32(bytes.subarray(0, length - checksumBytes));
  bytes.set(new Uint8Array(Uint32Array.of(checksum).buffer), length - checksumBytes);
  return bytes;
}

/** A typed array and where it begins among the others. */
interface Placed {
  readonly array: AnyArray;
  readonly offset: number;
}

/** Where the arrays end, as a multiple of 8. */
function endOf(arrays: readonly Placed[]): number {
  const last = arrays.at(-1);
  return last === undefined ? 0 : aligned(last.offset + last.array.byteLength);
}

/** Puts an array behind the others. @returns where it begins, and how many entries it has. */
function place(array: AnyArray, arrays: Placed[]): readonly [number, number] {
  const offset = endOf(arrays);
  arrays.push({ array, offset });
  return [offset, array.length];
}

function nodeOf(value: unknown, path: readonly string[], arrays: Placed[]): Node {
  const where = 'packCarry';
  if (path.length > deepest) throw new StdpError(where, path.slice(0, 3).join('.'), endless);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (value === undefined) return ['undefined'];
  if (typeof value === 'number') return isWritable(value) ? value : ['number', Object.is(value, -0) ? '-0' : String(value)];
  if (typeof value === 'bigint') return ['bigint', String(value)];
  if (Array.isArray(value)) return listNode(value, path, arrays);
  if (value instanceof TensorValues) return ['tensor', value.dtype, value.shape, ...place(value.values, arrays)];
  const kind = kindOf(value);
  if (kind !== undefined) return ['array', kind, ...place(value as AnyArray, arrays)];
  const argument = path.join('.');
  ensure(!(value instanceof tf.Tensor), where, argument, () => 'is a tensor that was not read: await readCarry(carry) first');
  ensure(
    isRecord(value),
    where,
    argument,
    () => `is ${show(value)}, which can't be kept: records, lists, numbers, texts, tensors can`,
  );
  return Object.fromEntries(Object.entries(value).map(([name, branch]) => [name, nodeOf(branch, [...path, name], arrays)]));
}

/** Numbers alone lie among the arrays. */
function listNode(list: readonly unknown[], path: readonly string[], arrays: Placed[]): Node {
  if (list.length > 0 && list.findIndex((entry) => typeof entry !== 'number') < 0)
    return ['numbers', ...place(Float64Array.from(list as readonly number[]), arrays)];
  return ['list', Array.from(list, (entry, index) => nodeOf(entry, [...path, String(index)], arrays))];
}

/** Whether JSON holds it. */
const isWritable = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0);
