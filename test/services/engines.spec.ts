import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueEngine } from '../../src/sweep/engines/queueEngine.js';
import { sweepStatus } from '../../src/sweep/sweepFolder.js';
import { plan, runWith, startWorker, type Table, table, tableIn, writeImages } from './fixture.js';
import { missingPostgres, startPostgres } from './postgres.js';
import { missingRedis, startRedis } from './redis.js';
import { ended } from './server.js';

const root = mkdtempSync(join(tmpdir(), 'stdp-engines-'));
const images = writeImages(join(root, 'digits'));
const forty = (name: string) => plan(join(root, name), images, 10);
let expected: Table;
beforeAll(async () => {
  expected = await table(await forty('here'));
});
afterAll(() => rmSync(root, { recursive: true }));

const stores = [
  { name: 'Redis', missing: missingRedis, start: startRedis },
  { name: 'PostgreSQL', missing: missingPostgres, start: startPostgres },
];

describe.each(stores)('forty runs on $name', ({ missing, start }) => {
  it.skipIf(missing)('give what they give here, with two workers of three lost and the store restarted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stdp-store-'));
    const store = await start(folder);
    const workers = Array.from({ length: 3 }, () => startWorker(store.url));
    const lose = (worker: ChildProcess | undefined) => worker && ended(worker, 'SIGKILL');
    const sweep = await forty(`on ${folder.split('-').at(-1)}`);
    try {
      await runWith(queueEngine, sweep, store.url, { 5: () => lose(workers[0]), 10: (stop) => stop() });
      expect(sweepStatus(sweep.dir).left).toBeGreaterThan(0);
      await runWith(queueEngine, sweep, store.url, { 15: () => store.restart(), 25: () => lose(workers[1]) });
      expect(tableIn(sweep)).toEqual(expected);
      expect(sweepStatus(sweep.dir)).toMatchObject({ done: 40, failed: 0, differs: [] });
    } finally {
      await Promise.all(workers.map((worker) => ended(worker, 'SIGKILL')));
      await store.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
