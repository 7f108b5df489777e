import * as tf from '@tensorflow/tfjs-core';
import { ensure, unreachable } from '../core/errors.js';
import { nothingMore } from '../core/params/nothingMore.js';
import { show } from '../core/show.js';
import { ruleKernels } from '../kernels/module/ruleKernels.js';
import { shaders } from '../kernels/tensors/webgpu/shaders.js';
import { type BackendName, backendNames } from './backendNames.js';
import { carriedTensors, moveAll, readAll } from './carried.js';
import { checkCoreVersion } from './coreVersion.js';
import { loadCuda } from './cuda.js';
import { inTime, start } from './start.js';
import { startWasm } from './wasm.js';
import { hasWebgpu, loadWebgpu } from './webgpu.js';

export { type BackendName, backendNames } from './backendNames.js';

/**
 * The backend to use where nothing else is said: `'webgpu'` in a browser that has it, else `'wasm'`.
 *
 * @example
 * preferredBackend();   // => 'wasm'
 */
export const preferredBackend = (): BackendName => (hasWebgpu() ? 'webgpu' : 'wasm');

/**
 * Loads a backend, with our kernels for it, and makes it the current one. Nothing but the backend asked for is loaded. Asked for several at once, it takes
 * them one after the other. What hasn't started after a minute is given up.
 * Where there is no SIMD it brings the kernels in JavaScript for `wasm` and `cpu`; a backend that was set by hand goes without there.
 *
 * | name | what it is | needs |
 * |---|---|---|
 * | `webgpu` | kernels on the graphics card | a browser with WebGPU; in Node the package `webgpu` |
 * | `wasm` | SIMD kernels on the processor | nothing; threads on a page that is cross-origin isolated |
 * | `cpu` | plain JavaScript, with the same kernels beside it | nothing |
 * | `cuda` | an NVIDIA card through libtensorflow; no kernels of our own | Node, the package `@tensorflow/tfjs-node-gpu` |
 *
 * @param name   default {@link preferredBackend}.
 * @param carry  what lives on: a tensor, or arrays and records of them, and of objects with `carry()`, such as the classes of
 *               `tfjs-stdp/learners`. Values go to the new backend; any other
 *               tensor on a WebGPU backend can't be read any more once another one is in use.
 * @throws {StdpError} when the name is unknown, TensorFlow.js is too old for it (before 4.6, for `webgpu` before 4.22), `carry`
 *                     holds a disposed tensor or something that is none of these, or the backend can't start here: the message
 *                     says why and what would bring it. The backend before stays in use then.
 * @example
 * await useBackend('cpu');
 * const w = tf.tensor1d([1, 2]);
 * await useBackend('wasm', { w });
 * tf.getBackend();   // => 'wasm'
 * w.print();         // => [1, 2]
 */
export function useBackend(name: BackendName = preferredBackend(), carry?: unknown, ...more: readonly never[]): Promise<void> {
  const mine = turns.then(() => {
    nothingMore(more, 'useBackend', 'useBackend(name, carry)');
    return change(name, carry);
  });
  turns = mine.catch(() => undefined);
  return mine;
}

/** Backends are changed one after the other, in the order in which that was asked for. */
let turns: Promise<void> = Promise.resolve();

async function change(name: BackendName, carry: unknown): Promise<void> {
  const given = typeof name === 'string' ? name : show(name);
  ensure(backendNames.includes(name), 'useBackend', 'name', () => `must be one of ${backendNames.join(', ')}, got ${given}`);
  checkCoreVersion(name);
  const tensors = carriedTensors(carry);
  const read = await readAll(tensors);
  const before = tf.engine().backendName;
  try {
    await begin(name);
  } catch (reason) {
    if (before && before !== tf.engine().backendName && before in tf.engine().registry) await tf.setBackend(before);
    throw reason;
  }
  moveAll(read);
}

/** Loads what a backend needs, and starts it. */
async function begin(name: BackendName): Promise<void> {
  switch (name) {
    case 'cpu':
      await inTime(name, Promise.all([import('@tensorflow/tfjs-backend-cpu'), ruleKernels.ready()]));
      return start(name, 'cpu');
    case 'wasm':
      await inTime(name, ruleKernels.ready());
      return startWasm();
    case 'webgpu':
      await inTime(name, Promise.all([loadWebgpu(), shaders.ready()]));
      return start(name, 'webgpu');
    case 'cuda':
      return start(name, await inTime(name, loadCuda()));
    default:
      return unreachable(name);
  }
}
