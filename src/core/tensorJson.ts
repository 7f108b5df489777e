import * as tf from '@tensorflow/tfjs-core';
import { ensure, unreachable } from './errors.js';
import { ensureFields } from './params/ensureFields.js';
import { numberToJSON, unwritable } from './params/paramsJson.js';
import { checkShape } from './shapes.js';
import { show, showShape } from './show.js';
import { isRecord } from './trees.js';

/** A tensor as plain JSON. Float32 values survive exactly; NaN, ±Infinity and −0 are written as strings. */
export interface TensorJSON {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly values: readonly (number | string)[];
}

const dtypes = ['float32', 'int32', 'bool'] as const;

/**
 * The tensor as plain JSON.
 *
 * @throws {StdpError} (as a rejection) when it is no tensor, was disposed, or has another dtype.
 * @example
 * await tensorToJSON(tf.tensor1d([0.5, Infinity]));   // => { shape: [2], dtype: 'float32', values: [0.5, 'Infinity'] }
 */
export const tensorToJSON = async (tensor: tf.Tensor): Promise<TensorJSON> => namedToJSON(tensor, 'tensorToJSON', 'tensor');

async function namedToJSON(tensor: unknown, where: string, argument: string): Promise<TensorJSON> {
  ensure(tensor instanceof tf.Tensor, where, argument, () => `must be a tensor, got ${show(tensor)}`);
  ensure(!tensor.isDisposed, where, argument, () => 'was disposed');
  const { shape } = tensor;
  const dtype = dtypes.find((known) => known === tensor.dtype);
  ensure(dtype !== undefined, where, argument, () => `has dtype ${tensor.dtype}`);
  return { shape, dtype, values: Array.from(await tensor.data(), numberToJSON) };
}

/**
 * The tensor that {@link tensorToJSON} wrote.
 *
 * @throws {StdpError} when it is not what was written: another dtype, other fields, values that don't fill the shape, are
 *         no numbers or not of the dtype.
 * @example
 * tensorFromJSON({ shape: [2], dtype: 'float32', values: [0.5, 'Infinity'] }).print();   // => [0.5, Infinity]
 */
export const tensorFromJSON = (json: TensorJSON): tf.Tensor => namedFromJSON(json, 'tensorFromJSON', 'json');

function namedFromJSON(json: unknown, where: string, argument: string): tf.Tensor {
  ensure(isRecord(json), where, argument, () => `must be { shape, dtype, values }, got ${show(json)}`);
  ensureFields(json, ['shape', 'dtype', 'values'], where, argument);
  const { dtype, values } = json;
  const shape = checkShape(json['shape'], where, `${argument}.shape`);
  const known = dtypes.find((name) => name === dtype);
  ensure(known !== undefined, where, `${argument}.dtype`, () => `must be one of ${dtypes.join(', ')}, got ${show(dtype)}`);
  const size = shape.reduce((product, length) => product * length, 1);
  const fits = Array.isArray(values) && values.length === size;
  ensure(
    fits,
    where,
    `${argument}.values`,
    () => `must be a list of ${size} numbers for ${showShape(shape)}, got ${show(values)}`,
  );
  // Array.from sees the holes of a sparse list, map doesn't.
  const numbers = Array.from(values, (value: unknown) => {
    const number = typeof value === 'string' && unwritable.includes(value) ? Number(value) : value;
    const isNumber = typeof number === 'number' && (value === 'NaN' || !Number.isNaN(number));
    ensure(isNumber, where, `${argument}.values`, () => `must hold numbers, holds ${show(value)}`);
    ensure(holds(known, number), where, `${argument}.values`, () => `holds ${show(value)}, which is no ${known}`);
    return number;
  });
  return tf.tensor(numbers, [...shape], known);
}

/** Whether a tensor of the type keeps a number: rounded to float32, otherwise as it is. */
function holds(dtype: TensorJSON['dtype'], value: number): boolean {
  switch (dtype) {
    case 'float32':
      return !Number.isFinite(value) || Number.isFinite(Math.fround(value));
    case 'int32':
      return value === (value | 0);
    case 'bool':
      return value === 0 || value === 1;
    default:
      return unreachable(dtype);
  }
}

/**
 * A record of tensors, such as the state of a rule, as plain JSON.
 *
 * @throws {StdpError} (as a rejection) that names the field which is no tensor.
 * @example
 * const saved = JSON.stringify(await recordToJSON(initStdpState([2], [1])));
 * JSON.parse(saved).tPre.shape;   // => [2]
 */
export async function recordToJSON<T extends object>(record: T): Promise<{ readonly [K in keyof T]: TensorJSON }> {
  ensure(isRecord(record), 'recordToJSON', 'record', () => `must be a record of tensors, got ${show(record)}`);
  const entries = await Promise.all(
    Object.entries(record)
      .filter(([, tensor]) => tensor !== undefined)
      .map(async ([name, tensor]) => [name, await namedToJSON(tensor, 'recordToJSON', name)] as const),
  );
  return Object.fromEntries(entries) as { readonly [K in keyof T]: TensorJSON };
}

/**
 * The record of tensors that {@link recordToJSON} wrote.
 *
 * @throws {StdpError} that names the field which is not what was written.
 * @example
 * const saved = await recordToJSON(initStdpState([2], [1]));
 * recordFromJSON(saved);   // => { tPre: [0, 0], tPost: [0] }
 */
export function recordFromJSON<T extends object>(json: { readonly [K in keyof T]: TensorJSON }): T {
  ensure(isRecord(json), 'recordFromJSON', 'json', () => `must be a record of tensors as JSON, got ${show(json)}`);
  const made: tf.Tensor[] = [];
  try {
    const entries = Object.entries(json).map(([name, value]) => {
      const tensor = namedFromJSON(value, 'recordFromJSON', name);
      made.push(tensor);
      return [name, tensor];
    });
    return Object.fromEntries(entries) as T;
  } catch (reason) {
    tf.dispose(made);
    throw reason;
  }
}
