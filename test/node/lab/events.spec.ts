import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { davis, type Event, evt2, formats, nmnist } from '../../events/writers.js';
import { isShared, shared } from '../../shared.js';
import { expectAccessible, numberIn, patiently } from './checks.js';
import { keep, missing, openLab, type Site } from './lab.js';
import { mainThreadDuring } from './mainThread.js';

/** An edge that goes to the right for a second, ON in front and OFF behind. */
const edge = (columns: number, rows: number, each = 1): readonly Event[] =>
  Array.from({ length: columns * each }, (_, column) =>
    Array.from(
      { length: rows },
      (_, y) => [Math.floor(column / each), y, column % 2, Math.floor((1e6 * column) / columns / each)] as const,
    ),
  ).flat();

/** The mean column of what stands in the picture. */
const columnSeen = (page: Page): Promise<number> =>
  page.locator('.camera canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data = [] } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
    let [count, sum] = [0, 0];
    for (let place = 3; place < data.length; place += 4) {
      const column = ((place - 3) / 4) % canvas.width;
      if (Number(data[place]) > 0) [count, sum] = [count + 1, sum + column];
    }
    return sum / count;
  });

/** Goes to a moment of the recording, in µs. */
const goTo = (page: Page, time: number): Promise<void> => page.getByLabel('Time').fill(String(time));

const choose = (page: Page, name: string, bytes: Uint8Array): Promise<void> =>
  page.getByLabel('Choose an event file').setInputFiles({ name, mimeType: '', buffer: Buffer.from(bytes) });

describe.skipIf(missing)(`events of a camera${missing ? `: ${missing}` : ''}`, () => {
  let site: Site;
  let folder: string;
  beforeAll(async () => {
    [site, folder] = await Promise.all([openLab(), mkdtemp(join(tmpdir(), 'tfjs-stdp-events-'))]);
  });
  afterAll(() => Promise.all([site.close(), rm(folder, { recursive: true, force: true })]));

  it('move, at a speed of choice, and stand still where they are told to', async () => {
    const { page, complaints } = await site.visit('#panel=events');
    await choose(page, 'edge.bin', nmnist(edge(34, 34, 30)));
    await page.locator('[data-test=event-line]').getByText('N-MNIST: 34680 events on 34 × 34').waitFor();
    await goTo(page, 190_000); // the edge is at column 6 from 176 ms on, at column 27 from 794 ms on
    await expect.poll(() => columnSeen(page), patiently).toBe(6);
    await goTo(page, 810_000);
    await expect.poll(() => columnSeen(page), patiently).toBe(27);
    expect(await page.getByRole('button', { name: 'Play' }).count()).toBe(1);
    await page.getByLabel('Speed').selectOption('0.03');
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => numberIn(page, 'event-time'), patiently).toBeGreaterThan(0.83);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect.poll(() => columnSeen(page), patiently).toBeGreaterThan(27);
    await keep(page, 'events');
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

  it('of any format are told of in a line', async () => {
    const { page, complaints } = await site.visit('#panel=events');
    for (const { name, write } of formats) {
      await choose(
        page,
        name,
        write([
          [1, 2, 1, 10],
          [3, 2, 0, 1000],
          [2, 2, 1, 3000],
        ]),
      );
      await page.getByRole('img', { name: `Events of ${name}`, exact: true }).waitFor();
      expect(await page.locator('[data-test=event-line]').innerText()).toMatch(
        /^[A-Z0-9.\- ]+: 3 events on .* in 0\.00299 s; .*; (nothing skipped|skipped .*)$/,
      );
    }
    expect(complaints).toEqual([]);
  });

  it('whose rows are counted from the bottom stand upright', async () => {
    const { page } = await site.visit('#panel=events');
    await choose(page, 'low.aedat', davis([[5, 0, 1, 0]]));
    await page.getByRole('img', { name: 'Events of low.aedat' }).waitFor();
    const opaque = (row: number): Promise<boolean> =>
      page.locator('.camera canvas').evaluate((canvas: HTMLCanvasElement, y) => {
        const { data = [] } = canvas.getContext('2d')?.getImageData(0, y, canvas.width, 1) ?? {};
        return data.some((value, index) => index % 4 === 3 && value > 0);
      }, row);
    await page.getByRole('button', { name: 'Pause' }).click();
    await goTo(page, 0);
    await expect.poll(() => opaque(179), patiently).toBe(true);
    expect(await opaque(0)).toBe(false);
  });

  it.skipIf(!isShared('events'))('of real cameras are read and move', async () => {
    const { page, complaints } = await site.visit('#panel=events');
    const expected: { readonly [name: string]: { readonly n: number } } = JSON.parse(
      await readFile(join(shared('events'), 'expected.json'), 'utf8'),
    );
    const recordings = Object.entries(expected).filter(([name, { n }]) => !name.endsWith('.csv') && n > 0);
    expect(recordings.length).toBeGreaterThan(6);
    for (const [name, { n }] of recordings) {
      await page.getByLabel('Choose an event file').setInputFiles(join(shared('events'), name));
      await page.getByRole('img', { name: `Events of ${name}`, exact: true }).waitFor();
      expect(await page.locator('[data-test=event-line]').innerText()).toContain(`: ${n} events on `);
      await expect.poll(() => columnSeen(page), patiently).toBeGreaterThanOrEqual(0);
      await keep(page, `events-${name}`);
    }
    await page.getByLabel('Choose an event file').setInputFiles(join(shared('events'), 'sample_header_only.aedat'));
    await page.getByRole('alert').getByText('sample_header_only.aedat: holds no events').waitFor();
    expect(complaints).toEqual([]);
  });

  it('come by drag and drop too; what can’t be read is told in a line, and the recording before it stays', async () => {
    const { page, complaints } = await site.visit('#panel=events', { viewport: { width: 380, height: 800 } });
    await choose(page, 'edge.bin', nmnist(edge(34, 34)));
    await page.locator('[data-test=event-line]').waitFor();
    await drop(page, 'notes.txt', new TextEncoder().encode('hello, this is text'));
    await page.getByRole('alert').getByText('notes.txt: bytes').waitFor();
    expect(await page.getByRole('alert').innerText()).not.toContain('\n    at ');
    expect(await page.locator('[data-test=event-line]').innerText()).toContain('1156 events');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await drop(page, 'other.raw', evt2([[1, 2, 1, 10]]));
    await page.locator('[data-test=event-line]').getByText('1 events on').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('of a large file are read while the page stays awake', { retry: 2 }, async () => {
    const { page } = await site.visit('#panel=events');
    const file = join(folder, 'large.raw');
    await writeFile(file, evt2(edge(640, 120, 2)));
    const { longestTask } = await mainThreadDuring(page, async () => {
      await page.getByLabel('Choose an event file').setInputFiles(file);
      await page.locator('[data-test=event-line]').getByText('153600 events on').waitFor();
      await expect.poll(() => numberIn(page, 'event-time'), patiently).toBeGreaterThan(0.02);
    });
    expect(longestTask).toBeGreaterThan(0);
    expect(longestTask).toBeLessThan(100);
  });
});

/** Drops a file on the place for it. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([file, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(content)], file));
      return transfer;
    },
    [name, [...bytes]] as const,
  );
  await page.getByRole('region', { name: 'Event file' }).dispatchEvent('drop', { dataTransfer });
}
