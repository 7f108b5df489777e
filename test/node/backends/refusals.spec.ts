import { execFileSync } from 'node:child_process';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { loadCuda } from '../../../src/backends/cuda.js';
import type { Importer } from '../../../src/backends/importer.js';
import { useBackend } from '../../../src/backends/useBackend.js';
import { loadWebgpu } from '../../../src/backends/webgpu.js';

const failing =
  (message: string, code?: string): Importer =>
  () =>
    Promise.reject(Object.assign(new Error(message), { code }));

/** A package that registers a backend when it is loaded, as tfjs-node-gpu does. */
const registering =
  (isUsingGpuDevice: boolean): Importer =>
  async () => {
    if (tf.findBackendFactory('tensorflow')) tf.removeBackend('tensorflow');
    tf.registerBackend('tensorflow', () => ({ isUsingGpuDevice, dispose: () => {} }) as unknown as tf.KernelBackend);
  };

beforeAll(() => useBackend('cpu'));

describe('a backend that is not there says why in a line, and the one before stays', () => {
  const refused = async (attempt: Promise<unknown>, message: string) => {
    await expect(attempt).rejects.toThrow(new RegExp(`^useBackend: ${message}.*$`));
    expect(tf.getBackend()).toBe('cpu');
    expect((await tf.add(1, 2).data())[0]).toBe(3);
  };

  it('cuda: the package is missing', () =>
    refused(
      loadCuda(failing("Cannot find package '@tensorflow/tfjs-node-gpu' imported from x", 'ERR_MODULE_NOT_FOUND')),
      'cuda needs the package @tensorflow/tfjs-node-gpu \\(npm install @tensorflow/tfjs-node-gpu;',
    ));

  it('cuda: in a plain program, without the package', () => {
    const library = new URL('../../../dist/index.js', import.meta.url).href;
    const program = `import(${JSON.stringify(library)}).then(({ useBackend }) => useBackend('cuda')).catch(({ message }) => console.log(message))`;
    expect(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' })).toMatch(
      /^useBackend: cuda needs the package @tensorflow\/tfjs-node-gpu.*\n$/,
    );
  });

  it('cuda: its library does not load', () =>
    refused(
      loadCuda(failing('libcudart.so.11.0: cannot open shared object file\nRequire stack: …')),
      'cuda found @tensorflow/tfjs-node-gpu, but its libtensorflow does not load: libcudart.so.11.0: cannot open',
    ));

  it('cuda: another copy of tfjs has it', () =>
    refused(
      loadCuda(async () => {}),
      'cuda found @tensorflow/tfjs-node-gpu, but it registered no backend',
    ));

  it('cuda: there is no card', () => refused(loadCuda(registering(false)), 'cuda found no NVIDIA card'));

  it('cuda: there is a card', async () => {
    expect(await loadCuda(registering(true))).toBe('tensorflow');
    tf.removeBackend('tensorflow');
  });

  it('webgpu: Node lacks the package', () =>
    refused(
      loadWebgpu(failing("Cannot find package 'webgpu'\nat x")),
      "webgpu needs the package webgpu in Node \\(npm install webgpu@0.6.2\\): Cannot find package 'webgpu'",
    ));

  it('webgpu: no browser and no Node', async () => {
    vi.stubGlobal('process', undefined);
    const attempt = loadWebgpu();
    vi.unstubAllGlobals();
    await refused(attempt, 'webgpu is not in this browser; .* wasm works');
  });

  it('webgpu: there is no adapter', async () => {
    vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => null } });
    await refused(useBackend('webgpu'), 'webgpu found no graphics adapter: it needs a driver with Vulkan, .* wasm works');
    vi.unstubAllGlobals();
  });

  it('webgpu: its adapter fails', async () => {
    vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.reject(new Error('no driver')) } });
    await refused(useBackend('webgpu'), 'webgpu has no graphics adapter \\(no driver\\): it needs a driver .* wasm works');
    vi.unstubAllGlobals();
  });

  /** Lets a minute pass once there is somebody who waits for it. */
  const aMinuteAfter = async (attempt: Promise<unknown>, begun: () => boolean): Promise<void> => {
    let settled = false;
    const noted = attempt
      .catch(() => undefined)
      .then(() => {
        settled = true;
      });
    while (!settled && !begun()) await new Promise((turn) => setImmediate(turn));
    vi.advanceTimersByTime(60_000);
    await noted;
  };

  it('webgpu: its driver does not answer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    vi.stubGlobal('navigator', { gpu: { requestAdapter: () => new Promise(() => {}) } });
    const attempt = useBackend('webgpu');
    await aMinuteAfter(attempt, () => vi.getTimerCount() > 0);
    vi.useRealTimers();
    vi.unstubAllGlobals();
    await refused(attempt, 'webgpu has not started within 60 s: it needs a driver .* wasm works');
  });

  it('wasm: it does not start, nor say so; the next attempt begins anew', async () => {
    await import('@tensorflow/tfjs-backend-wasm');
    const { factory, priority } = tf.engine().registryFactory['wasm'] ?? expect.unreachable();
    tf.removeBackend('wasm');
    tf.registerBackend('wasm', () => new Promise(() => {}), priority);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const attempt = useBackend('wasm');
    await aMinuteAfter(attempt, () => tf.engine().backendName === 'wasm');
    vi.useRealTimers();
    await refused(attempt, 'wasm has not started within 60 s: it needs WebAssembly and its .wasm files .* cpu works everywhere');
    tf.removeBackend('wasm');
    tf.registerBackend('wasm', factory, priority);
    await useBackend('wasm');
    expect((await tf.add(1, 2).data())[0]).toBe(3);
    await useBackend('cpu');
    tf.removeBackend('wasm');
    tf.registerBackend('wasm', factory, priority);
  });

  it('wasm: its start throws', async () => {
    const { factory, priority } = tf.engine().registryFactory['wasm'] ?? expect.unreachable();
    tf.removeBackend('wasm');
    tf.registerBackend('wasm', () => Promise.reject(new Error('broken')), priority);
    await refused(useBackend('wasm'), 'wasm could not start: it needs WebAssembly and its .wasm files .* cpu works everywhere');
    tf.removeBackend('wasm');
    tf.registerBackend('wasm', factory, priority);
  });

  it('wasm: there is no WebAssembly', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    const attempt = refused(useBackend('wasm'), 'wasm could not start: it needs WebAssembly .* cpu works everywhere');
    await attempt.finally(() => vi.unstubAllGlobals());
  });

  it('a backend that another copy of tfjs registered', async () => {
    const { factory, priority } = tf.engine().registryFactory['wasm'] ?? expect.unreachable();
    tf.removeBackend('wasm');
    await refused(useBackend('wasm'), 'wasm registered no backend: it found nothing to run on, or another copy of tfjs-core');
    tf.registerBackend('wasm', factory, priority);
  });

  it('wasm: its files are not where it looks', async () => {
    setWasmPaths('/nowhere/');
    await refused(useBackend('wasm'), 'wasm could not start: it needs WebAssembly and its .wasm files \\(setWasmPaths');
  });
});
