import * as tf from '@tensorflow/tfjs-core';
import { isStateful } from '../core/carry/stateful.js';
import { ensure, StdpError } from '../core/errors.js';
import { messageOf, show } from '../core/show.js';
import { isRecord, mapLeaves, tensorsOf } from '../core/trees.js';

/**
 * The tensors of a tensor, or of arrays and records of them, and of objects that carry.
 *
 * @throws {StdpError} when it is none of these, when one was disposed, or when something in it may have tensors that can't be seen.
 */
export function carriedTensors(carry: unknown): readonly tf.Tensor[] {
  if (carry === undefined) return [];
  const tree = carry instanceof tf.Tensor || Array.isArray(carry) || isRecord(carry) || isStateful(carry);
  ensure(tree, 'useBackend', 'carry', () => `must be a tensor, or arrays and records of them, got ${show(carry)}`);
  const found: tf.Tensor[] = [];
  mapLeaves(carry, (leaf, path) => {
    const argument = ['carry', ...path].join('.');
    if (isStateful(leaf)) found.push(...tensorsOf(leaf.carry()));
    else if (leaf instanceof tf.Tensor) {
      ensure(!leaf.isDisposed, 'useBackend', argument, () => 'was disposed, or given away by a donated step');
      found.push(leaf);
    } else {
      const hidden = typeof leaf === 'object' && leaf !== null && !ArrayBuffer.isView(leaf);
      ensure(
        !hidden,
        'useBackend',
        argument,
        () => `is ${show(leaf)}, whose tensors can't be seen: carry the tensors themselves`,
      );
    }
  });
  return found;
}

/**
 * Reads tensors, after which they can be moved: WebGPU answers no other way, and not once another backend is in use.
 *
 * @throws {StdpError} when one can't be read any more.
 */
export async function readAll(tensors: readonly tf.Tensor[]): Promise<readonly ReadTensor[]> {
  try {
    return await Promise.all(tensors.map(async (tensor) => ({ tensor, values: await tensor.data() })));
  } catch (cause) {
    throw new StdpError('useBackend', 'carry', `holds a tensor that can't be read any more: ${messageOf(cause)}`, { cause });
  }
}

/** A tensor and what it holds. */
interface ReadTensor {
  readonly tensor: tf.Tensor;
  readonly values: ArrayLike<number>;
}

/** Moves tensors that were read to the present backend. */
export function moveAll(read: readonly ReadTensor[]): void {
  const { backend, state } = tf.engine();
  for (const { tensor, values } of read) {
    const { dataId, dtype, isDisposed } = tensor;
    if (isDisposed) continue;
    if (!isOfType(values, dtype)) giveValues(tensor, values);
    else if (state.tensorInfo.get(dataId)?.backend !== backend) tf.engine().moveData(backend, dataId);
  }
}

const arrays: { readonly [dtype in tf.DataType]?: new (length: number) => object } = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
};

/** Whether values lie as the type of their tensor says: those of `tf.cast(mask, 'float32')` are still the mask's. */
const isOfType = (values: ArrayLike<number>, dtype: tf.DataType): boolean => {
  const type = arrays[dtype];
  return type === undefined || values instanceof type;
};

/** Gives a tensor values of its own, which lie as its type says; what it shared with the tensor it was cast from stays that one's. */
function giveValues(tensor: tf.Tensor, values: ArrayLike<number>): void {
  const own = tf.tensor(Array.from(values), tensor.shape, tensor.dtype);
  [own.dataId, tensor.dataId] = [tensor.dataId, own.dataId];
  own.dispose();
}
