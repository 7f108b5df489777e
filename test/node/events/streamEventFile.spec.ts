import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { streamEventFile } from '../../../src/entries/node.js';
import { readEvents } from '../../../src/events/readEvents.js';
import { aedat31, type Event, evt3 } from '../../events/writers.js';

const root = mkdtempSync(join(tmpdir(), 'events-'));
afterAll(() => rmSync(root, { recursive: true }));

const events: readonly Event[] = Array.from({ length: 150_000 }, (_, index) => [index % 120, index % 77, index % 2, 3 * index]);

it('a file comes in pieces that are its events', async () => {
  const path = join(root, 'long.raw');
  writeFileSync(path, evt3(events));
  const times: number[] = [];
  let pieces = 0;
  for await (const { t } of streamEventFile(path)) {
    times.push(...t);
    pieces++;
  }
  expect(pieces).toBeGreaterThan(1);
  expect(times).toEqual([...readEvents(evt3(events)).t]);
});

it('what is refused names the file, and one that nobody reads is not opened', async () => {
  const cut = join(root, 'cut.aedat');
  writeFileSync(cut, aedat31(events.slice(0, 3)).subarray(0, -4));
  const take = async (path: string): Promise<void> => {
    for await (const { t } of streamEventFile(path)) expect(t).toHaveLength(0);
  };
  await expect(take(cut)).rejects.toThrow(
    `streamEventFile: ${cut} at 89 (AEDAT 3.1): a packet of 3 events takes 24 bytes, fewer are left`,
  );
  const nowhere = join(root, 'nowhere');
  await expect(take(nowhere)).rejects.toThrow(`streamEventFile: ${nowhere} does not exist`);
  await expect(take(root)).rejects.toThrow(`streamEventFile: ${root} can't be read: EISDIR`);
  expect(streamEventFile(nowhere)).toHaveProperty('next');
});
