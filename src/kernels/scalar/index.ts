import type { KernelMemory } from '../kernelMemory.js';
import type { Kernels } from '../wasm/binary.js';
import { scalarApplyMany } from './applyMany.js';
import { scalarApplyOne } from './applyOne.js';
import { scalarCompetitive } from './competitive.js';
import { scalarCorrelation } from './correlate.js';
import { Heap } from './heap.js';
import { scalarLatency } from './latency/latency.js';
import { scalarLaw } from './law.js';
import { scalarReadout } from './readout.js';
import { scalarNeurons, scalarScanLayer } from './scanLayer.js';
import { scalarScanPairs } from './scanPairs.js';
import { scalarTraces } from './traces.js';
import { scalarWords } from './words.js';

/** The kernels in plain TypeScript on a memory, where WebAssembly is missing or has no SIMD: the same float32 arithmetic, slower. */
export function scalarKernels(memory: KernelMemory): Kernels {
  const heap = new Heap(memory);
  const law = scalarLaw();
  const steps = { ...scalarTraces(heap), ...scalarApplyOne(heap, law), ...scalarNeurons(heap) };
  return {
    setLaw: law.setLaw,
    ...scalarWords(heap),
    ...steps,
    ...scalarScanPairs(steps),
    ...scalarScanLayer(heap, steps),
    ...scalarApplyMany(heap, law),
    ...scalarCorrelation(heap, law),
    ...scalarCompetitive(heap),
    ...scalarLatency(heap),
    ...scalarReadout(heap),
  };
}
