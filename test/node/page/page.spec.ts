import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isolation, withHeaders } from '../lab/checks.js';
import { missing, type Site, serve } from '../lab/lab.js';

/** What the page tells of its work on a backend. */
interface Told {
  readonly refused?: string;
  readonly used?: string;
  readonly kernels?: boolean;
  readonly weights?: readonly number[];
  readonly product?: number;
  readonly confusion?: readonly (readonly number[])[];
  readonly threads?: number;
}

const policy = (text: string) => ({ 'content-security-policy': `default-src 'self'; img-src data:; ${text}` });

describe.skipIf(missing)(`a page as Vite builds it for production${missing ? `: ${missing}` : ''}`, () => {
  let site: Site;
  beforeAll(async () => {
    const outDir = await mkdtemp(join(tmpdir(), 'tfjs-stdp-page-'));
    const warnings: string[] = [];
    await build({
      configFile: false,
      root: import.meta.dirname,
      base: './',
      logLevel: 'error',
      build: {
        outDir,
        emptyOutDir: true,
        target: 'es2022',
        chunkSizeWarningLimit: 5000,
        rolldownOptions: { onwarn: ({ message }) => warnings.push(message) },
      },
    });
    expect(warnings).toEqual([]);
    site = await serve(outDir, () => rm(outDir, { recursive: true, force: true }));
  });
  afterAll(() => site?.close());

  /** What the page comes to on a backend, and what it writes to the console meanwhile. */
  async function worked(
    backend: string,
    headers: { readonly [name: string]: string },
    before?: (page: Page) => Promise<unknown>,
  ) {
    const said: string[] = [];
    const { page, complaints } = await site.visit('', {
      before: async (fresh) => {
        fresh.on('console', (message) => said.push(message.text()));
        await withHeaders(headers)(fresh);
        await before?.(fresh);
      },
    });
    await page.getByText('Ready').waitFor();
    said.length = 0;
    const told = await page.evaluate(
      (name) => (window as unknown as { readonly work: (backend: string) => Promise<Told> }).work(name),
      backend,
    );
    const workers = page.workers().length;
    await page.close();
    return { told, said, complaints, workers };
  }

  const whole = { weights: expect.any(Array), kernels: true, product: 400 };
  const fallback = /^useBackend: wasm goes on with one thread; more could not start: .+$/;

  it('learns on wasm, and says nothing', async () => {
    const { told, said, complaints, workers } = await worked('wasm', {});
    expect(told).toMatchObject({ used: 'wasm', threads: 1, ...whole });
    expect({ said, complaints, workers }).toEqual({ said: [], complaints: [], workers: 0 });
  });

  it('that is cross-origin isolated learns with one thread, since its minified threads die: one line says so', async () => {
    const { told, said, complaints, workers } = await worked('wasm', isolation);
    expect(told).toMatchObject({ used: 'wasm', threads: 1, ...whole });
    expect(said).toEqual([expect.stringMatching(fallback)]);
    expect({ complaints, workers }).toEqual({ complaints: [], workers: 0 });
  });

  it('that is isolated and allows no workers made from text likewise', async () => {
    const headers = { ...isolation, ...policy("script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'") };
    const { told, said } = await worked('wasm', headers);
    expect(told).toMatchObject({ used: 'wasm', threads: 1, ...whole });
    expect(said.filter((line) => fallback.test(line))).toHaveLength(1);
  });

  it('that is isolated and has no workers likewise', async () => {
    const { told, said } = await worked('wasm', isolation, (page) =>
      page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker')),
    );
    expect(told).toMatchObject({ used: 'wasm', threads: 1, ...whole });
    expect(said.filter((line) => fallback.test(line))).toHaveLength(1);
  });

  it('that is isolated and lacks the file for threads likewise', async () => {
    const { told, said } = await worked('wasm', isolation, (page) =>
      page.route(/threaded-simd.*\.wasm/, (route) => route.fulfill({ status: 404 })),
    );
    expect(told).toMatchObject({ used: 'wasm', threads: 1, ...whole });
    expect(said.filter((line) => fallback.test(line))).toHaveLength(1);
  });

  it.each([
    ['forbids WebAssembly', policy("script-src 'self'")],
    ['forbids WebAssembly and is isolated', { ...isolation, ...policy("script-src 'self'") }],
  ])('that %s learns on cpu the same, and says what wasm would need', async (_, headers) => {
    const { told: allowed } = await worked('cpu', {});
    expect(allowed).toMatchObject({ used: 'cpu', ...whole });
    const { told } = await worked('cpu', headers);
    expect(told).toEqual(allowed);
    const { told: refused } = await worked('wasm', headers);
    expect(refused.refused).toMatch(
      /^StdpError: useBackend: wasm is forbidden by a policy: .*'wasm-unsafe-eval'; cpu works everywhere$/,
    );
  });
});
