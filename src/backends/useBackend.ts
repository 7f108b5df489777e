import * as tf from '@tensorflow/tfjs-core';
import { ensure, StdpError, unreachable } from '../core/errors.js';
import { tensorsOf } from '../core/trees.js';
import { loadCuda } from './cuda.js';
import { hasWebgpu, loadWebgpu } from './webgpu.js';

/** The backends that the library knows. */
export type BackendName = 'webgpu' | 'wasm' | 'cpu' | 'cuda';

/** Their names. */
export const backendNames: readonly BackendName[] = ['webgpu', 'wasm', 'cpu', 'cuda'];

/**
 * The backend to use where nothing else is said: `'webgpu'` in a browser that has it, else `'wasm'`.
 *
 * @example
 * preferredBackend();   // => 'wasm'
 */
export const preferredBackend = (): BackendName => (hasWebgpu() ? 'webgpu' : 'wasm');

/**
 * Loads a backend and makes it the current one. Nothing but the backend asked for is loaded.
 *
 * | name | what it is | needs |
 * |---|---|---|
 * | `webgpu` | kernels on the graphics card | a browser with WebGPU; in Node the package `webgpu` |
 * | `wasm` | SIMD kernels on the processor | nothing |
 * | `cpu` | plain JavaScript, with the same kernels beside it | nothing |
 * | `cuda` | an NVIDIA card through libtensorflow; no kernels of our own | Node, the package `@tensorflow/tfjs-node-gpu` |
 *
 * @param name   default {@link preferredBackend}.
 * @param carry  tensors that live on: a tensor, or arrays and records of them. Their values go to the new backend; any other
 *               tensor on a WebGPU backend can't be read any more once another one is in use.
 * @throws {StdpError} when the name is unknown, or the backend can't start here: the message says why and what would bring it.
 *                     The backend before stays in use then.
 * @example
 * await useBackend('cpu');
 * const w = tf.tensor1d([1, 2]);
 * await useBackend('wasm', { w });
 * tf.getBackend();   // => 'wasm'
 * w.print();         // => [1, 2]
 */
export async function useBackend(name: BackendName = preferredBackend(), carry?: unknown): Promise<void> {
  const known = `must be one of ${backendNames.join(', ')}, got ${String(name)}`;
  ensure(backendNames.includes(name), 'useBackend', 'name', () => known);
  const luggage = tensorsOf(carry);
  await Promise.all(luggage.map((tensor) => tensor.data())); // WebGPU answers no other way, and not once it has been left
  const before = tf.engine().backendName;
  const registered = await load(name);
  const started = await tf.setBackend(registered).catch((reason: unknown) => {
    throw new StdpError('useBackend', name, `could not start: ${reason instanceof Error ? reason.message : String(reason)}`);
  });
  if (!started) {
    if (before) await tf.setBackend(before);
    throw new StdpError('useBackend', name, refusals[name]);
  }
  await tf.ready();
  for (const { dataId } of luggage) tf.engine().moveData(tf.engine().backend, dataId);
}

/** Loads what a backend needs; answers the name that tfjs knows it by. */
async function load(name: BackendName): Promise<string> {
  switch (name) {
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      return 'cpu';
    case 'wasm':
      await import('@tensorflow/tfjs-backend-wasm');
      return 'wasm';
    case 'webgpu':
      await loadWebgpu();
      return 'webgpu';
    case 'cuda':
      return loadCuda();
    default:
      return unreachable(name);
  }
}

const refusals: { readonly [name in BackendName]: string } = {
  webgpu:
    'found no graphics adapter: it needs a driver with Vulkan, Metal or Direct3D 12 (Linux without a card: SwiftShader); wasm works everywhere',
  wasm: 'could not start: it needs WebAssembly and its .wasm files (setWasmPaths of @tensorflow/tfjs-backend-wasm says where they are); cpu works everywhere',
  cpu: 'could not start',
  cuda: 'could not start; wasm works everywhere',
};
