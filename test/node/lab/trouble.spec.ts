import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodePng } from '../../../src/io/fields/png.js';
import { idx } from '../program.js';
import { isolated, isolation, numberIn, patiently, untilReady, untilSeen, withHeaders } from './checks.js';
import { keep, missing, openLab, type Site } from './lab.js';

/** A page in a browser that lacks something. */
const without =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await page.addInitScript((missingName) => Reflect.deleteProperty(globalThis, missingName), name);
  };

describe.skipIf(missing)(`what goes wrong is told, with a way on${missing ? `: ${missing}` : ''}`, () => {
  let site: Site;
  beforeAll(async () => {
    site = await openLab();
  });
  afterAll(() => site.close());

  it('a lost graphics device: the weights go on, on wasm or on a new device', async () => {
    const { page, complaints } = await site.visit();
    await untilReady(page);
    const [worker] = page.workers();
    await worker?.evaluate(() => {
      const request = GPUAdapter.prototype.requestDevice;
      GPUAdapter.prototype.requestDevice = async function (...wishes) {
        const device = await request.apply(this, wishes);
        Object.assign(globalThis, { device });
        return device;
      };
    });
    const loseDevice = () => worker?.evaluate(() => (globalThis as unknown as { readonly device: GPUDevice }).device.destroy());
    await page.getByLabel('Runs on').selectOption('webgpu');
    await expect.poll(() => page.getByLabel('Runs on').inputValue(), patiently).toBe('webgpu');
    await page.getByRole('button', { name: 'Start' }).click();
    await untilSeen(page, 2);
    await loseDevice();
    await page.getByText('The graphics device was lost').waitFor();
    const seen = await numberIn(page, 'seen');
    await keep(page, 'lost-device');
    await page.getByRole('button', { name: 'Try WebGPU again' }).click();
    await page.getByRole('button', { name: 'One image' }).click();
    await untilSeen(page, seen + 1);
    await loseDevice();
    await page.getByRole('button', { name: 'One image' }).click();
    await page.getByRole('button', { name: 'Continue on wasm' }).click();
    await expect.poll(() => page.getByLabel('Runs on').inputValue(), patiently).toBe('wasm');
    await page.getByRole('button', { name: 'Start' }).click();
    await untilSeen(page, seen + 20);
    expect(complaints.filter((text) => !/device|WebGPU/i.test(text))).toEqual([]);
  });

  it('a browser without WebGPU: wasm stays in use', async () => {
    const { page } = await site.visit();
    await untilReady(page);
    await page.workers()[0]?.evaluate(() => Object.defineProperty(navigator, 'gpu', { value: undefined, configurable: true }));
    await page.getByLabel('Runs on').selectOption('webgpu');
    await page.getByRole('alert').getByText('WebGPU').or(page.getByRole('alert').getByText('webgpu')).waitFor();
    expect(await page.getByLabel('Runs on').inputValue()).toBe('wasm');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('button', { name: 'One image' }).click();
    await untilSeen(page, 1);
  });

  it('a browser without WebAssembly: plain JavaScript serves, and it is said', async () => {
    const { page } = await site.visit('', {
      before: without('WebAssembly'),
    });
    await page.getByText('This browser has no WebAssembly with SIMD').waitFor();
    await page.getByRole('button', { name: 'One image' }).click({ timeout: 240_000 });
    await untilSeen(page, 1);
    expect(await page.getByLabel('Runs on').inputValue()).toBe('cpu');
    await keep(page, 'no-wasm');
  });

  it('a cross-origin isolated page: TensorFlow.js has threads there', async () => {
    const { page, complaints } = await site.visit('#pace=max', { before: isolated });
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await untilReady(page);
    expect(await page.getByLabel('Runs on').inputValue()).toBe('wasm');
    await page.getByRole('button', { name: 'Start' }).click();
    await untilSeen(page, 1000);
    expect(complaints).toEqual([]);
  });

  it('a cross-origin isolated page whose policy allows no workers made from text: it learns on one thread, and says so', async () => {
    const policy = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";
    const said: string[] = [];
    const { page } = await site.visit('#pace=max', {
      before: async (fresh) => {
        fresh.on('console', (message) => said.push(message.text()));
        await withHeaders({ ...isolation, 'content-security-policy': policy })(fresh);
      },
    });
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await untilReady(page);
    expect(await page.getByLabel('Runs on').inputValue()).toBe('wasm');
    await page.getByRole('button', { name: 'Start' }).click();
    await untilSeen(page, 100);
    expect(said.filter((line) => line.startsWith('useBackend: wasm goes on with one thread'))).not.toEqual([]);
  });

  it('a browser without workers', async () => {
    const { page } = await site.visit('', {
      before: without('Worker'),
    });
    await page.getByText('This browser has no module workers').waitFor();
    expect(await page.getByText('This browser has no module workers').count()).toBe(1);
    await keep(page, 'no-workers');
  });

  it.each([
    ['a text', { 'notes.txt': Buffer.from('hello, this is text') }, 'notes.txt holds no rows of features and a class'],
    ['of no kind', { 'notes.bin': Buffer.of(1, 2, 3) }, 'notes.bin is of no kind that is known, or damaged; read are IDX files'],
    ['a damaged archive', { 'mine.npz': Buffer.of(0x50, 0x4b, 3, 4, 0, 0) }, 'mine.npz'],
    [
      'a picture, and nothing is trained yet',
      { 'seven.png': encodePng(28, 28, new Uint8Array(784)) },
      'seven.png can be told once the network is trained and its read-out fitted; to learn from pictures, drop a folder',
    ],
    ['a damaged picture', { 'seven.png': encodePng(28, 28, new Uint8Array(784)).subarray(0, 20) }, 'seven.png is damaged'],
    ['half a file', { images: idx([5, 28, 28], new Uint8Array(100)) }, 'images is truncated'],
    [
      'a damaged gzip file',
      { 'images.gz': Buffer.of(0x1f, 0x8b, 8, 0, 1, 2, 3) },
      'images.gz is a truncated or corrupt gzip file',
    ],
    ['labels without images', { labels: idx([3], new Uint8Array(3)) }, 'hold labels only'],
    [
      'labels of other images',
      { images: idx([1, 28, 28], new Uint8Array(784)), labels: idx([3], new Uint8Array(3)) },
      'labels holds 3 labels, images holds 1 images',
    ],
  ])('a bad file: %s; the images stay as they are', async (_name, files, message) => {
    const { page, complaints } = await site.visit();
    await untilReady(page);
    const given = Object.entries<Buffer>(files).map(([name, buffer]) => ({ name, buffer, mimeType: '' }));
    await page.getByLabel('Choose files').setInputFiles(given);
    await page.getByRole('alert').getByText(message).waitFor();
    expect(await page.locator('[data-test=data]').textContent()).toBe('generated digits');
    await page.getByRole('button', { name: 'One image' }).click();
    await untilSeen(page, 1);
    expect(complaints).toEqual([]);
  });
});
