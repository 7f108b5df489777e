import * as tf from '@tensorflow/tfjs-core';
import { cpuSpace, isCpuBackend } from './cpuSpace.js';
import type { KernelSpace } from './space.js';
import { isWasmBackend, wasmSpace } from './wasmSpace.js';

const flag = 'STDP_KERNELS';
tf.env().registerFlag(flag, () => true);

/**
 * Turns the fused kernels on or off; off, everything runs as a composition of TensorFlow.js operations. Results agree to
 * rounding. Kernels are on by default, and step aside by themselves while a gradient is recorded.
 *
 * @example
 * useKernels(false);
 * kernelsInUse();   // => false
 * useKernels(true);
 */
export const useKernels = (on: boolean): void => tf.env().set(flag, on);

/**
 * Whether fused kernels serve the present backend.
 *
 * @example
 * await useBackend('wasm');
 * kernelsInUse();   // => true
 */
export const kernelsInUse = (): boolean => kernelSpace() !== undefined;

const spaces = new WeakMap<object, KernelSpace | 'none'>();

/** Where the kernels of the present backend work; `undefined` when the composition has to serve. */
export function kernelSpace(): KernelSpace | undefined {
  if (!tf.env().getBool(flag) || tf.engine().isTapeOn()) return undefined;
  const backend = tf.engine().backend;
  let space = spaces.get(backend);
  if (space === undefined) {
    space = makeSpace(backend) ?? 'none';
    spaces.set(backend, space);
  }
  return space === 'none' ? undefined : space;
}

function makeSpace(backend: object): KernelSpace | undefined {
  if (isWasmBackend(backend)) return wasmSpace(backend);
  if (isCpuBackend(backend)) return cpuSpace(backend);
  return undefined;
}

/** Whether no other tensor shares the values of this one. */
export const isUnshared = ({ dataId }: tf.Tensor): boolean => tf.engine().backend.refCount(dataId) === 1;
