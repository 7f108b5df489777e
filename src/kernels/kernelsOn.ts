import type { KernelMemory } from './kernelMemory.js';
import { scalarKernels } from './scalar/index.js';
import type { Kernels } from './wasm/binary.js';
import { instantiate } from './wasm/module.js';

/** The kernels on a memory: SIMD, or where that is missing or not allowed the same arithmetic in plain TypeScript. */
export const kernelsOn = (memory: KernelMemory): Kernels => instantiate(memory) ?? scalarKernels(memory);
