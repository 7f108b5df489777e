import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as Bundle from '../../src/entries/bundle.js';
import { contrastOf, isolated, patiently } from './lab/checks.js';
import { missing, type Site, serve } from './lab/lab.js';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

describe(`the bundle${missing ? `, not in a page: ${missing}` : ''}`, () => {
  let folder = '';
  let site: Site;
  const readBundle = (name: string): Promise<Buffer> => readFile(join(folder, 'dist', 'bundle', name));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tfjs-stdp-bundle-'));
    await cp(join(root, 'examples', 'plain'), join(folder, 'examples', 'plain'), { recursive: true });
    const { stdout } = await run('node', ['scripts/bundle.mjs', join(folder, 'dist', 'bundle')], { cwd: root });
    console.log(stdout);
    if (missing === undefined) site = await serve(folder);
  });
  afterAll(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is one module, another for WebGPU, three for where there is no SIMD, with the wasm files; it imports nothing by a bare name', async () => {
    expect((await readdir(join(folder, 'dist', 'bundle'))).sort()).toEqual([
      'kernels-circuits.js',
      'kernels-networks.js',
      'kernels-rules.js',
      'tfjs-backend-wasm-simd.wasm',
      'tfjs-backend-wasm-threaded-simd.wasm',
      'tfjs-backend-wasm.wasm',
      'tfjs-stdp.js',
      'webgpu.js',
    ]);
    const names = ['kernels-circuits.js', 'kernels-networks.js', 'kernels-rules.js', 'tfjs-stdp.js', 'webgpu.js'];
    const texts = await Promise.all(names.map(readBundle));
    const imported = texts.flatMap((text) =>
      Array.from(text.toString().matchAll(/(?<!["'`])\b(?:from|import)\s*\(?\s*["'`]([^"'`]+)["'`]/g), ([, name = '']) => name),
    );
    expect([...new Set(imported)].sort()).toEqual(names.map((name) => `./${name}`));
  });

  it('weighs what README says', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    const told = /(\d+) kB \((\d+) kB gzipped\), WebGPU's backend (\d+) kB more/.exec(readme)?.slice(1).map(Number) ?? [];
    const [all, webgpu] = [await readBundle('tfjs-stdp.js'), await readBundle('webgpu.js')];
    const weights = [all, gzipSync(all), webgpu].map(({ length }) => length / 1000);
    expect(told).toHaveLength(3);
    for (const [index, weight] of weights.entries()) expect(Math.abs((told[index] ?? 0) / weight - 1)).toBeLessThan(0.1);
  });

  it.skipIf(missing).each([
    ['plain', {}],
    ['cross-origin isolated', { before: isolated }],
  ])('learns receptive fields in a %s page', async (_kind, options) => {
    const { page, complaints } = await site.visit('examples/plain/index.html', options);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe('before' in options);
    await page.getByText('Learned from').waitFor(patiently);
    const [images, convergence] = (await page.getByRole('status').innerText()).match(/[\d.]+(?= digits|$)/g) ?? [];
    expect(Number(images)).toBeGreaterThan(1000);
    expect(Number(convergence)).toBeLessThan(0.1);
    expect(await page.locator('canvas').count()).toBe(32);
    expect(await contrastOf(page, 'canvas')).toBeGreaterThan(150);
    expect(complaints).toEqual([]);
  });

  /** Makes `window.stdp`, once the page has chosen its backend. */
  async function loadBundle(page: Page): Promise<void> {
    await page.getByText('Learned from').waitFor(patiently);
    const content = `import * as stdp from '${site.url}dist/bundle/tfjs-stdp.js'; Object.assign(window, { stdp });`;
    await page.addScriptTag({ type: 'module', content });
    await page.waitForFunction(() => 'stdp' in window);
  }

  it.skipIf(missing).each(['cpu', 'webgpu', 'wasm'] as const)('computes on %s', async (backend) => {
    const { page, complaints } = await site.visit('examples/plain/index.html');
    await loadBundle(page);
    const { used, changes } = await page.evaluate(async (name) => {
      const { stdp } = window as unknown as { readonly stdp: typeof Bundle };
      await stdp.useBackend(name);
      const window_ = await stdp.stdpWindow(stdp.pairStdp({}), { range: 3 });
      return { used: stdp.tf.getBackend(), changes: [...window_.changes] };
    }, backend);
    expect(used).toBe(backend);
    expect(changes[0]).toBeLessThan(0);
    expect(changes.at(-1)).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  it.skipIf(missing)('keeps a checkpoint while the page is loaded again', async () => {
    const { page, complaints } = await site.visit('examples/plain/index.html');
    await loadBundle(page);
    await page.evaluate(async () => {
      const { stdp } = window as unknown as { readonly stdp: typeof Bundle };
      await stdp.saveState('my run', { step: 7, w: stdp.tf.tensor1d([0.5, 1 / 3]) });
    });
    await page.reload();
    await loadBundle(page);
    const back = await page.evaluate(async () => {
      const { stdp } = window as unknown as { readonly stdp: typeof Bundle };
      const kept = await stdp.loadState<{ readonly step: number; readonly w: Bundle.tf.Tensor }>('my run');
      return [kept?.step, ...((await kept?.w.data()) ?? [])];
    });
    expect(back).toEqual([7, 0.5, Math.fround(1 / 3)]);
    expect(complaints).toEqual([]);
  });
});
