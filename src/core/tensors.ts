import * as tf from '@tensorflow/tfjs-core';
import { ensure, StdpError } from './errors.js';
import { hostTensor } from './hostTensor.js';
import { mostAxes } from './shapes.js';

/**
 * Runs `compute` and leaves exactly the tensors of its result, a tree of any readonly shape.
 * `tf.tidy` with the types of immutable records.
 */
export function tidily<T>(compute: () => T): T {
  return tf.tidy(compute as () => T & tf.TensorContainer);
}

/**
 * {@link tidily}, where the result may hold nothing but what was there before: then nobody looks for new tensors in it, which takes as
 * long as the rest of a small step.
 */
export function tidilyUnless<T>(isOld: (result: T) => boolean, compute: () => T): T {
  const engine = tf.engine();
  engine.startScope();
  let result: T | undefined;
  try {
    result = compute();
    return result;
  } finally {
    engine.endScope(result === undefined || isOld(result) ? undefined : (result as tf.TensorContainer));
  }
}

/**
 * The argument as a float32 tensor, float32 inside too. Numbers, truth values, (nested) lists of them, typed arrays, bool and
 * int32 tensors are converted into tensors of their own; a float32 tensor is returned as it is.
 *
 * @throws {StdpError} when it is none of these, was disposed, or holds what is not finite (in a tensor this is not looked for).
 */
export const toFloat = (value: tf.TensorLike | tf.Tensor, where: string, argument: string): tf.Tensor =>
  converted(value, where, argument, 'finite');

/** {@link toFloat} of times, which may be Infinity: never. */
export const toTimes = (value: tf.TensorLike | tf.Tensor, where: string, argument: string): tf.Tensor =>
  converted(value, where, argument, 'times');

function converted(value: tf.TensorLike | tf.Tensor, where: string, argument: string, range: 'finite' | 'times'): tf.Tensor {
  if (value instanceof tf.Tensor) {
    ensure(value.rank <= mostAxes, where, argument, () => `has ${value.rank} axes, at most ${mostAxes} work everywhere`);
    if (isFloat(value)) return value;
    ensure(!value.isDisposed, where, argument, () => 'was disposed, or given away by a donated step');
    const { dtype } = value;
    ensure(dtype !== 'string' && dtype !== 'complex64', where, argument, () => `has dtype ${dtype}, needs float32`);
    return floats(value);
  }
  ensureBackend(where);
  return hostTensor(value, where, argument, range);
}

/** The values of a tensor of numbers as float32, inside too: it itself where it holds them so. */
const asFloat = (tensor: tf.Tensor): tf.Tensor => (isFloat(tensor) ? tensor : floats(tensor));

/** A constant, one for all or one per neuron, as a tensor that broadcasts along the last axis. */
export const asTensor = (value: number | readonly number[] | tf.Tensor): tf.Tensor =>
  value instanceof tf.Tensor ? asFloat(value) : tf.tensor(value as number | number[], undefined, 'float32');

/** Throws unless there is a backend to compute on. */
export function ensureBackend(where: string): void {
  try {
    if (tf.engine().backend !== null) return;
  } catch (reason) {
    const problem = "is not chosen yet: await useBackend('wasm') first, or 'cpu', 'webgpu', 'cuda'";
    throw new StdpError(where, 'the backend', problem, { cause: reason });
  }
}

/**
 * Integers and truth values as float32. `tf.cast` alone leaves them what they are inside on cpu and on webgpu (4.22), where
 * kernels read nonsense then, and what moves axes; a sum is made of floats.
 */
export const floats = (tensor: tf.Tensor): tf.Tensor =>
  tidily(() => leftOnCpu(tensor) ?? tf.add(tf.cast(asHeld(tensor), 'float32'), 0));

/**
 * The values of a tensor that still lies on cpu while another backend computes, as a tensor of floats: tfjs would move the bytes of
 * integers and truth values as if they were floats.
 */
function leftOnCpu({ dataId, shape }: tf.Tensor): tf.Tensor | undefined {
  const held = heldIn(dataId);
  const values = held?.data.values;
  if (held?.storage !== 'data' || held.backend === tf.engine().backend || !isValues(values)) return undefined;
  return tf.tensor(Float32Array.from(values), shape, 'float32');
}

