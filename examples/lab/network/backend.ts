import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threads from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import { type BackendName, useBackend } from 'tfjs-stdp';

const absolute = (url: string): string => new URL(url, import.meta.url).href;

setWasmPaths({
  'tfjs-backend-wasm.wasm': absolute(plain),
  'tfjs-backend-wasm-simd.wasm': absolute(simd),
  'tfjs-backend-wasm-threaded-simd.wasm': absolute(threads),
});

/** The graphics device went away: what was being computed on it never comes. */
export class DeviceLost extends Error {}

const never = new Promise<never>(() => {});
let lost = never;
let isLost = false;

/** Makes a backend the current one, with a new device in place of a lost one. */
export async function switchBackend(name: BackendName): Promise<void> {
  if (name === 'webgpu' && isLost) renew();
  await useBackend(name);
  lost = name === 'webgpu' ? watched() : never;
}

/** The result of a piece of work on the current backend. @throws {DeviceLost} where its device goes away meanwhile. */
export const unlessLost = <T>(work: Promise<T>): Promise<T> => Promise.race([work, lost]).catch(sayIfLost);

/** What fails on a device that is going away may be heard of before its loss. */
async function sayIfLost(reason: unknown): Promise<never> {
  await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, 200))]);
  throw reason;
}

function watched(): Promise<never> {
  const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
  const gone = device.lost.then(({ message }): never => {
    isLost = true;
    throw new DeviceLost(message);
  });
  gone.catch(() => {}); // nobody may be computing just then
  return gone;
}

/** tfjs keeps the instance with the lost device; here it makes another one at the next use. */
function renew(): void {
  const factory = tf.findBackendFactory('webgpu');
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', factory);
  isLost = false;
}
