import type { Kernels } from '../module/binary.js';
import type { KernelMemory } from '../module/kernelMemory.js';
import { scalarApplyMany } from './change/applyMany.js';
import { scalarApplyOne } from './change/applyOne.js';
import { scalarChange } from './change/change.js';
import { scalarCompetitive } from './competitive.js';
import { scalarCorrelation } from './correlate.js';
import { Heap } from './heap.js';
import { scalarLatency } from './latency/latency.js';
import { scalarReadout } from './readout.js';
import { scalarNeurons, scalarScanLayer } from './scanLayer.js';
import { scalarScanPairs } from './scanPairs.js';
import { scalarTraces } from './traces.js';
import { scalarVectors } from './vectors.js';
import { scalarWords } from './words.js';

/** The kernels in plain TypeScript on a memory, where WebAssembly is missing or has no SIMD: the same float32 arithmetic, slower. */
export function scalarKernels(memory: KernelMemory): Kernels {
  const heap = new Heap(memory);
  const change = scalarChange();
  const steps = { ...scalarTraces(heap), ...scalarApplyOne(heap, change), ...scalarNeurons(heap) };
  return {
    setChange: change.setChange,
    ...scalarWords(heap),
    ...steps,
    ...scalarScanPairs(steps),
    ...scalarScanLayer(heap, steps),
    ...scalarApplyMany(heap, change),
    ...scalarCorrelation(heap, change),
    ...scalarCompetitive(heap),
    ...scalarLatency(heap),
    ...scalarReadout(heap),
    ...scalarVectors(heap, change),
  };
}
