import type * as tf from '@tensorflow/tfjs-core';
import { applyChange } from './applyChange.js';
import type { BackendKernels } from './backendKernels.js';
import { isWithinReach } from './change.js';
import { pairSeries } from './pairSeries.js';
import { pairStep } from './pairStep.js';
import { canHold, type TensorMemory } from './tensorMemory.js';

/**
 * The kernels of a backend whose tensors lie in a memory that WebAssembly sees, or can be brought there. What is too large for
 * that memory, or for its scratch, is left to the composition of operations.
 */
export function memoryKernels(memory: TensorMemory) {
  const holds = (...tensors: readonly tf.Tensor[]): boolean => canHold(memory, tensors);
  return {
    memory,
    traceStep: (trace, spikes, { decay, height, nearest }) => {
      if (!holds(trace, spikes)) return undefined;
      const [next] = memory.create([trace, spikes], [trace.shape], 0, (kernels, [x, z], [out]) =>
        kernels.traceStep(trace.size, x, z, out, decay, height, nearest),
      );
      return next;
    },
    applyChange: (w, terms, sizes, ...rest) =>
      holds(w) && isWithinReach(sizes, terms.plus.length + terms.minus.length)
        ? applyChange(memory, w, terms, sizes, ...rest)
        : undefined,
    pairStep: (tensors, sizes, ...rest) =>
      holds(tensors.w) && isWithinReach(sizes, 2) ? pairStep(memory, tensors, sizes, ...rest) : undefined,
    pairSeries: (tensors, sizes, constants) =>
      holds(tensors.w, tensors.pre, tensors.post) && isWithinReach(sizes, 2)
        ? pairSeries(memory, tensors, sizes, constants)
        : undefined,
  } satisfies BackendKernels;
}
