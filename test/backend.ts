import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { afterAll, beforeAll } from 'vitest';
import { type BackendName, useBackend } from '../src/backends/useBackend.js';
import { useKernels } from '../src/kernels/current.js';

tf.enableProdMode();

/** WebGPU does not throw what it finds wrong, and reading back may look right: it is gathered here. */
const complaints: string[] = [];

beforeAll(async () => {
  await useBackend((process.env['BACKEND'] ?? 'cpu') as BackendName);
  useKernels(process.env['KERNELS'] !== 'off');
  if (tf.getBackend() !== 'webgpu') return;
  tf.env().set('WEBGPU_CPU_FORWARD', false); // small tensors would be computed on the processor, and nothing be tested
  const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
  device.onuncapturederror = ({ error }) => {
    complaints.push(error.message);
  };
});

afterAll(() => {
  if (complaints.length > 0) throw new Error(`WebGPU: ${complaints.join('\n')}`);
});
