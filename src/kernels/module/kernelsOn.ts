import { Heap } from '../scalar/heap.js';
import { scalarKernels } from '../scalar/index.js';
import type { Kernels } from './binary.js';
import { instantiate } from './instantiate.js';
import type { KernelMemory } from './kernelMemory.js';

const heaps = new WeakMap<Kernels, Heap>();

/** The kernels on a memory: SIMD, or where that is missing or not allowed the same arithmetic in plain TypeScript. */
export function kernelsOn(memory: KernelMemory): Kernels {
  const kernels = instantiate(memory) ?? scalarKernels(memory);
  heaps.set(kernels, new Heap(memory));
  return kernels;
}

/** The memory that kernels work on, for what is as fast in JavaScript. */
export function heapOf(kernels: Kernels): Heap {
  const heap = heaps.get(kernels);
  if (heap === undefined) throw new RangeError('these kernels have no memory');
  return heap;
}
