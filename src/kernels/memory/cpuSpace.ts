import * as tf from '@tensorflow/tfjs-core';
import { aligned, Room } from '../room.js';
import { type KernelSpace, mapList } from './space.js';

/** What is used of tfjs-backend-cpu. */
interface CpuBackend extends tf.KernelBackend {
  readonly data: { get(dataId: object): { values?: unknown } };
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Float32Array): tf.TensorInfo;
  readonly blockSize: number;
}

/** Whether a backend is tfjs-backend-cpu in the form that is known here. */
export function isCpuBackend(backend: object): backend is CpuBackend {
  const { data, makeTensorInfo, blockSize } = backend as Partial<CpuBackend>;
  return typeof data?.get === 'function' && makeTensorInfo !== undefined && blockSize !== undefined;
}

/**
 * The kernels beside tfjs-backend-cpu, whose tensors are JavaScript arrays. New tensors are made in a room of the kernels'
 * own and copied out, because any array of that backend may be shared by other tensors and by the user. Tensors that are
 * updated in place move into a room of their own, once, and stay there as views: from then on nothing but the inputs is
 * copied.
 */
export function cpuSpace(backend: CpuBackend): KernelSpace | undefined {
  if (typeof WebAssembly !== 'object') return undefined;
  const passing = new Room(0);
  const homes = new WeakMap<ArrayBufferLike, Room>();
  const valuesOf = ({ dataId }: tf.TensorInfo): Float32Array => backend.data.get(dataId).values as Float32Array;
  const addressOf = (tensor: tf.TensorInfo): number => valuesOf(tensor).byteOffset;

  /** The room that all of these tensors live in, with so many bytes free. */
  const homeOf = (tensors: readonly tf.Tensor[], free: number): Room => {
    const buffers = new Set(tensors.map((tensor) => valuesOf(tensor).buffer));
    const [buffer] = buffers;
    const known = buffers.size === 1 && buffer !== undefined ? homes.get(buffer) : undefined;
    if (known !== undefined && known.free >= free) return known;
    const home = new Room(bytesOf(tensors) + free);
    homes.set(home.memory.buffer, home);
    for (const tensor of tensors) backend.data.get(tensor.dataId).values = home.place(valuesOf(tensor));
    return home;
  };

  return {
    kernels: passing.kernels,
    create: (inputs, shapes, scratch, body) => {
      const sizes = mapList(shapes, (shape) => tf.util.sizeFromShape([...shape]));
      passing.reset(bytesOf([...inputs, ...sizes.map((size) => ({ size }))]) + aligned(scratch));
      const sources = mapList(inputs, (input) => passing.place(valuesOf(input)).byteOffset);
      const targets = mapList(sizes, (size) => passing.take(4 * size));
      body(passing.kernels, sources, targets, passing.take(scratch));
      return mapList(targets, (address, index) => {
        const values = new Float32Array(passing.memory.buffer, address, sizes[index]).slice();
        return tf.engine().makeTensorFromTensorInfo(backend.makeTensorInfo([...(shapes[index] ?? [])], 'float32', values));
      });
    },
    update: (tensors, inputs, scratch, body) => {
      const home = homeOf(tensors, bytesOf(inputs) + aligned(scratch));
      const { top } = home;
      const sources = mapList(inputs, (input) => home.place(valuesOf(input)).byteOffset);
      body(home.kernels, sources, mapList(tensors, addressOf), home.take(scratch));
      home.top = top;
    },
  };
}

const bytesOf = (arrays: readonly { readonly size: number }[]): number =>
  arrays.reduce((sum, { size }) => sum + aligned(4 * size), 0);
