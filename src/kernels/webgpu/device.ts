import * as tf from '@tensorflow/tfjs-core';
import { forgetReadings } from './overwritten.js';
import { programOf, type Shader } from './shader.js';

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

/** Runs a shader; answers its output as a new tensor. */
export function run(backend: WebgpuBackend, shader: Shader, inputs: readonly tf.TensorInfo[]): tf.Tensor {
  const info = backend.runWebGPUProgram(programOf(shader), inputs, 'float32', uniformsOf(shader));
  return tf.engine().makeTensorFromTensorInfo(info);
}

/** Runs a shader that overwrites a tensor: it reads and writes `result`. */
export function runInPlace(backend: WebgpuBackend, shader: Shader, inputs: readonly tf.TensorInfo[], target: tf.Tensor): void {
  backend.uploadToGPU(target.dataId);
  backend.runWebGPUProgram(programOf(shader), inputs, 'float32', uniformsOf(shader), target);
  forgetReadings(backend, target.dataId);
}

const uniformsOf = ({ uniforms = {} }: Shader) =>
  Object.entries(uniforms).map(([name, value]) => ({
    type: name.startsWith('n') ? 'int32' : 'float32',
    data: [value],
  }));
