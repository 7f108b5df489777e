import type * as tf from '@tensorflow/tfjs-core';
import type { KernelSpace } from './space.js';

/** One trace in numbers: x' = decay·x + height·z; with `nearest` a spike replaces what was there. */
export interface TraceLaw {
  readonly decay: number;
  readonly height: number;
  readonly nearest: boolean;
}

/** A trace one step later. Both tensors are float32 and of one shape. */
export function fusedTraceStep(space: KernelSpace, trace: tf.Tensor, spikes: tf.Tensor, law: TraceLaw): tf.Tensor {
  const { decay, height, nearest } = law;
  const [next] = space.create([trace, spikes], [trace.shape], 0, (kernels, [x, z], [out]) =>
    kernels.traceStep(trace.size, x, z, out, decay, height, nearest),
  );
  return next;
}
