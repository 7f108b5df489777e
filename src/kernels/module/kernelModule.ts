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
 * @param binary     the module with SIMD, as text: see byteText.ts.
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
      if (kernels !== undefined) memories.set(kernels, memory);
      return kernels;
    },
  };
}

const memories = new WeakMap<object, KernelMemory>();

/** All of the memory that kernels work on, by address / 4, for what is as fast in JavaScript; not for later, when it may have grown. */
export function floatsOf(kernels: object): Float32Array {
  const memory = memories.get(kernels);
  if (memory === undefined) throw new RangeError('these kernels have no memory');
  return new Float32Array(memory.buffer);
}
