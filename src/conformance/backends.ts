import * as tf from '@tensorflow/tfjs-core';
import { type BackendName, backendNames } from '../backends/backendNames.js';
import { useBackend } from '../backends/useBackend.js';
import { StdpError } from '../core/errors.js';
import { messageOf } from '../core/show.js';

/** Another backend than the one in use: `cpu` starts everywhere, `wasm` nearly so. */
export async function othersAtHand(): Promise<readonly string[]> {
  const other = tf.getBackend() === 'cpu' ? 'wasm' : 'cpu';
  try {
    await using(other, async () => undefined);
    return [other];
  } catch (reason) {
    const problem = `are not compared: ${other} is not at hand (${messageOf(reason)}); backends: [] leaves this law out`;
    throw new StdpError('laws', 'backends', problem, { cause: reason });
  }
}

/** Computes on a backend and comes back to the one in use, whatever happens. */
export async function using<T>(name: string | undefined, compute: () => Promise<T>): Promise<T> {
  const before = tf.getBackend();
  await change(name ?? before);
  try {
    return await compute();
  } finally {
    await change(before);
  }
}

/** Whoever registered a backend knows how it starts; the library starts those that nobody did. */
async function change(name: string): Promise<void> {
  if (tf.getBackend() === name) return;
  const registered = tf.engine().findBackendFactory(name) !== null;
  const known = backendNames.find((one): one is BackendName => one === name);
  if (!registered && known !== undefined) await useBackend(known);
  else if (!registered || !(await tf.setBackend(name)))
    throw new StdpError('laws', 'backends', `${name} is not there, or doesn't start`);
}
