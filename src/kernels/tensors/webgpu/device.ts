import * as tf from '@tensorflow/tfjs-core';
import { forgetReadings } from './overwritten.js';
import { programOf, type Shader } from './shader.js';
import type { WebgpuBackend } from './webgpuBackend.js';

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
