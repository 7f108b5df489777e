import { ensure, StdpError } from '../core/errors.js';
import { messageOf } from '../core/show.js';
import { type Importer, importPackage } from './importer.js';
import { refusal } from './start.js';

/** Whether this browser, or what was set up before, offers WebGPU. */
export const hasWebgpu = (): boolean => gpuOf(globalThis.navigator) !== undefined;

const gpuOf = (navigator: unknown): unknown => (navigator as { readonly gpu?: unknown } | undefined)?.gpu ?? undefined;

/**
 * Makes tfjs's WebGPU backend known. In Node the package `webgpu` (Dawn) stands in for the browser.
 *
 * @throws {StdpError} when there is no WebGPU.
 */
export async function loadWebgpu(load: Importer = importPackage): Promise<void> {
  if (!hasWebgpu()) await bringDawn(load);
  await checkAdapter();
  await import('@tensorflow/tfjs-backend-webgpu'); // looks for navigator.gpu when it is loaded, and never again
}

/** Asks before tfjs does, which would take none for one. */
async function checkAdapter(): Promise<void> {
  const gpu = gpuOf(globalThis.navigator) as { requestAdapter(): Promise<unknown> };
  const adapter = await gpu.requestAdapter().catch((reason: unknown) => {
    throw refusal('webgpu', `has no graphics adapter (${messageOf(reason)})`, reason);
  });
  if (!adapter) throw refusal('webgpu', 'found no graphics adapter');
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
      `needs the package webgpu in Node (npm install webgpu@0.6.2): ${messageOf(reason)}; wasm works without it`,
      { cause: reason },
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
