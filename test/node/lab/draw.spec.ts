import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, numberIn, patiently, untilReady, untilSeen } from './checks.js';
import { keep, missing, openLab, type Site } from './lab.js';

/** Draws a one, from the top to the bottom of the pad, by mouse. */
async function drawOne(page: Page): Promise<void> {
  const box = await page.getByRole('application').boundingBox();
  if (box === null) throw new Error('The pad is not there.');
  await page.mouse.move(box.x + 0.52 * box.width, box.y + 0.15 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.48 * box.width, box.y + 0.85 * box.height, { steps: 12 });
  await page.mouse.up();
}

describe.skipIf(missing)(`draw and classify${missing ? `: ${missing}` : ''}`, () => {
  let site: Site;
  beforeAll(async () => {
    site = await openLab();
  });
  afterAll(() => site.close());

  it('trains, fits, and reads a one that was drawn by mouse', async () => {
    const { page, complaints } = await site.visit('#panel=draw');
    await page.getByText('not trained yet').waitFor();
    await page.getByRole('button', { name: 'Train it' }).click();
    await expect.poll(() => page.locator('[data-test=accuracy]').count(), { timeout: 240_000 }).toBe(1);
    expect(await numberIn(page, 'accuracy')).toBeGreaterThan(85);
    await drawOne(page);
    await page.getByText('The answer is').or(page.getByLabel('The answer is 1')).first().waitFor();
    expect(await page.locator('output.answer').textContent()).toBe('1');
    expect(await page.locator('.mosaic canvas').count()).toBe(16);
    expect(await page.locator('.strongest li').count()).toBeGreaterThan(1);
    expect(await page.getByLabel(/Raster of \d{2,} spikes in 15 steps/).count()).toBe(1);
    await keep(page, 'draw-light');
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await keep(page, 'draw-dark');
    await expectAccessible(page);
    await page.setViewportSize({ width: 380, height: 800 });
    await keep(page, 'draw-phone');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await page.locator('output.answer').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('shows spikes and features on webgpu as on wasm', async () => {
    const { page, complaints } = await site.visit('#seed=3');
    await page.getByRole('button', { name: 'One image' }).click();
    await untilSeen(page, 1);
    await page.getByRole('tab', { name: 'Draw and classify' }).click();
    await page.getByRole('button', { name: 'Example' }).click();
    const raster = page.getByLabel(/Raster of/);
    await raster.waitFor();
    const [spikes, maps] = [await raster.getAttribute('aria-label'), await page.locator('.strongest').innerText()];
    await page.getByRole('tab', { name: 'Receptive fields' }).click();
    await page.getByLabel('Runs on').selectOption('webgpu');
    await expect.poll(() => page.getByLabel('Runs on').inputValue(), patiently).toBe('webgpu');
    await page.getByRole('tab', { name: 'Draw and classify' }).click();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('button', { name: 'Example' }).click();
    expect(await raster.getAttribute('aria-label')).toBe(spikes);
    expect(await page.locator('.strongest').innerText()).toBe(maps);
    await keep(page, 'draw-webgpu');
    expect(complaints).toEqual([]);
  });

  it('is drawn by keyboard, and added to the training set', async () => {
    const { page, complaints } = await site.visit();
    await untilReady(page);
    await page.getByRole('tab', { name: 'Receptive fields' }).focus();
    await page.keyboard.press('ArrowLeft'); // round to the last tab
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('application').focus();
    await page.keyboard.press('Space');
    for (let press = 0; press < 6; press++) await page.keyboard.press('ArrowDown');
    await page.getByLabel(/Raster of \d{2,} spikes/).waitFor();
    await page.getByLabel('This is a').selectOption('1');
    await page.getByRole('button', { name: 'Add to training' }).click();
    await page.getByText('1 added').waitFor();
    await page.getByRole('tab', { name: 'Receptive fields' }).click();
    await page.getByText('and 1 you drew, each shown 30 times').waitFor();
    await page.getByText('of 3030 images').waitFor();
    expect(complaints).toEqual([]);
  });
});
