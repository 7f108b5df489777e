import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellsOf } from '../../../docs/.vitepress/cells/program.js';
import { docs } from '../docs/site.js';
import { expectAccessible, patiently } from './checks.js';
import { missing, type Site, serve } from './lab.js';

const script = new URL('../../../scripts/docs/site.mjs', import.meta.url);
const { buildSite, installSite } = (await import(script.href)) as {
  readonly buildSite: (outDir: string, base: string) => Promise<void>;
  readonly installSite: () => Promise<void>;
};
const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/;
const tutorial = 'tutorials/what-stdp-is';

describe.skipIf(missing)(`the site${missing ? `: ${missing}` : ''}`, () => {
  let folder = '';
  let site: Site | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tfjs-stdp-site-'));
    const installed = await installSite().then(
      () => true,
      (error) => {
        if (offline.test(String(error))) return false;
        throw error;
      },
    );
    if (!installed) return;
    await buildSite(folder, '/some/where/');
    site = await serve(folder);
  });
  afterAll(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const cell = (page: Page, number: number) => page.getByRole('region', { name: `Cell ${number}`, exact: true });
  const run = (page: Page, number: number) => cell(page, number).getByRole('button', { name: 'Run' }).click();
  const word = (page: Page, number: number) => cell(page, number).getByRole('status');
  const change = (page: Page, number: number, code: string) => cell(page, number).getByRole('textbox').fill(code);

  it('runs the cells of its first tutorial to what the page says, on a page of at most 150 kB, gzipped', async ({ skip }) => {
    if (site === undefined) return skip('the package registry is not reachable');
    const sizes: Promise<number>[] = [];
    const weigh = (response: Response) => void sizes.push(response.body().then((body) => gzipSync(body).length));
    const before = async (page: Page): Promise<void> => void page.on('response', weigh);
    const { page, complaints } = await site.visit(`${tutorial}.html`, { before });
    await page.waitForLoadState('networkidle');
    page.off('response', weigh);
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(150_000);
    await run(page, 2);
    await word(page, 2).filter({ hasText: 'Done' }).waitFor(patiently);
    const printed = await page.locator('.cell .printed').allInnerTexts();
    const told = cellsOf(await readFile(join(docs, `${tutorial}.md`), 'utf8')).map(({ prints }) => prints);
    expect(`${printed.join('\n')}\n`).toBe(told.join(''));
    await cell(page, 2).getByRole('img', { name: 'The window of pairStdp' }).waitFor(patiently);
    await expectAccessible(page, '.vp-doc'); // around it stand VitePress's own buttons
    expect(complaints).toEqual([]);
  });

  it('tells where an error is, and stops what goes on for ever', async ({ skip }) => {
    if (site === undefined) return skip('the package registry is not reachable');
    const { page } = await site.visit(`${tutorial}.html`);
    for (const [code, told] of [
      ['const a = 1;\nconst b = ;', 'SyntaxError: Unexpected token (line 2)'],
      ["import { useBackend } from 'tfjs-stdp';\n\nnothing();", 'ReferenceError: nothing is not defined (line 3)'],
      ["import 'node:fs';", "no 'node:fs' in a page: cells import tfjs-stdp, its paths, and @tensorflow/tfjs-core (line 1)"],
    ] as const) {
      await change(page, 1, code);
      await run(page, 1);
      await word(page, 1).filter({ hasText: told }).waitFor(patiently);
    }
    await change(page, 1, 'for (;;);');
    await run(page, 1);
    await cell(page, 1).getByRole('button', { name: 'Stop' }).click(patiently);
    expect(await word(page, 1).innerText()).toBe('Stopped');
  });

  it('keeps in its address what was changed', async ({ skip }) => {
    if (site === undefined) return skip('the package registry is not reachable');
    const { page, complaints } = await site.visit(`${tutorial}.html`);
    const text = cell(page, 1).getByRole('textbox');
    const original = await text.inputValue();
    await change(page, 1, "console.log('ü', 1);");
    await cell(page, 1).getByRole('button', { name: 'Share' }).click();
    await word(page, 1).filter({ hasText: 'The address holds this code' }).waitFor(patiently);
    await page.reload();
    await expect.poll(() => text.inputValue()).toBe("console.log('ü', 1);");
    await cell(page, 1).getByRole('button', { name: 'Reset' }).click();
    expect(await text.inputValue()).toBe(original);
    expect(complaints).toEqual([]);
  });
});
