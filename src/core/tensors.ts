import * as tf from '@tensorflow/tfjs-core';
import { ensure } from './errors.js';

/** A value whose tensors can be found: a tensor, null, a number, or arrays and records of these. */
export type Tree = tf.Tensor | number | string | boolean | null | undefined | readonly Tree[] | { readonly [name: string]: Tree };

/** The same tree with `change` applied to each tensor. */
export function mapTensors<T>(tree: T, change: (tensor: tf.Tensor) => tf.Tensor): T {
  if (tree instanceof tf.Tensor) return change(tree) as T;
  if (Array.isArray(tree)) return tree.map((branch) => mapTensors(branch, change)) as T;
  if (tree !== null && typeof tree === 'object' && Object.getPrototypeOf(tree) === Object.prototype) {
    return Object.fromEntries(Object.entries(tree).map(([name, branch]) => [name, mapTensors(branch, change)])) as T;
  }
  return tree;
}

/** All tensors of a tree, in order. */
export function tensorsOf(tree: unknown): readonly tf.Tensor[] {
  const found: tf.Tensor[] = [];
  mapTensors(tree, (tensor) => {
    found.push(tensor);
    return tensor;
  });
  return found;
}

/**
 * Runs `compute` and leaves exactly the tensors of its result, a tree of any readonly shape.
 * `tf.tidy` with the types of immutable records.
 */
export function tidily<T>(compute: () => T): T {
  return tf.tidy(compute as unknown as () => tf.TensorContainer) as unknown as T;
}

/** The argument as a float32 tensor; numbers, (nested) arrays, typed arrays, bool and int32 tensors are converted. */
export function toFloat(value: tf.TensorLike | tf.Tensor, where: string, argument: string): tf.Tensor {
  if (value instanceof tf.Tensor) {
    ensure(!value.isDisposed, where, argument, () => 'was disposed');
    ensure(
      value.dtype !== 'string' && value.dtype !== 'complex64',
      where,
      argument,
      () => `has dtype ${value.dtype}, needs float32`,
    );
    return isFloat(value) ? value : floats(value);
  }
  try {
    return tidily(() => {
      const tensor = tf.tensor(value);
      return isFloat(tensor) ? tensor : floats(tensor);
    });
  } catch (reason) {
    return ensureTensorLike(where, argument, reason);
  }
}

/**
 * Integers and truth values as float32. `tf.cast` alone leaves them integers inside on webgpu (4.22), where all that moves
 * axes gives nonsense then; a sum is made of floats.
 */
export const floats = (tensor: tf.Tensor): tf.Tensor => tidily(() => tf.add(tf.cast(tensor, 'float32'), 0));

/** Whether the values are float32 inside too: of tensors that share values the engine knows the first one's type. */
const isFloat = ({ dtype, dataId }: tf.Tensor): boolean =>
  dtype === 'float32' && tf.engine().state.tensorInfo.get(dataId)?.dtype === 'float32';

/** The sum of tensors of one shape. (`tf.addN` fails on webgpu for more than seven: each takes a storage buffer.) */
export const sumOf = (tensors: readonly tf.Tensor[]): tf.Tensor => tensors.reduce((sum, next) => tf.add(sum, next));

function ensureTensorLike(where: string, argument: string, reason: unknown): never {
  ensure(false, where, argument, () => `is not a tensor: ${reason instanceof Error ? reason.message : String(reason)}`);
  throw reason;
}

/** A shape as messages show it: `[784, 10]`. */
export const showShape = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** Whether two shapes agree in rank and every size. */
export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);
