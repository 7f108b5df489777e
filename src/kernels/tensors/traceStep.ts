import type * as tf from '@tensorflow/tfjs-core';
import type { TraceConstants } from '../constants.js';
import type { TensorMemory } from './tensorMemory.js';

/** A trace one step later. Both tensors are float32 and of one shape. */
export function traceStep(memory: TensorMemory, trace: tf.Tensor, spikes: tf.Tensor, constants: TraceConstants): tf.Tensor {
  const { decay, height, nearest } = constants;
  const [next] = memory.create([trace, spikes], [trace.shape], 0, (kernels, [x, z], [out]) =>
    kernels.traceStep(trace.size, x, z, out, decay, height, nearest),
  );
  return next;
}
