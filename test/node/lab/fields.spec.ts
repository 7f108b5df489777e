import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digitFiles } from '../program.js';
import { contrastOf, expectAccessible, numberIn, patiently, untilReady, untilSeen } from './checks.js';
import { keep, missing, openLab, type Site } from './lab.js';
import { mainThreadDuring } from './mainThread.js';

const start = async (page: Page): Promise<void> => page.getByRole('button', { name: 'Start' }).click();
const pause = async (page: Page): Promise<void> => page.getByRole('button', { name: 'Pause' }).click();

describe.skipIf(missing)(`receptive fields${missing ? `: ${missing}` : ''}`, () => {
  let site: Site;
  beforeAll(async () => {
    site = await openLab();
  });
  afterAll(() => site.close());

  /** Starts, waits for an end, and watches the page meanwhile: it must stay awake. Tells how busy it was. */
  async function awakeUntil(page: Page, end: () => Promise<unknown>, name: string): Promise<number> {
    await untilReady(page);
    const { frames, longestTask, busy } = await mainThreadDuring(page, async () => {
      await start(page);
      await end();
    });
    const second = frames.length / (frames.reduce((sum, frame) => sum + frame, 0) / 1000);
    const [worst, task] = [Math.max(...frames), longestTask].map((ms) => `${ms.toFixed(0)} ms`);
    const rate = await numberIn(page, 'rate');
    console.log(
      `lab on wasm, ${name}: ${rate} images/s, ${second.toFixed(0)} frames/s, worst ${worst}, longest task ${task}, busy ${busy.toFixed(2)}`,
    );
    // By the clock on the wall frames depend on what else the machine does: they are told, the thread's own clock decides.
    expect(frames.length).toBeGreaterThan(0);
    expect(longestTask).toBeGreaterThan(0);
    expect(longestTask).toBeLessThan(100);
    return busy;
  }

  it('sharpen while the page stays awake, on wasm', { retry: 2 }, async () => {
    const { page, complaints } = await site.visit('#seed=2&pace=500');
    const busy = await awakeUntil(page, () => untilSeen(page, 2000), 'at 500 images/s');
    expect(busy).toBeLessThan(0.25); // a machine four times slower still has time for every frame
    await keep(page, 'fields-wasm');
    expect(await contrastOf(page, '.field-grid canvas')).toBeGreaterThan(150);
    await expectAccessible(page);
    await page.getByText(/All seen|Converged/).waitFor();
    expect(await numberIn(page, 'seen')).toBeGreaterThanOrEqual(2000);
    expect(complaints).toEqual([]);
  });

  it('sharpen at 500 images a second and more where the pace allows it', { retry: 2 }, async () => {
    const { page, complaints } = await site.visit('#seed=2&pace=max');
    await awakeUntil(page, () => page.getByText(/All seen|Converged/).waitFor(), 'as fast as possible');
    expect(await numberIn(page, 'rate')).toBeGreaterThan(500);
    expect(await contrastOf(page, '.field-grid canvas')).toBeGreaterThan(150);
    expect(complaints).toEqual([]);
  });

  it('grow at a pace that is chosen by keyboard, told, and kept in the link', async () => {
    const { page, complaints } = await site.visit('#pace=50');
    const pace = page.getByRole('slider', { name: 'Pace' });
    await pace.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await pace.getAttribute('aria-valuetext')).toBe('25 images a second');
    await expect.poll(() => page.url()).toContain('pace=25');
    await untilReady(page);
    await start(page);
    await untilSeen(page, 40);
    await expect.poll(() => numberIn(page, 'rate'), patiently).toBeLessThan(35); // after a pause of the machine it makes up for it
    await pace.focus();
    await page.keyboard.press('End');
    await page.getByText('as fast as possible').waitFor();
    await expect.poll(() => page.url()).toContain('pace=max');
    await page.getByText(/All seen|Converged/).waitFor();
    expect(await numberIn(page, 'rate')).toBeGreaterThan(100);
    expect(complaints).toEqual([]);
  });

  it('go on when the backend changes while they learn', async () => {
    const { page, complaints } = await site.visit('#pace=50');
    await untilReady(page);
    await start(page);
    await untilSeen(page, 5);
    for (const backend of ['webgpu', 'wasm']) {
      await page.getByLabel('Runs on').selectOption(backend);
      await expect.poll(() => page.getByLabel('Runs on').inputValue(), patiently).toBe(backend);
      await untilSeen(page, (await numberIn(page, 'seen')) + 5);
    }
    await pause(page);
    await page.getByRole('button', { name: 'Start' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('one image at a time: its winners are named and marked', async () => {
    const { page, complaints } = await site.visit();
    await page.getByRole('button', { name: 'One image' }).click();
    await untilSeen(page, 1);
    await page.getByRole('button', { name: 'One image' }).click();
    await untilSeen(page, 2);
    const told = (await page.locator('.last p').textContent())?.match(/\d+/g) ?? [];
    expect(told.length).toBeGreaterThan(0);
    expect(await page.locator('.field-grid li.won').count()).toBe(told.length);
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => numberIn(page, 'seen'), patiently).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('go on to the same weights when the backend changes: wasm, webgpu, cpu', async () => {
    const weightsAfter = async (backends: readonly string[]): Promise<readonly number[]> => {
      const { page, complaints } = await site.visit();
      for (const [index, backend] of backends.entries()) {
        await page.getByLabel('Runs on').selectOption(backend);
        await expect.poll(() => page.getByLabel('Runs on').inputValue(), patiently).toBe(backend);
        await page.getByRole('button', { name: 'One image' }).click();
        await untilSeen(page, index + 1);
        if (backend === 'webgpu') await keep(page, 'fields-webgpu');
      }
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save weights (JSON)' }).click();
      const saved = JSON.parse(await readFile(await (await download).path(), 'utf8'));
      expect(saved).toMatchObject({ format: 'tfjs-stdp lab 1', seed: 1, imagesSeen: 3 });
      expect(complaints).toEqual([]);
      return saved.weights.values;
    };
    const [switched, alone] = [await weightsAfter(['wasm', 'webgpu', 'cpu']), await weightsAfter(['wasm', 'wasm', 'wasm'])];
    expect(switched).toHaveLength(7 * 7 * 2 * 32);
    for (const [index, weight] of switched.entries()) expect(weight).toBeCloseTo(alone[index] ?? Number.NaN, 5);
  });

  it('learn from IDX files, packed ones too, dropped on the page', async () => {
    const { page, complaints } = await site.visit();
    const files = digitFiles(60, 30);
    await drop(page, {
      'train-images-idx3-ubyte.gz': gzipSync(files['train-images-idx3-ubyte'] ?? ''),
      'train-labels-idx1-ubyte': files['train-labels-idx1-ubyte'] ?? Buffer.of(),
    });
    await expect.poll(() => page.locator('[data-test=data]').textContent(), patiently).toBe('train-images-idx3-ubyte.gz');
    await page.getByRole('region', { name: 'Images' }).getByText('50 images').waitFor(); // a sixth is kept aside
    await start(page);
    await untilSeen(page, 60);
    await pause(page);
    await page.getByRole('button', { name: 'Generated digits' }).click();
    await expect.poll(() => page.locator('[data-test=data]').textContent(), patiently).toBe('generated digits');
    expect(complaints).toEqual([]);
  });

  it('can be saved as a picture', async () => {
    const { page } = await site.visit();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save picture (PNG)' }).click();
    const png = await readFile(await (await download).path());
    expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([8 * 92 - 8, 4 * 92 - 8]);
  });

  it.each([
    ['light', {}], // in README
    ['dark', { colorScheme: 'dark' }],
    ['phone', { viewport: { width: 380, height: 800 }, hasTouch: true, isMobile: true }],
  ] as const)('are readable: %s', async (name, options) => {
    const { page } = await site.visit('#pace=500', options);
    await start(page);
    await untilSeen(page, 1200);
    await pause(page);
    await keep(page, `fields-${name}`);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});

/** Drops files on the page as a person does. */
async function drop(page: Page, files: { readonly [name: string]: Buffer }): Promise<void> {
  const contents = Object.entries(files).map(([name, content]) => [name, [...content]] as const);
  const dataTransfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const [name, bytes] of given) transfer.items.add(new File([Uint8Array.from(bytes)], name));
    return transfer;
  }, contents);
  await page.getByRole('region', { name: 'Images' }).dispatchEvent('drop', { dataTransfer });
}
