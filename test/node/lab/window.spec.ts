import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright';
import { createServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ruleNames } from '../../../src/entries/everything.js';
import { expectAccessible, patiently } from './checks.js';
import { keep, missing, openLab, type Site } from './lab.js';

/** What the plot says of itself. */
const told = async (page: Page): Promise<string> =>
  (await page.locator('.window .figure svg').getAttribute('aria-label', patiently)) ?? '';

describe.skipIf(missing)(`the window${missing ? `: ${missing}` : ''}`, () => {
  let site: Site;
  beforeAll(async () => {
    site = await openLab();
  });
  afterAll(() => site.close());

  it('of every rule is drawn, with the controls that its parameters ask for', async () => {
    const { page, complaints } = await site.visit('#panel=window');
    await told(page);
    expect(await page.getByLabel('Rule', { exact: true }).locator('option').allTextContents()).toEqual(ruleNames);
    const seen = new Map<string, string>();
    for (const rule of ruleNames) {
      await page.getByLabel('Rule', { exact: true }).selectOption(rule);
      await expect.poll(() => page.locator('.rule .hint').textContent()).not.toBe('');
      await expect.poll(() => page.locator('.params .param').count()).toBeGreaterThan(2);
      seen.set(rule, await page.locator('.formula').innerText());
    }
    expect(seen.size).toBe(ruleNames.length);
    expect(complaints).toEqual([]);
  });

  it('follows its sliders, and a link restores it', async () => {
    const { page, complaints } = await site.visit('#panel=window&seed=7');
    const before = await told(page);
    await page.getByLabel('tauPre, slider').focus();
    for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowRight');
    await page.getByLabel('weightDependence').selectOption('soft');
    await page.getByLabel('weight before the pair, slider').fill('0.25');
    await expect.poll(() => told(page), patiently).not.toBe(before);
    for (const part of ['p.tauPre=55', 'p.weightDependence=soft', '&w=0.25'])
      await expect.poll(() => page.url(), patiently).toContain(part);
    const copy = await site.visit(new URL(page.url()).hash);
    await expect.poll(async () => (await told(copy.page)) === (await told(page)), patiently).toBe(true);
    expect(await copy.page.getByLabel('tauPre ms').inputValue()).toBe('55');
    expect(await copy.page.getByLabel('weightDependence').inputValue()).toBe('soft');
    await copy.page.getByRole('tab', { name: 'Receptive fields' }).click();
    expect(await copy.page.getByLabel('Seed').inputValue()).toBe('7');
    expect([...complaints, ...copy.complaints]).toEqual([]);
  });

  it.each([
    ['rule=nonesuch', 'there is no rule nonesuch, pairStdp is shown'],
    ['p.tauPrae=5', 'pairStdp has no parameter tauPrae'],
    ['p.weightDependence=steep', "weightDependence can't be steep"],
    ['p.tauPre=long', "tauPre can't be long"],
    ['seed=-1', 'seed=-1 is no integer of 0 or more'],
    ['range=wide', 'range=wide is no number above 0'],
  ])('an address that says %s is told so', async (part, message) => {
    const { page } = await site.visit(`#panel=window&${part}`);
    await expect.poll(() => page.getByRole('alert').textContent(), patiently).toContain(message);
  });

  it('tells which parameters the symbols of its formula are, and what each does to who comes by keyboard', async () => {
    const { page } = await site.visit('#panel=window');
    await expect.poll(() => page.getByText('η: etaPlus, etaMinus').count(), patiently).toBe(1);
    await page.getByLabel('tauPre, slider').focus();
    expect(await page.locator('#param-tauPre-help').isVisible()).toBe(true);
    expect(await page.locator('#param-tauPre-help').textContent()).not.toBe('');
    expect(await page.locator('#param-tauPost-help').isVisible()).toBe(false);
  });

  it('says what a rule refuses, and goes on from there', async () => {
    const { page } = await site.visit('#panel=window');
    await told(page);
    await page.getByLabel('tauPre ms').fill('-3');
    await page.keyboard.press('Tab');
    await page.getByText('tauPre must be a positive number of ms, got -3').waitFor();
    await page.getByRole('button', { name: 'Defaults' }).click();
    await expect.poll(() => page.getByRole('alert').count(), patiently).toBe(0);
  });

  it('of a rewarded rule turns round with the reward', async () => {
    const { page } = await site.visit('#panel=window&rule=mstdp');
    const rewarded = await told(page);
    await page.getByLabel('reward', { exact: true }).fill('-1');
    await page.keyboard.press('Tab');
    await expect.poll(() => told(page), patiently).not.toBe(rewarded);
  });

  it('can be saved: parameters and picture', async () => {
    const { page } = await site.visit('#panel=window&rule=symmetricStdp&p.alpha=0.5');
    await told(page);
    const json = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save parameters (JSON)' }).click();
    const saved = JSON.parse(await readFile(await (await json).path(), 'utf8'));
    expect(saved).toMatchObject({ rule: 'symmetricStdp', params: { alpha: 0.5, tauPre: 20 }, topology: { type: 'dense' } });
    const picture = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save picture (PNG)' }).click();
    const png = await readFile(await (await picture).path());
    expect(png.readUInt32BE(16)).toBeGreaterThan(1000);
    expect(png.length).toBeGreaterThan(5000);
  });

  it('is drawn by the development server of `npm run lab` too', async () => {
    const cacheDir = await mkdtemp(join(tmpdir(), 'tfjs-stdp-vite-'));
    const configFile = resolve(import.meta.dirname, '../../../examples/lab/vite.config.ts');
    const server = await createServer({ configFile, cacheDir, logLevel: 'error', server: { port: 0, host: '127.0.0.1' } });
    try {
      await server.listen();
      const { page } = await site.visit('#panel=window');
      const drawn = await told(page);
      await page.goto(`${server.resolvedUrls?.local[0]}#panel=window`);
      expect(await told(page)).toBe(drawn);
    } finally {
      await server.close();
      await rm(cacheDir, { recursive: true, force: true });
    }
  });

  it.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['phone', { viewport: { width: 380, height: 800 }, hasTouch: true, isMobile: true }],
  ] as const)('is readable: %s', async (name, options) => {
    const { page, complaints } = await site.visit('#panel=window&p.integration=exact&p.tauPre=20', options);
    await told(page);
    await keep(page, `window-${name}`);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(complaints).toEqual([]);
  });
});
