import * as tf from '@tensorflow/tfjs-core';
import type { FusedKernels } from './fused.js';
import { cpuSpace, isCpuBackend } from './memory/cpuSpace.js';
import { memoryKernels } from './memory/memoryKernels.js';
import type { KernelSpace } from './memory/space.js';
import { isWasmBackend, wasmSpace } from './memory/wasmSpace.js';
import { isWebgpuBackend } from './webgpu/device.js';
import { webgpuKernels } from './webgpu/webgpuKernels.js';

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
export const kernelsInUse = (): boolean => fusedKernels() !== undefined;

/** Whether what needs no tensors runs on kernels on this thread: they are on, and this is where the backend computes too. */
export function kernelsOnHost(): boolean {
  const { backend } = tf.engine();
  return tf.env().getBool(flag) && (isWasmBackend(backend) || isCpuBackend(backend));
}

const found = new WeakMap<object, FusedKernels | 'none'>();

/** The kernels of the present backend; `undefined` when the composition has to serve. */
export function fusedKernels(): FusedKernels | undefined {
  if (!tf.env().getBool(flag) || tf.engine().isTapeOn()) return undefined;
  const backend = tf.engine().backend;
  let kernels = found.get(backend);
  if (kernels === undefined) {
    kernels = kernelsOf(backend) ?? 'none';
    found.set(backend, kernels);
  }
  return kernels === 'none' ? undefined : kernels;
}

/** The backends that have kernels, each by what it looks like. */
function kernelsOf(backend: object): FusedKernels | undefined {
  if (isWasmBackend(backend)) return kernelsIn(wasmSpace(backend));
  if (isCpuBackend(backend)) return kernelsIn(cpuSpace(backend));
  if (isWebgpuBackend(backend)) return webgpuKernels(backend);
  return undefined;
}

const kernelsIn = (space: KernelSpace | undefined): FusedKernels | undefined => space && memoryKernels(space);
