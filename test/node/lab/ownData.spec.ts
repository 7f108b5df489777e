import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateDigits } from '../../../src/data/digits.js';
import { writeNpz } from '../../../src/formats/numpy/writeNpz.js';
import { encodePng } from '../../../src/io/fields/png.js';
import { expectAccessible, numberIn, patiently, untilReady, untilSeen } from './checks.js';
import { keep, missing, openLab, type Site } from './lab.js';

const size = 28 * 28;
const names = ['nought', 'one', 'two'];
const drawn = generateDigits(300, 5);
/** Digits of three classes. */
const digits = Array.from(drawn.labels, (label, image) => ({
  label,
  pixels: drawn.pixels.slice(image * size, (image + 1) * size),
})).filter(({ label }) => label < names.length);

describe.skipIf(missing)(`data of one\u2019s own${missing ? `: ${missing}` : ''}`, () => {
  let site: Site;
  let folder: string;
  const write = (path: string, bytes: Uint8Array | string): string => {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, bytes);
    return place;
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tfjs-stdp-lab-data-'));
    site = await openLab();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await site.close();
  });

  const learnsFrom = async (page: Page, name: string, told: string): Promise<void> => {
    await expect.poll(() => page.locator('[data-test=data]').textContent(), patiently).toBe(name);
    expect(await page.getByRole('region', { name: 'Images' }).innerText()).toContain(told);
  };

  it('a dropped folder of pictures by class is learned from, and a picture that is dropped then is told by its name', async () => {
    const [unseen] = digits.slice(-1);
    digits.slice(0, -1).forEach(({ label, pixels }, index) => {
      const colours = Uint8Array.from({ length: 4 * size }, (_, at) => (at % 4 === 3 ? 255 : Number(pixels[at >> 2])));
      write(`pictures/${names[label]}/${index}.png`, encodePng(28, 28, index % 2 === 0 ? pixels : colours));
    });
    write('pictures/.DS_Store', 'x');
    const { page, complaints } = await site.visit('#pace=max');
    await untilReady(page);
    await dropPaths(page, [join(folder, 'pictures')]);
    const kept = Math.round((digits.length - 1) / 6);
    await learnsFrom(page, 'pictures', `${digits.length - 1 - kept} images of nought, one, two, ${kept} more kept aside`);
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText(/All seen|Converged/).waitFor({ timeout: 240_000 });
    await page.getByRole('tab', { name: 'Draw and classify' }).click();
    await expect.poll(() => page.locator('[data-test=accuracy]').count(), { timeout: 240_000 }).toBe(1);
    expect(await numberIn(page, 'accuracy')).toBeGreaterThan(80);
    expect(await page.getByLabel('This is a').locator('option').allTextContents()).toEqual(names);
    await page.getByRole('tab', { name: 'Receptive fields' }).click();
    await dropPaths(page, [write('unseen.png', encodePng(28, 28, unseen?.pixels ?? new Uint8Array(size)))]);
    await page
      .getByRole('status')
      .getByText(`unseen.png: ${names[Number(unseen?.label)]} (margins: `)
      .waitFor();
    await dropPaths(page, [write('small.png', encodePng(2, 3, new Uint8Array(6)))]);
    await page.getByRole('alert').getByText('small.png is of 2 × 3 pixels, the network looks at 28 × 28').waitFor();
    await keep(page, 'own-pictures');
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  }, 180_000);

  it('arrays, a table whose column of classes is named, and a chosen folder', async () => {
    const { page, complaints } = await site.visit();
    await untilReady(page);
    const images = Uint8Array.from(digits.flatMap(({ pixels }) => [...pixels]));
    const labels = Uint8Array.from(digits, ({ label }) => label);
    const npz = await writeNpz({
      x: { dtype: 'uint8', shape: [digits.length, 28, 28], data: images },
      y: { dtype: 'uint8', shape: [digits.length], data: labels },
    });
    await dropPaths(page, [write('mine.npz', npz)]);
    await learnsFrom(page, 'mine.npz', 'images of 0, 1, 2, ');
    const columns = Array.from({ length: size }, (_, column) => `p${column}`);
    const rows = digits.slice(0, 24).map(({ label, pixels }) => [label, ...pixels].join());
    const table = write('mine.csv', [['what', ...columns].join(), ...rows].join('\n'));
    await dropPaths(page, [table]);
    await page.getByRole('alert').getByText("mine.csv doesn't tell which column names the classes: say it by label").waitFor();
    await learnsFrom(page, 'mine.npz', 'images of 0, 1, 2, ');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByLabel('Class column of a table').fill('what');
    await dropPaths(page, [table]);
    await learnsFrom(page, 'mine.csv', '20 images of 0, 1, 2, 4 more kept aside to test on');
    write('folder/train/left/1.png', encodePng(28, 28, new Uint8Array(size).fill(9)));
    write('folder/train/right/1.png', encodePng(28, 28, new Uint8Array(size).fill(200)));
    write('folder/test/right/2.png', encodePng(28, 28, new Uint8Array(size).fill(210)));
    await page.getByLabel('Choose a folder').setInputFiles(join(folder, 'folder'));
    await learnsFrom(page, 'folder', '2 images of left, right, 1 more kept aside to test on');
    await page.getByRole('button', { name: 'One image' }).click();
    await untilSeen(page, 1);
    expect(complaints).toEqual([]);
  });
});

/** Drops files and folders of this machine on the page, as a person does. */
async function dropPaths(page: Page, files: readonly string[]): Promise<void> {
  const region = page.getByRole('region', { name: 'Images' });
  await region.scrollIntoViewIfNeeded();
  const box = await region.boundingBox();
  if (box === null) throw new Error('There is nothing to drop on.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const chromium = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await chromium.send('Input.dispatchDragEvent', { type, x, y, data: { items: [], files: [...files], dragOperationsMask: 1 } });
  await chromium.detach();
}
