import type { Kernels } from '../wasm/binary.js';
import { Heap } from './heap.js';
import { scalarTraces } from './traces.js';

/** The kernels in plain TypeScript on a memory, where WebAssembly has no SIMD: the same float32 arithmetic, slower. */
export function scalarKernels(memory: WebAssembly.Memory): Kernels {
  const heap = new Heap(memory);
  return { ...scalarTraces(heap) } as Kernels;
}
