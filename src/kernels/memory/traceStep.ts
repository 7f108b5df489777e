import type * as tf from '@tensorflow/tfjs-core';
import type { TraceLaw } from '../laws.js';
import type { KernelSpace } from './space.js';

/** A trace one step later. Both tensors are float32 and of one shape. */
export function traceStep(space: KernelSpace, trace: tf.Tensor, spikes: tf.Tensor, law: TraceLaw): tf.Tensor {
  const { decay, height, nearest } = law;
  const [next] = space.create([trace, spikes], [trace.shape], 0, (kernels, [x, z], [out]) =>
    kernels.traceStep(trace.size, x, z, out, decay, height, nearest),
  );
  return next;
}
