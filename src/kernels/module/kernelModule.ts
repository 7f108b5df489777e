import { Heap } from './heap.js';
import type { KernelMemory } from './kernelMemory.js';
import { vectorModule } from './vectorModule.js';

/** Kernels that were compiled together: with SIMD, and as JavaScript for where that is missing or not allowed. */
export interface KernelModule<Kernels> {
  /** Loads what is needed here; nothing where there is SIMD. */
  readonly ready: () => Promise<void>;
  /** Whether they can be had: where there is no SIMD, once {@link ready} is done. */
  readonly isReady: () => boolean;
  /** The kernels on a memory; `undefined` while they can't be had, and on a memory that SIMD can't take. */
  readonly on: (memory: KernelMemory) => Kernels | undefined;
}

/** The kernels on a memory, in JavaScript: the same arithmetic, slower. */
export type PlainKernels<Kernels> = (memory: KernelMemory) => Kernels;

/**
 * @param binary     the module with SIMD, two digits a byte.
 * @param loadPlain  brings the JavaScript, which is no part of what is loaded at first.
 */
export function kernelModule<Kernels extends object>(
  binary: string,
  loadPlain: () => Promise<{ readonly plainKernels: PlainKernels<Kernels> }>,
): KernelModule<Kernels> {
  const vectors = vectorModule<Kernels>(binary);
  let plain: PlainKernels<Kernels> | undefined;
  return {
    ready: async () => {
      if (plain === undefined && !vectors.isAvailable()) plain = (await loadPlain()).plainKernels;
    },
    isReady: () => plain !== undefined || vectors.isAvailable(),
    on: (memory) => {
      const kernels = vectors.on(memory) ?? plain?.(memory);
      if (kernels !== undefined) heaps.set(kernels, new Heap(memory));
      return kernels;
    },
  };
}

const heaps = new WeakMap<object, Heap>();

/** The memory that kernels work on, for what is as fast in JavaScript. */
export function heapOf(kernels: object): Heap {
  const heap = heaps.get(kernels);
  if (heap === undefined) throw new RangeError('these kernels have no memory');
  return heap;
}
