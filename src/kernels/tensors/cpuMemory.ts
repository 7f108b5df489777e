import * as tf from '@tensorflow/tfjs-core';
import { surelyFloat } from '../../core/tensors.js';
import { Arena, aligned } from '../module/arena.js';
import { type RuleKernels, ruleKernels } from '../module/ruleKernels.js';
import { mapList, type TensorMemory } from './tensorMemory.js';

/** What tfjs-backend-cpu holds of a tensor. */
interface CpuData {
  readonly values?: unknown;
  readonly refCount: number;
}

/** What is used of tfjs-backend-cpu. */
interface CpuBackend extends tf.KernelBackend {
  readonly data: { get(dataId: object): CpuData; set(dataId: object, data: CpuData): void };
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Float32Array): tf.TensorInfo;
  readonly blockSize: number;
}

/** Whether a backend is tfjs-backend-cpu in the form that is known here. */
export function isCpuBackend(backend: object): backend is CpuBackend {
  const { data, makeTensorInfo, blockSize } = backend as Partial<CpuBackend>;
  return typeof data?.get === 'function' && makeTensorInfo !== undefined && blockSize !== undefined;
}

/**
 * What that backend is given to hold of a tensor that is updated in place. Whoever reads its values, tfjs for itself or for a user,
 * gets a copy of his own, which the next update leaves as it is.
 */
class InPlaceData implements CpuData {
  readonly dtype = 'float32';
  readonly [surelyFloat] = true;
  readonly view: Float32Array;
  refCount: number;
  #copy: Float32Array | undefined;

  constructor(view: Float32Array, refCount: number) {
    this.view = view;
    this.refCount = refCount;
  }

  get values(): Float32Array {
    this.#copy ??= this.view.slice();
    return this.#copy;
  }

  /** The copy that somebody may hold is an old one from now on. */
  changed(): void {
    this.#copy = undefined;
  }
}

/**
 * The kernels beside tfjs-backend-cpu, whose tensors are JavaScript arrays. New tensors are made in an arena of the kernels'
 * own and copied out, because any array of that backend may be shared by other tensors and by the user. Tensors that are
 * updated in place move into an arena of their own, once, and stay there as views: from then on nothing but the inputs is
 * copied.
 */
export function cpuMemory(backend: CpuBackend): TensorMemory | undefined {
  if (!ruleKernels.isReady()) return undefined;
  const passing = new Arena(0, ruleKernels);
  const homes = new WeakMap<ArrayBufferLike, Arena<RuleKernels>>();
  const valuesOf = ({ dataId }: tf.TensorInfo): Float32Array => {
    const held = backend.data.get(dataId);
    return held instanceof InPlaceData ? held.view : (held.values as Float32Array);
  };
  const addressOf = (tensor: tf.TensorInfo): number => valuesOf(tensor).byteOffset;

  /** The arena that all of these tensors live in, with so many bytes free. */
  const homeOf = (tensors: readonly tf.Tensor[], free: number): Arena<RuleKernels> => {
    const buffers = new Set(tensors.map((tensor) => valuesOf(tensor).buffer));
    const [buffer] = buffers;
    const known = buffers.size === 1 && buffer !== undefined ? homes.get(buffer) : undefined;
    if (known !== undefined && known.free >= free) return known;
    const home = new Arena(bytesOf(tensors) + free, ruleKernels);
    homes.set(home.memory.buffer, home);
    for (const tensor of tensors) {
      const { refCount } = backend.data.get(tensor.dataId);
      backend.data.set(tensor.dataId, new InPlaceData(home.place(valuesOf(tensor)), refCount));
    }
    return home;
  };

  return {
    kernels: passing.kernels,
    copies: true,
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
      try {
        const sources = mapList(inputs, (input) => home.place(valuesOf(input)).byteOffset);
        body(home.kernels, sources, mapList(tensors, addressOf), home.take(scratch));
      } finally {
        home.top = top;
        for (const { dataId } of tensors) {
          const held = backend.data.get(dataId);
          if (held instanceof InPlaceData) held.changed();
        }
      }
    },
  };
}

const bytesOf = (arrays: readonly { readonly size: number }[]): number =>
  arrays.reduce((sum, { size }) => sum + aligned(4 * size), 0);
