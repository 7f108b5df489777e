import * as tf from '@tensorflow/tfjs-core';
import { ensure, StdpError } from '../core/errors.js';
import { type Importer, importPackage } from './importer.js';

const packageName = '@tensorflow/tfjs-node-gpu';

/**
 * Makes libtensorflow's backend known, which runs on an NVIDIA card. It takes no kernels of our own: everything is a
 * composition of operations there.
 *
 * @returns the name that tfjs knows it by.
 * @throws {StdpError} when the package is missing, does not load, or finds no card.
 */
export async function loadCuda(load: Importer = importPackage): Promise<string> {
  const where = 'useBackend';
  await load(packageName).catch((reason: unknown) => {
    const { code, message } = reason as { readonly code?: string; readonly message?: string };
    const missing = code === 'ERR_MODULE_NOT_FOUND' && message?.includes(packageName) === true;
    const why = missing
      ? `needs the package ${packageName} (npm install ${packageName}; Linux or Windows, Node up to 22, CUDA 11 and cuDNN 8)`
      : `found ${packageName}, but its libtensorflow does not load: ${message?.split('\n')[0]}. Node up to 22 and CUDA 11 are needed`;
    throw new StdpError(where, 'cuda', why);
  });
  const backend = tf.engine().findBackend('tensorflow') as { readonly isUsingGpuDevice?: boolean } | null;
  ensure(
    backend !== null,
    where,
    'cuda',
    () => `found ${packageName}, but it registered no backend; is there a second copy of tfjs-core?`,
  );
  const card = 'found no NVIDIA card that CUDA can use, and would run on the processor; wasm is faster there';
  ensure(backend.isUsingGpuDevice === true, where, 'cuda', () => card);
  return 'tensorflow';
}
