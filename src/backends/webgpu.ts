import { ensure, StdpError } from '../core/errors.js';
import { type Importer, importPackage } from './importer.js';

/** Whether this browser, or what was set up before, offers WebGPU. */
export const hasWebgpu = (): boolean => gpuOf(globalThis.navigator) !== undefined;

const gpuOf = (navigator: unknown): unknown => (navigator as { readonly gpu?: unknown } | undefined)?.gpu;

/**
 * Makes tfjs's WebGPU backend known. In Node the package `webgpu` (Dawn) stands in for the browser.
 *
 * @throws {StdpError} when there is no WebGPU.
 */
export async function loadWebgpu(load: Importer = importPackage): Promise<void> {
  if (!hasWebgpu()) await bringDawn(load);
  await import('@tensorflow/tfjs-backend-webgpu'); // looks for navigator.gpu when it is loaded, and never again
}

async function bringDawn(load: Importer): Promise<void> {
  const inNode = typeof process === 'object' && process.versions?.node !== undefined;
  ensure(
    inNode,
    'useBackend',
    'webgpu',
    () => 'is not in this browser; Chrome, Edge, Safari 26 and Firefox 141 have it. wasm works',
  );
  const { create, globals } = await (load('webgpu') as Promise<Dawn>).catch((reason: unknown) => {
    throw new StdpError(
      'useBackend',
      'webgpu',
      `needs the package webgpu in Node (npm install webgpu@0.6.2): ${messageOf(reason)}`,
    );
  });
  Object.assign(globalThis, globals);
  if (globalThis.navigator === undefined)
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true, writable: true });
  Object.defineProperty(globalThis.navigator, 'gpu', { value: create([]), configurable: true });
}

/** What is used of the package webgpu. */
interface Dawn {
  create(options: readonly string[]): unknown;
  readonly globals: object;
}

const messageOf = (reason: unknown): string => (reason instanceof Error ? (reason.message.split('\n')[0] ?? '') : String(reason));
