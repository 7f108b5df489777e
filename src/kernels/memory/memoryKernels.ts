import type { FusedKernels } from '../fused.js';
import { applyChange } from './applyChange.js';
import { layerSeries } from './layerSeries.js';
import { pairSeries } from './pairSeries.js';
import { pairStep } from './pairStep.js';
import type { KernelSpace } from './space.js';
import { traceStep } from './traceStep.js';

/** The kernels of a backend whose tensors lie in a memory that WebAssembly sees, or can be brought there. */
export const memoryKernels = (space: KernelSpace): FusedKernels => ({
  traceStep: (...given) => traceStep(space, ...given),
  applyChange: (...given) => applyChange(space, ...given),
  pairStep: (...given) => pairStep(space, ...given),
  pairSeries: (...given) => pairSeries(space, ...given),
  layerSeries: (...given) => layerSeries(space, ...given),
  // Whole networks run on kernels without tensors there.
  firstSpikes: () => undefined,
});
