import * as tf from '@tensorflow/tfjs-core';
import { flag as aFlag, ensureIs, nothingMore } from '../../core/params/validation.js';
import type { BackendKernels } from './backendKernels.js';
import { cpuMemory, isCpuBackend } from './cpuMemory.js';
import { memoryKernels } from './memoryKernels.js';
import type { TensorMemory } from './tensorMemory.js';
import { isWasmBackend, wasmMemory } from './wasmMemory.js';
import { shaders } from './webgpu/shaders.js';
import { isWebgpuBackend } from './webgpu/webgpuBackend.js';

const flag = 'STDP_KERNELS';
tf.env().registerFlag(flag, () => true);

/**
 * Turns the fused kernels on or off; off, everything runs as a composition of TensorFlow.js operations. Results agree to
 * rounding. Kernels are on by default, and step aside by themselves while a gradient is recorded.
 *
 * @throws {StdpError} when `on` is neither `true` nor `false`.
 * @example
 * useKernels(false);
 * kernelsInUse();   // => false
 * useKernels(true);
 */
export function useKernels(on: boolean, ...more: readonly never[]): void {
  nothingMore(more, 'useKernels', 'useKernels(on)');
  ensureIs(aFlag, on, 'useKernels', 'on');
  tf.env().set(flag, on);
}

/**
 * Whether fused kernels serve the present backend; `false` as long as there is none.
 *
 * @example
 * await useBackend('wasm');
 * kernelsInUse();   // => true
 */
export function kernelsInUse(...more: readonly never[]): boolean {
  nothingMore(more, 'kernelsInUse', 'kernelsInUse()');
  return backendKernels() !== undefined;
}

/** Whether what needs no tensors runs on kernels on this thread: they are on, and this is where the backend computes too. */
export function kernelsOnHost(): boolean {
  const backend = presentBackend();
  return tf.env().getBool(flag) && backend !== undefined && (isWasmBackend(backend) || isCpuBackend(backend));
}

/** The backend in use; `undefined` before one is chosen, which public functions refuse. */
function presentBackend(): tf.KernelBackend | undefined {
  try {
    return tf.engine().backend;
  } catch {
    return undefined;
  }
}

const found = new WeakMap<object, BackendKernels>();

/** The kernels of the present backend; `undefined` when the composition has to serve. */
export function backendKernels(): BackendKernels | undefined {
  if (!tf.env().getBool(flag) || tf.engine().isTapeOn()) return undefined;
  const backend = presentBackend();
  if (backend === undefined) return undefined;
  const known = found.get(backend);
  if (known !== undefined) return known;
  const kernels = kernelsOf(backend);
  if (kernels !== undefined) found.set(backend, kernels); // else they may still be loading
  return kernels;
}

/**
 * The backends that have kernels: each knows its own by what it looks like, and what it implements of {@link BackendKernels} stands
 * where it is made.
 */
const registry: readonly ((backend: object) => BackendKernels | undefined)[] = [
  (backend) => (isWasmBackend(backend) ? kernelsIn(wasmMemory(backend)) : undefined),
  (backend) => (isCpuBackend(backend) ? kernelsIn(cpuMemory(backend)) : undefined),
  (backend) => (isWebgpuBackend(backend) ? shaders.on(backend) : undefined),
];

/** What the first that knows a backend has for it. */
function kernelsOf(backend: object): BackendKernels | undefined {
  for (const kernels of registry) {
    const found = kernels(backend);
    if (found !== undefined) return found;
  }
  return undefined;
}

const kernelsIn = (memory: TensorMemory | undefined): BackendKernels | undefined => memory && memoryKernels(memory);
