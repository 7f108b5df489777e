import * as tf from '@tensorflow/tfjs-core';
import { ensure, StdpError } from '../core/errors.js';
import { messageOf } from '../core/show.js';
import type { BackendName } from './backendNames.js';

/** Seconds in which a backend has to start, its files and drivers loaded: more than the slowest of them take. */
const limit = 60;

/** What brings a backend that doesn't start, or what to take in its place. */
const wayOn: { readonly [name in BackendName]: string } = {
  webgpu: 'it needs a driver with Vulkan, Metal or Direct3D 12 (Linux without a card: SwiftShader); wasm works everywhere',
  wasm: 'it needs WebAssembly and its .wasm files (setWasmPaths of tfjs-stdp/wasm says where they are); cpu works everywhere',
  cpu: 'is there a second copy of tfjs-core? npm ls @tensorflow/tfjs-core tells',
  cuda: 'wasm works everywhere',
};

/** A backend that can't start, and a way on. */
export const refusal = (name: BackendName, problem: string, cause?: unknown): StdpError =>
  new StdpError('useBackend', name, `${problem}: ${wayOn[name]}`, { cause });

/**
 * What comes of a part of a backend's start.
 *
 * @throws {StdpError} when it takes longer than anything that still comes.
 */
export async function inTime<T>(name: BackendName, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(refusal(name, `has not started within ${limit} s`)), 1000 * limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Makes a registered backend the current one.
 *
 * @param registered  the name that tfjs knows it by.
 * @param failure     rejects when something else tells that it won't start.
 * @throws {StdpError} when it can't start, or doesn't in time: tfjs no longer waits for it then, and may be asked again.
 */
export async function start(name: BackendName, registered: string, failure?: Promise<never>): Promise<void> {
  const known = tf.findBackendFactory(registered) !== null;
  ensure(known, 'useBackend', name, () => 'registered no backend: it found nothing to run on, or another copy of tfjs-core');
  try {
    const starting = tf.setBackend(registered);
    const started = await inTime(name, failure === undefined ? starting : Promise.race([starting, failure]));
    if (!started) throw refusal(name, 'could not start');
  } catch (reason) {
    forgetStart(registered);
    throw reason instanceof StdpError ? reason : refusal(name, `could not start (${messageOf(reason)})`, reason);
  }
}

/** Has tfjs forget a start that has come to nothing. */
function forgetStart(registered: string): void {
  const { registry, registryFactory } = tf.engine();
  const entry = registryFactory[registered];
  if (registered in registry || entry === undefined) return;
  tf.removeBackend(registered);
  tf.registerBackend(registered, entry.factory, entry.priority);
}
