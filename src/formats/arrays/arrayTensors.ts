import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../core/at.js';
import { readTensor } from '../../core/carry/tensorValues.js';
import { ensure, unreachable } from '../../core/errors.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { nothingMore } from '../../core/params/validation.js';
import { checkShape } from '../../core/shapes.js';
import { show } from '../../core/show.js';
import { ensureBackend } from '../../core/tensors.js';
import { isRecord } from '../../core/trees.js';
import { checkArray } from './checkArrays.js';
import type { FileArray, FileArrays } from './fileArray.js';

/** What may happen to values on their way into a tensor. */
export interface TensorOptions {
  /** Whether float64 is rounded to float32. Default: false, which refuses values that float32 doesn't have. */
  readonly round?: boolean | undefined;
}

/**
 * The array of a file as a new tensor, every value as it was: truth values as bool; integers as int32; floats as float32.
 *
 * @throws {StdpError} when a value has no like there: an integer beyond 32 bits, or float64 with more digits than float32 (unless `round`);
 *         when the array has more than 6 axes or is none, or no backend is chosen.
 * @example
 * tensorFromArray({ dtype: 'int64', shape: [2], data: BigInt64Array.of(3n, -4n) }).print();   // => [3, -4]
 */
export function tensorFromArray(array: FileArray, options: TensorOptions = {}, ...more: readonly never[]): tf.Tensor {
  nothingMore(more, 'tensorFromArray', 'tensorFromArray(array, options)');
  return tensorOf(array, roundOf(options, 'tensorFromArray'), 'tensorFromArray', 'array');
}

/**
 * The arrays of a file as new tensors, by name; see {@link tensorFromArray}.
 *
 * @throws {StdpError} that names the array.
 * @example
 * const { w } = recordFromArrays({ w: { dtype: 'float64', shape: [1], data: Float64Array.of(0.1) } }, { round: true });
 * w.print();   // => [0.1]
 */
export function recordFromArrays(
  arrays: FileArrays,
  options: TensorOptions = {},
  ...more: readonly never[]
): { readonly [name: string]: tf.Tensor } {
  const where = 'recordFromArrays';
  nothingMore(more, where, 'recordFromArrays(arrays, options)');
  const round = roundOf(options, where);
  ensure(isRecord(arrays), where, 'arrays', () => `must be a record of { dtype, shape, data }, got ${show(arrays)}`);
  const made: (readonly [string, tf.Tensor])[] = [];
  try {
    for (const [name, array] of Object.entries(arrays)) made.push([name, tensorOf(array, round, where, `arrays.${name}`)]);
  } catch (reason) {
    tf.dispose(made.map(([, tensor]) => tensor));
    throw reason;
  }
  return Object.fromEntries(made);
}

/**
 * What a tensor holds as an array for a file: float32, int32 or bool. The values are a copy.
 *
 * @throws {StdpError} (as a rejection) when it is no tensor, was disposed, or has another dtype.
 * @example
 * await tensorToArray(tf.tensor2d([[0.5, 2]]));   // => { dtype: 'float32', shape: [1, 2], data: [0.5, 2] }
 */
export async function tensorToArray(tensor: tf.Tensor, ...more: readonly never[]): Promise<FileArray> {
  nothingMore(more, 'tensorToArray', 'tensorToArray(tensor)');
  return readArray(tensor, 'tensorToArray', 'tensor');
}

/**
 * A record of tensors, such as the weights of a network or the state of a rule, as arrays for a file.
 *
 * @throws {StdpError} (as a rejection) that names the field which is no tensor, was disposed, or has another dtype.
 * @example
 * const file = writeSafetensors(await recordToArrays({ w: tf.tensor1d([0.5, 2]) }));
 * recordFromArrays(readSafetensors(file).arrays).w.print();   // => [0.5, 2]
 */
export async function recordToArrays(
  record: { readonly [name: string]: tf.Tensor },
  ...more: readonly never[]
): Promise<FileArrays> {
  const where = 'recordToArrays';
  nothingMore(more, where, 'recordToArrays(record)');
  ensure(isRecord(record), where, 'record', () => `must be a record of tensors, got ${show(record)}`);
  const entries = Object.entries(record).map(async ([name, tensor]) => [name, await readArray(tensor, where, name)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

function roundOf(options: unknown, where: string): boolean {
  ensure(isRecord(options), where, 'options', () => `must be a record of options, got ${show(options)}`);
  ensureFields(options, ['round'], where, 'options');
  const { round = false } = options;
  ensure(typeof round === 'boolean', where, 'round', () => `must be true or false, got ${show(round)}`);
  return round;
}

async function readArray(tensor: unknown, where: string, argument: string): Promise<FileArray> {
  ensure(tensor instanceof tf.Tensor, where, argument, () => `must be a tensor, got ${show(tensor)}`);
  const { dtype, shape, values } = await readTensor(tensor, where, argument);
  return { dtype, shape, data: values } as FileArray;
}

function tensorOf(given: unknown, round: boolean, where: string, argument: string): tf.Tensor {
  const { array } = checkArray(given, where, argument);
  const shape = [...checkShape(array.shape, where, `${argument}.shape`)];
  ensureBackend(where);
  switch (array.dtype) {
    case 'bool':
      return tf.tensor(new Uint8Array(array.data), shape, 'bool');
    case 'int8':
    case 'uint8':
    case 'int16':
    case 'uint16':
    case 'int32':
      return tf.tensor(new Int32Array(array.data), shape, 'int32');
    case 'uint32':
    case 'int64':
    case 'uint64':
      return tf.tensor(integersOf(array.data, where, argument), shape, 'int32');
    case 'float16':
    case 'bfloat16':
    case 'float32':
      return tf.tensor(new Float32Array(array.data), shape, 'float32');
    case 'float64':
      return tf.tensor(floatsOf(array.data, round, where, argument), shape, 'float32');
    default:
      return unreachable(array);
  }
}

function integersOf(values: Uint32Array | BigInt64Array | BigUint64Array, where: string, argument: string): Int32Array {
  const integers = Int32Array.from(values as ArrayLike<bigint | number>, Number);
  integers.forEach((integer, index) => {
    ensure(
      BigInt(integer) === BigInt(at<bigint | number>(values, index)),
      where,
      argument,
      () => `holds ${values[index]}, int32 ends at ±2³¹`,
    );
  });
  return integers;
}

function floatsOf(values: Float64Array, round: boolean, where: string, argument: string): Float32Array {
  const floats = Float32Array.from(values);
  floats.forEach((float, index) => {
    const value = values[index];
    const isKept = Object.is(float, value) || (round && Number.isFinite(float));
    ensure(
      isKept,
      where,
      argument,
      () => `holds ${value}, which float32 doesn't have${round ? '' : ': { round: true } rounds it'}`,
    );
  });
  return floats;
}
