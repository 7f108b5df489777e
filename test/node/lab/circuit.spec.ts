import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, numberIn, patiently } from './checks.js';
import { keep, missing, openLab, type Site } from './lab.js';

/** Ten neurons that twenty sources drive, of which each spike is one of an output: what is there can be counted. */
const small = {
  dt: 1,
  populations: {
    in: { size: 20, source: 'poisson', rate: 20 },
    out: { size: 10, neuron: 'lif', params: { receptors: { input: { tau: 0 } } } },
  },
  projections: { io: { from: 'in', to: 'out', weight: 2, rule: { rule: 'pairStdp', params: { wMin: 0, wMax: 4 } } } },
};

const addressOf = (circuit: object, more = ''): string =>
  `#panel=circuit${more}&circuit=${encodeURIComponent(JSON.stringify(circuit))}`;

/** How many pixels of the raster are spikes. */
const spikesDrawn = (page: Page): Promise<number> =>
  page.locator('canvas.raster').evaluate((canvas: HTMLCanvasElement) => {
    const { data = [] } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
    return data.filter((value, index) => index % 4 === 3 && value > 0).length;
  });

const untilTime = (page: Page, seconds: number): Promise<void> =>
  expect.poll(() => numberIn(page, 'circuit-time'), { timeout: 240_000 }).toBeGreaterThan(seconds);

describe.skipIf(missing)(`a circuit${missing ? `: ${missing}` : ''}`, () => {
  let site: Site;
  beforeAll(async () => {
    site = await openLab();
  });
  afterAll(() => site.close());

  it('fires at full rate, and is balanced once its synapses learn', async () => {
    const { page, complaints } = await site.visit('#panel=circuit');
    await page.getByLabel('Speed').selectOption('ten times, if it can');
    await page.getByRole('button', { name: 'Start' }).click();
    await untilTime(page, 0.5);
    await expect.poll(() => numberIn(page, 'rate-e'), patiently).toBeGreaterThan(100);
    expect(await spikesDrawn(page)).toBeGreaterThan(1000);
    await page.getByLabel('Synapses learn').check();
    expect(page.url()).toContain('learns=');
    await expect.poll(() => numberIn(page, 'rate-e'), { timeout: 240_000 }).toBeLessThan(30);
    await page.locator('[data-test=weights-ie]').getByRole('img').waitFor();
    await keep(page, 'circuit');
    await page.getByRole('button', { name: 'Pause' }).click();
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

  it('is restored by its address, changed by sliders and rules, and goes on meanwhile', async () => {
    const { page, complaints } = await site.visit(addressOf(small));
    await page.getByRole('button', { name: 'Start' }).click();
    await untilTime(page, 0.3);
    await expect.poll(() => numberIn(page, 'rate-in'), patiently).toBeGreaterThan(5);
    await page.getByLabel('in fires Hz', { exact: true }).fill('100');
    await page.keyboard.press('Tab');
    await expect.poll(() => numberIn(page, 'rate-in'), patiently).toBeGreaterThan(70);
    expect(decodeURIComponent(page.url())).toContain('"rate":100');
    const before = await numberIn(page, 'circuit-time');
    await page.getByLabel('io').selectOption('tripletStdp');
    await untilTime(page, before + 0.1);
    expect(decodeURIComponent(page.url())).toContain('"rule":{"rule":"tripletStdp","params":{"wMin":0,"wMax":4}}');
    await page.getByLabel('io').selectOption('pairStdp');
    await expect.poll(() => decodeURIComponent(page.url())).toContain('"rule":"pairStdp"');
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => numberIn(page, 'circuit-time'), patiently).toBeLessThan(before);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('is saved and opened; what is none is told in a line, and the one before goes on', async () => {
    const { page, complaints } = await site.visit(addressOf(small), { viewport: { width: 380, height: 800 } });
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    expect(JSON.parse(await readFile(await (await download).path(), 'utf8'))).toEqual(small);
    const open = (text: string): Promise<void> =>
      page.getByLabel('Open …').setInputFiles({ name: 'circuit.json', mimeType: '', buffer: Buffer.from(text) });
    await open('{"dt": 1,');
    await page.getByRole('alert').getByText('This is no JSON').waitFor();
    await open('[]');
    await page.getByRole('alert').getByText('needs a dt, and populations').waitFor();
    await open(JSON.stringify({ ...small, projections: { io: { ...small.projections.io, to: 'outt' } } }));
    await page.getByRole('alert').getByText('outt').waitFor();
    await open(JSON.stringify({ ...small, populations: { ...small.populations, in: { size: 5, source: 'poisson', rate: 50 } } }));
    await page.getByText('does not learn').first().waitFor({ state: 'attached' });
    await expect.poll(() => page.getByRole('alert').count(), patiently).toBe(0);
    await page.getByRole('button', { name: 'Start' }).click();
    await untilTime(page, 0.2);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(complaints).toEqual([]);
  });
});
