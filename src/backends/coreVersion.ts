import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import type { BackendName } from './backendNames.js';

/**
 * The oldest TensorFlow.js that each backend works with. package.json asks npm for the least of them. Later browsers, and Dawn,
 * lack what WebGPU's backend of an older one calls when it starts (`requestAdapterInfo`).
 */
export const leastCore: { readonly [name in BackendName]: string } = {
  cpu: '4.6.0',
  wasm: '4.6.0',
  webgpu: '4.22.0',
  cuda: '4.22.0',
};

/**
 * Refuses a TensorFlow.js that is too old for a backend, before something in it fails that says less.
 *
 * @param version  of tfjs-core. Default: of the one in use.
 * @throws {StdpError} when it is older than what {@link leastCore} has.
 */
export function checkCoreVersion(name: BackendName, version: string = tf.version_core): void {
  const least = leastCore[name];
  const [major = 0, minor = 0] = numbers(version);
  const [leastMajor = 0, leastMinor = 0] = numbers(least);
  const isNew = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  const others = `npm install @tensorflow/tfjs-core@^${least}, and its backends or @tensorflow/tfjs of the same version`;
  ensure(isNew, 'useBackend', name, () => `needs TensorFlow.js ${least} or later, this is ${version}: ${others}`);
}

const numbers = (version: string): readonly number[] => version.split('.').map(Number);
