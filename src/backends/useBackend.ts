import * as tf from '@tensorflow/tfjs-core';
import { ensure, StdpError, unreachable } from '../core/errors.js';

/** The backends that the library is tested on. */
export type BackendName = 'cpu' | 'wasm';

/** Their names, fastest first. */
export const backendNames: readonly BackendName[] = ['wasm', 'cpu'];

/**
 * Loads a backend and makes it the current one. Nothing but the backend asked for is loaded.
 *
 * @param name  `'wasm'` (SIMD; the fast one) or `'cpu'` (plain JavaScript, everywhere).
 * @throws {StdpError} when the name is unknown, or the backend can't start here (the message says why).
 * @example
 * await useBackend('cpu');
 * tf.getBackend();   // => 'cpu'
 */
export async function useBackend(name: BackendName): Promise<void> {
  ensure(
    backendNames.includes(name),
    'useBackend',
    'name',
    () => `must be one of ${backendNames.join(', ')}, got ${String(name)}`,
  );
  await load(name);
  const started = await tf.setBackend(name).catch((reason: unknown) => {
    throw new StdpError('useBackend', name, `could not start: ${reason instanceof Error ? reason.message : String(reason)}`);
  });
  ensure(started, 'useBackend', name, () => 'could not start here; try cpu');
  await tf.ready();
}

async function load(name: BackendName): Promise<unknown> {
  switch (name) {
    case 'cpu':
      return import('@tensorflow/tfjs-backend-cpu');
    case 'wasm':
      return import('@tensorflow/tfjs-backend-wasm');
    default:
      return unreachable(name);
  }
}
