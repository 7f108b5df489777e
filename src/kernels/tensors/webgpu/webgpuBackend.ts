import type * as tf from '@tensorflow/tfjs-core';

/** What is used of tfjs-backend-webgpu, some of it without a promise: whoever finds it missing goes without kernels. */
export interface WebgpuBackend extends tf.KernelBackend {
  runWebGPUProgram(
    program: object,
    inputs: readonly tf.TensorInfo[],
    dtype: tf.DataType,
    uniforms?: readonly { readonly type: string; readonly data: readonly number[] }[],
    output?: tf.TensorInfo,
  ): tf.TensorInfo;
  uploadToGPU(dataId: object): void;
  getBufferData(buffer: object): Promise<ArrayBuffer>;
  readonly tensorMap: { get(dataId: object): { values?: unknown; readonly resource?: object | null } };
}

/** Whether a backend is tfjs-backend-webgpu in the form that is known here. */
export function isWebgpuBackend(backend: object): backend is WebgpuBackend {
  const { runWebGPUProgram, uploadToGPU, getBufferData, tensorMap } = backend as Partial<WebgpuBackend>;
  return [runWebGPUProgram, uploadToGPU, getBufferData, tensorMap?.get].every((part) => typeof part === 'function');
}
