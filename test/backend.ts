import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { afterAll, beforeAll } from 'vitest';
import { useBackend } from '../src/backends/useBackend.js';
import { useKernels } from '../src/kernels/tensors/current.js';
import { kernelsWanted, targetBackend } from './target.js';

tf.enableProdMode();

/** WebGPU does not throw what it finds wrong, and reading back may look right: it is gathered here. */
export const complaints: string[] = [];

beforeAll(async () => {
  if (typeof window === 'object') await findWasm();
  await useBackend(targetBackend);
  useKernels(kernelsWanted);
  if (targetBackend !== 'webgpu') return;
  tf.env().set('WEBGPU_CPU_FORWARD', false); // small tensors would be computed on the processor, and nothing be tested
  tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', 3); // small products would wait for 256 threads, in software twenty times as long
  const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
  device.onuncapturederror = ({ error }) => {
    complaints.push(error.message);
  };
});

afterAll(() => {
  if (complaints.length > 0) throw new Error(`WebGPU: ${complaints.splice(0).join('\n')}`);
});

/** In a browser tfjs's wasm files come from where Vite serves them. */
async function findWasm(): Promise<void> {
  const [{ setWasmPaths }, plain, simd, threaded] = await Promise.all([
    import('@tensorflow/tfjs-backend-wasm'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'),
  ]);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain.default,
    'tfjs-backend-wasm-simd.wasm': simd.default,
    'tfjs-backend-wasm-threaded-simd.wasm': threaded.default,
  });
}
