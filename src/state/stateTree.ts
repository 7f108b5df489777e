import * as tf from '@tensorflow/tfjs-core';
import { type AnyArray, type ArrayKind, arrayKinds, kindOf } from '../core/bytes/arrays.js';
import { Part } from '../core/carry/part.js';
import { TensorValues } from '../core/carry/tensorValues.js';
import { ensure, StdpError } from '../core/errors.js';
import { show } from '../core/show.js';
import { deepest, endless, isRecord } from '../core/trees.js';
import type { ArrayType, FileArray, FileArrays } from '../formats/arrays/fileArray.js';
import { arrayName } from './arrayName.js';

/**
 * A state without its arrays, as JSON. What JSON has stands for itself; a list begins with a word that says what it is, and names the
 * array where it is one.
 */
export type Node =
  | null
  | boolean
  | string
  | number
  | { readonly [name: string]: Node }
  | readonly ['undefined']
  | readonly ['number', string]
  | readonly ['bigint', string]
  | readonly ['list', readonly Node[]]
  | readonly ['numbers', string]
  | readonly ['array', ArrayKind, string]
  | readonly ['tensor', string]
  | readonly [Part['of'], Node];

/** A state in the two parts of which a file is made. */
export interface Flat {
  readonly tree: Node;
  readonly arrays: FileArrays;
}

/** In what arrays of a file the kinds of typed arrays lie. */
export const fileTypes: { readonly [Kind in ArrayKind]: ArrayType } = {
  Int8Array: 'int8',
  Uint8Array: 'uint8',
  Uint8ClampedArray: 'uint8',
  Int16Array: 'int16',
  Uint16Array: 'uint16',
  Int32Array: 'int32',
  Uint32Array: 'uint32',
  Float32Array: 'float32',
  Float64Array: 'float64',
  BigInt64Array: 'int64',
  BigUint64Array: 'uint64',
};

/**
 * A state whose tensors were read, in its two parts: plain records and lists of numbers, bigints, texts, truth values, null, undefined,
 * typed arrays, what {@link readTensors} made of tensors, and {@link Part}s. Seeds and random generators are such records.
 *
 * @throws {StdpError} that names what is none of these: a tensor that was not read, an object of a class, a function; or a tree that lies
 *         within itself.
 */
export function flattened(state: unknown, where: string): Flat {
  const arrays = new Map<string, FileArray>();
  const tree = nodeOf(state, { where, path: [], arrays });
  return { tree, arrays: Object.fromEntries(arrays) };
}

/** Where in the state something stands, and the arrays so far. */
interface Place {
  readonly where: string;
  readonly path: readonly string[];
  readonly arrays: Map<string, FileArray>;
}

/** Puts an array to the others. @returns its name. */
function put(array: FileArray, { path, arrays }: Place): string {
  const name = arrayName(path, arrays.size);
  arrays.set(name, array);
  return name;
}

function nodeOf(value: unknown, place: Place): Node {
  const { where, path } = place;
  if (path.length > deepest) throw new StdpError(where, ['state', ...path].slice(0, 3).join('.'), endless);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (value === undefined) return ['undefined'];
  if (typeof value === 'number') return isWritable(value) ? value : ['number', Object.is(value, -0) ? '-0' : String(value)];
  if (typeof value === 'bigint') return ['bigint', String(value)];
  if (Array.isArray(value)) return listNode(value, place);
  if (value instanceof TensorValues) {
    const { dtype, shape, values: data } = value;
    return ['tensor', put({ dtype, shape, data } as FileArray, place)];
  }
  if (value instanceof Part) return [value.of, nodeOf(value.content, place)];
  const kind = kindOf(value);
  if (kind !== undefined) return ['array', kind, put(arrayOf(kind, value as AnyArray), place)];
  const argument = ['state', ...path].join('.');
  ensure(!(value instanceof tf.Tensor), where, argument, () => 'is a tensor that was not read');
  const kept = 'records, lists, numbers, texts, tensors, rules, and objects with carry() and restore() can';
  ensure(isRecord(value), where, argument, () => `is ${show(value)}, which can't be kept: ${kept}`);
  const fields = Object.entries(value).map(([name, branch]) => [name, nodeOf(branch, { ...place, path: [...path, name] })]);
  return Object.fromEntries(fields);
}

/** Numbers alone lie among the arrays. */
function listNode(list: readonly unknown[], place: Place): Node {
  if (list.length > 0 && list.findIndex((entry) => typeof entry !== 'number') < 0) {
    const data = Float64Array.from(list as readonly number[]);
    return ['numbers', put({ dtype: 'float64', shape: [data.length], data }, place)];
  }
  const { path } = place;
  return ['list', Array.from(list, (entry, index) => nodeOf(entry, { ...place, path: [...path, String(index)] }))];
}

/** A typed array as files have it. */
function arrayOf(kind: ArrayKind, { buffer, byteOffset, length }: AnyArray): FileArray {
  const dtype = fileTypes[kind];
  const data =
    kind === 'Uint8ClampedArray'
      ? new Uint8Array(buffer, byteOffset, length)
      : new arrayKinds[kind](buffer as ArrayBuffer, byteOffset, length);
  return { dtype, shape: [length], data } as FileArray;
}

/** Whether JSON holds it. */
const isWritable = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0);
