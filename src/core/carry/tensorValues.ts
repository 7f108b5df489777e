import * as tf from '@tensorflow/tfjs-core';
import { ensure, StdpError } from '../errors.js';
import { deepest, endless, isRecord } from '../trees.js';
import { Part } from './part.js';

/** The typed array that holds the values of a tensor, by its dtype. */
export const valuesOf = { float32: 'Float32Array', int32: 'Int32Array', bool: 'Uint8Array' } as const;

export type PackedDtype = keyof typeof valuesOf;

export const isPackedDtype = (dtype: string): dtype is PackedDtype => Object.hasOwn(valuesOf, dtype);

/** A tensor that was read: it stands in a state where the tensor stood. */
export class TensorValues {
  readonly dtype: PackedDtype;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;

  constructor(dtype: PackedDtype, shape: readonly number[], values: Float32Array | Int32Array | Uint8Array) {
    this.dtype = dtype;
    this.shape = shape;
    this.values = values;
  }
}

/**
 * The same state with what its tensors hold in their place.
 *
 * @throws {StdpError} (as a rejection) when a tensor was disposed or is of another dtype than float32, int32 and bool.
 */
export const readTensors = (state: unknown, where: string): Promise<unknown> => read(state, ['state'], where);

async function read(tree: unknown, path: readonly string[], where: string): Promise<unknown> {
  if (path.length > deepest) throw new StdpError(where, path.slice(0, 3).join('.'), endless);
  if (tree instanceof tf.Tensor) return readTensor(tree, where, path.join('.'));
  if (tree instanceof Part) return new Part(tree.of, await read(tree.content, path, where));
  // Whatever waits is asked for at once, before the next step of the caller may change it.
  if (Array.isArray(tree)) return Promise.all(Array.from(tree, (branch, index) => read(branch, [...path, String(index)], where)));
  if (!isRecord(tree)) return tree;
  const entries = Object.entries(tree).map(async ([name, branch]) => [name, await read(branch, [...path, name], where)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** What a tensor holds. */
export async function readTensor(tensor: tf.Tensor, where: string, argument: string): Promise<TensorValues> {
  const { dtype, shape } = tensor;
  ensure(!tensor.isDisposed, where, argument, () => 'was disposed, or given away by a donated step');
  ensure(isPackedDtype(dtype), where, argument, () => `has dtype ${dtype}, needs float32, int32 or bool`);
  return new TensorValues(dtype, [...shape], copied(dtype, await tensor.data()));
}

/** On cpu a tensor's data are its own, and may come in another array than its dtype says. */
function copied(dtype: PackedDtype, data: ArrayLike<number>): TensorValues['values'] {
  switch (dtype) {
    case 'float32':
      return new Float32Array(data);
    case 'int32':
      return new Int32Array(data);
    case 'bool':
      return new Uint8Array(data);
  }
}
