import * as tf from '@tensorflow/tfjs-core';
import { ensure } from './errors.js';

/** A tensor as plain JSON. Float32 values survive exactly; NaN and ±Infinity are written as strings. */
export interface TensorJSON {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly values: readonly (number | string)[];
}

/**
 * The tensor as plain JSON.
 *
 * @example
 * await tensorToJSON(tf.tensor1d([0.5, Infinity]));   // => { shape: [2], dtype: 'float32', values: [0.5, 'Infinity'] }
 */
export async function tensorToJSON(tensor: tf.Tensor): Promise<TensorJSON> {
  const { shape, dtype } = tensor;
  ensure(dtype === 'float32' || dtype === 'int32' || dtype === 'bool', 'tensorToJSON', 'tensor', () => `has dtype ${dtype}`);
  const values = Array.from(await tensor.data(), (value) => (Number.isFinite(value) ? value : String(value)));
  return { shape, dtype, values };
}

/**
 * The tensor that {@link tensorToJSON} wrote.
 *
 * @example
 * tensorFromJSON({ shape: [2], dtype: 'float32', values: [0.5, 'Infinity'] }).print();   // => [0.5, Infinity]
 */
export function tensorFromJSON({ shape, dtype, values }: TensorJSON): tf.Tensor {
  return tf.tensor(values.map(Number), [...shape], dtype);
}

/**
 * A record of tensors, such as the state of a rule, as plain JSON.
 *
 * @example
 * const saved = JSON.stringify(await recordToJSON(initStdpState([2], [1])));
 * JSON.parse(saved).tPre.shape;   // => [2]
 */
export async function recordToJSON<T extends object>(record: T): Promise<{ readonly [K in keyof T]: TensorJSON }> {
  const entries = await Promise.all(
    Object.entries(record).map(async ([name, tensor]) => [name, await tensorToJSON(tensor)] as const),
  );
  return Object.fromEntries(entries) as { readonly [K in keyof T]: TensorJSON };
}

/**
 * The record of tensors that {@link recordToJSON} wrote.
 *
 * @example
 * const saved = await recordToJSON(initStdpState([2], [1]));
 * recordFromJSON(saved);   // => { tPre: [0, 0], tPost: [0] }
 */
export function recordFromJSON<T extends object>(json: { readonly [K in keyof T]: TensorJSON }): T {
  return Object.fromEntries(Object.entries<TensorJSON>(json).map(([name, value]) => [name, tensorFromJSON(value)])) as T;
}