/** A tensor that was cast where that changes nothing inside, and then moved to wasm, under the type that it still has there. */
function asHeld(tensor: tf.Tensor): tf.Tensor {
  const { dataId, shape, dtype } = tensor;
  const held = heldIn(dataId);
  const inside = held?.data.dtype;
  if (held?.storage !== 'dataIdMap' || inside === undefined || inside === dtype) return tensor;
  tf.engine().backend.incRef(dataId);
  return tf.engine().makeTensorFromTensorInfo({ dataId, shape, dtype: inside });
}

/**
 * Whether a tensor is alive and float32 inside too. The engine knows the type of what was made first, not of a slice of it on cpu, where
 * only the array tells; on webgpu the backend knows.
 */
export function isFloat({ dtype, dataId, isDisposed }: tf.Tensor): boolean {
  if (isDisposed) return false;
  const info = tf.engine().state.tensorInfo.get(dataId);
  if (dtype !== 'float32' || info?.dtype !== 'float32') return false;
  const { data, tensorMap } = info.backend as StoringBackend;
  if (data !== undefined) {
    const held = data.get(dataId);
    return held[surelyFloat] === true || held.values instanceof Float32Array;
  }
  return tensorMap === undefined || tensorMap.get(dataId).dtype === 'float32';
}

/** Marks what tfjs-backend-cpu holds of a tensor as float32, so that nobody has to look at the values. */
export const surelyFloat: unique symbol = Symbol('surelyFloat');

/** What a backend holds of a tensor. */
interface HeldData {
  readonly dtype?: tf.DataType;
  readonly values?: unknown;
  readonly [surelyFloat]?: true;
}

interface Storage {
  has(dataId: object): boolean;
  get(dataId: object): HeldData;
}

/** Where tfjs-backend-cpu, -wasm and -webgpu keep it, without a promise. */
const storages = ['data', 'dataIdMap', 'tensorMap'] as const;

type StorageName = (typeof storages)[number];

type StoringBackend = { readonly [name in StorageName]?: Storage };

/** Where the values of a tensor lie, and how. */
interface Held {
  readonly storage: StorageName;
  readonly data: HeldData;
  readonly backend: object;
}

function heldIn(dataId: object): Held | undefined {
  const backend = tf.engine().state.tensorInfo.get(dataId)?.backend as StoringBackend | undefined;
  const storage = storages.find((name) => backend?.[name]?.has(dataId));
  const data = storage && backend?.[storage]?.get(dataId);
  return backend && storage && data && { storage, data, backend };
}

/**
 * The values of a tensor where they can be read without waiting for a device: on cpu and wasm always, elsewhere while they
 * have not left this side.
 */
export function valuesAtHand({ dataId, shape, dtype }: tf.Tensor): ArrayLike<number> | undefined {
  if (dtype === 'string' || dtype === 'complex64') return undefined;
  const held = heldIn(dataId);
  const backend = tf.engine().state.tensorInfo.get(dataId)?.backend as HeapBackend | undefined;
  const values = held?.storage === 'dataIdMap' ? backend?.typedArrayFromHeap?.({ dataId, shape, dtype }) : held?.data.values;
  return isValues(values) ? values : undefined;
}

const isValues = (values: unknown): values is ArrayLike<number> => ArrayBuffer.isView(values);

/** What tfjs-backend-wasm shows of its heap. */
interface HeapBackend {
  typedArrayFromHeap?(info: tf.TensorInfo): unknown;
}

/** The sum of tensors of one shape. (`tf.addN` fails on webgpu for more than seven: each takes a storage buffer.) */
export const sumOf = (tensors: readonly tf.Tensor[]): tf.Tensor => tensors.reduce((sum, next) => tf.add(sum, next));

/** Whether two shapes agree in rank and every size. */
export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

/**
 * The shape in which tensors of two shapes meet: from the last axis on, sizes are equal, or one of them is 1; `undefined` where
 * they don't go together.
 */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const sizes = Array.from({ length: rank }, (_, axis) => {
    const [one = 1, other = 1] = [a[axis - rank + a.length], b[axis - rank + b.length]];
    return one === other || other === 1 ? one : one === 1 ? other : undefined;
  });
  return sizes.every((size) => size !== undefined) ? sizes : undefined;
}
