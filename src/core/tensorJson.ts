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
 * const json = JSON.stringify(await tensorToJSON(w));
 * const same = tensorFromJSON(JSON.parse(json));
 */
export async function tensorToJSON(tensor: tf.Tensor): Promise<TensorJSON> {
  const { shape, dtype } = tensor;
  ensure(dtype === 'float32' || dtype === 'int32' || dtype === 'bool', 'tensorToJSON', 'tensor', () => `has dtype ${dtype}`);
  const values = Array.from(await tensor.data(), (value) => (Number.isFinite(value) ? value : String(value)));
  return { shape, dtype, values };
}

/** The tensor that {@link tensorToJSON} wrote. */
export function tensorFromJSON({ shape, dtype, values }: TensorJSON): tf.Tensor {
  return tf.tensor(values.map(Number), [...shape], dtype);
}

/**
 * A record of tensors, such as the state of a rule, as plain JSON.
 *
 * @example
 * const saved = await recordToJSON(state);
 * const restored = recordFromJSON<StdpState>(saved);
 */
export async function recordToJSON<T extends object>(record: T): Promise<{ readonly [K in keyof T]: TensorJSON }> {
  const entries = await Promise.all(
    Object.entries(record).map(async ([name, tensor]) => [name, await tensorToJSON(tensor)] as const),
  );
  return Object.fromEntries(entries) as { readonly [K in keyof T]: TensorJSON };
}

/** The record of tensors that {@link recordToJSON} wrote. */
export function recordFromJSON<T extends object>(json: { readonly [K in keyof T]: TensorJSON }): T {
  return Object.fromEntries(Object.entries<TensorJSON>(json).map(([name, value]) => [name, tensorFromJSON(value)])) as T;
}
