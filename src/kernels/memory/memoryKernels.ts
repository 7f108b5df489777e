import type * as tf from '@tensorflow/tfjs-core';
import type { FusedKernels } from '../fused.js';
import { applyChange } from './applyChange.js';
import { isWithinReach } from './change.js';
import { layerSeries } from './layerSeries.js';
import { pairSeries } from './pairSeries.js';
import { pairStep } from './pairStep.js';
import type { KernelSpace } from './space.js';
import { traceStep } from './traceStep.js';

/** Bytes of tensors that are copied for the work, at most. */
const mostCopied = 2 ** 31;

/**
 * The kernels of a backend whose tensors lie in a memory that WebAssembly sees, or can be brought there. What is too large for
 * that memory, or for its scratch, is left to the composition of operations.
 */
export function memoryKernels(space: KernelSpace): FusedKernels {
  const holds = (...tensors: readonly tf.Tensor[]): boolean =>
    !space.copies || tensors.reduce((bytes, { size }) => bytes + 8 * size, 0) < mostCopied;
  return {
    traceStep: (trace, spikes, law) => (holds(trace, spikes) ? traceStep(space, trace, spikes, law) : undefined),
    applyChange: (w, terms, sizes, ...rest) =>
      holds(w) && isWithinReach(sizes, terms.plus.length + terms.minus.length)
        ? applyChange(space, w, terms, sizes, ...rest)
        : undefined,
    pairStep: (tensors, sizes, ...rest) =>
      holds(tensors.w) && isWithinReach(sizes, 2) ? pairStep(space, tensors, sizes, ...rest) : undefined,
    pairSeries: (tensors, sizes, law) =>
      holds(tensors.w, tensors.pre, tensors.post) && isWithinReach(sizes, 2) ? pairSeries(space, tensors, sizes, law) : undefined,
    layerSeries: (layer, train, law) => (holds(layer.w, train) ? layerSeries(space, layer, train, law) : undefined),
    // Whole networks run on kernels without tensors there.
    firstSpikes: () => undefined,
  };
}
