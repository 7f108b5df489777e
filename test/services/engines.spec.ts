import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patiently } from '../../src/sweep/engines/patiently.js';
import { queueEngine } from '../../src/sweep/engines/queueEngine.js';
import { closed, openQueueStore } from '../../src/sweep/engines/queueStore.js';
import { type RunQueue, runQueueName } from '../../src/sweep/engines/runQueue.js';
import { retrySweep, sweepStatus } from '../../src/sweep/sweepFolder.js';
import { digitFiles, stdp, writeFolder } from '../node/program.js';
import { plan, runWith, startWorker, type Table, table, tableIn, writeImages } from './fixture.js';
import { missingPostgres, startPostgres } from './postgres.js';
import { missingRedis, startRedis } from './redis.js';
import { ended, freePort, type RestartableServer, until } from './server.js';
import { killTask, missingSlurm, startSlurm } from './slurm.js';

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

/** The queue of runs in a store, for who looks on. */
const runsAt = async (url: string): Promise<RunQueue> => (await openQueueStore(url)).queue(runQueueName);

/** Does something with a store of its own. */
async function inStore(
  start: (folder: string) => Promise<RestartableServer>,
  work: (store: RestartableServer) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stdp-store-'));
  const store = await start(folder);
  try {
    await work(store);
  } finally {
    await store.stop();
    rmSync(folder, { recursive: true });
  }
}

describe.each(stores)('forty runs on $name', ({ name, missing, start }) => {
  it.skipIf(missing)('give what they give here, with two workers of three lost and the store restarted', () =>
    inStore(start, async (store) => {
      const workers = Array.from({ length: 3 }, () => startWorker(store.url));
      const lose = async (index: number) => {
        for (const worker of workers.slice(index, index + 1)) await ended(worker, 'SIGKILL');
      };
      const sweep = await forty(name);
      try {
        await runWith(queueEngine, sweep, store.url, { 5: () => lose(0), 10: (stop) => stop() });
        expect(sweepStatus(sweep.dir).left).toBeGreaterThan(0);
        await runWith(queueEngine, sweep, store.url, { 15: () => store.restart(), 25: () => lose(1) });
        expect(tableIn(sweep)).toEqual(expected);
        expect(sweepStatus(sweep.dir)).toMatchObject({ done: 40, failed: 0, differs: [] });
      } finally {
        await Promise.all(workers.map((worker) => ended(worker, 'SIGKILL')));
      }
    }),
  );
});

describe.each(stores)('queues on $name that are opened while it is away', ({ missing, start }) => {
  it.skipIf(missing)('serve when it is back, and hold nothing up until then', () =>
    inStore(start, async (store) => {
      const opened = await openQueueStore(store.url);
      await store.stop();
      const jobs = opened.queue<number, number>('late');
      const worker = opened.worker<number, number>('late', async ({ data }) => 2 * data, { runRetryDelay: 100 });
      const signal = new AbortController().signal;
      const added = patiently(() => jobs.add('double', 21, { jobId: 'late' }), signal);
      await pause(2000); // many refusals
      await store.restart();
      const { id } = await added;
      const result = async () => (await jobs.getJob(String(id)))?.returnvalue;
      await until(
        async () => typeof (await result()) === 'number',
        () => 'nobody did it',
      );
      expect(await result()).toBe(42);
      opened.leave();
      await closed(worker, jobs);
    }),
  );
});

describe.skipIf(missingRedis)('a worker', () => {
  it('that was frozen while its run went to another spoils nothing when it wakes', () =>
    inStore(startRedis, async ({ url }) => {
      const sweep = await forty('frozen');
      const queue = await runsAt(url);
      const frozen = startWorker(url);
      const others: (typeof frozen)[] = [];
      try {
        await runWith(queueEngine, sweep, url, {
          2: async () => {
            await until(
              async () => {
                frozen.kill('SIGSTOP');
                if ((await queue.getActiveCount()) === 1) return true;
                frozen.kill('SIGCONT');
                return false;
              },
              () => 'it never has a run',
            );
            const [job] = await queue.getActive();
            others.push(startWorker(url));
            await until(
              async () => ((await queue.getJob(String(job?.id)))?.attemptsStarted ?? 2) > 1,
              () => 'nobody else took its run',
            );
            frozen.kill('SIGCONT');
          },
        });
        expect(tableIn(sweep)).toEqual(expected);
        expect(sweepStatus(sweep.dir)).toMatchObject({ done: 40, failed: 0, differs: [] });
      } finally {
        await queue.close();
        await Promise.all([frozen, ...others].map((worker) => ended(worker, 'SIGKILL')));
      }
    }));

  it('does all there is and ends, and what fails for good is a dead letter that can be tried again', () =>
    inStore(startRedis, async ({ url }) => {
      const sweep = await plan(join(root, 'four'), images, 1);
      const others = writeFolder(join(root, 'others'), digitFiles(30, 20));
      await queueEngine.run(sweep, { url, wait: false, signal: new AbortController().signal, onProgress: () => undefined });
      const wrong = await stdp(['worker', url, '--until-empty', '--data', others]);
      expect(wrong).toMatchObject({ code: 0, out: '0 runs done, 4 failed\n' });
      const queue = await runsAt(url);
      const letters = await new BullMQAdapter(queue as object as Queue).getJobs(['failed']);
      expect(letters.map(({ failedReason }) => failedReason)).toEqual(
        Array(4).fill(expect.stringContaining('holds other images')),
      );
      await queue.close();
      await runWith(queueEngine, sweep, url);
      expect(sweepStatus(sweep.dir)).toMatchObject({ done: 0, failed: 4, left: 0 });
      expect(retrySweep(sweep.dir)).toBe(4);
      const worker = startWorker(url);
      await runWith(queueEngine, sweep, url);
      await ended(worker, 'SIGKILL');
      expect(sweepStatus(sweep.dir)).toMatchObject({ done: 4, failed: 0, left: 0 });
      expect(tableIn(sweep)).toEqual(expected.slice(0, 4));
    }));

  it('ends at SIGTERM when its present run is done, and says what it did', () =>
    inStore(startRedis, async ({ url }) => {
      const watch = (child: { kill(signal: 'SIGTERM'): boolean }, err: string) => {
        if (err.includes('at a time.') && !err.includes('Ending')) child.kill('SIGTERM');
      };
      expect(await stdp(['worker', url], { watch })).toMatchObject({
        code: 143,
        out: expect.stringMatching(/^0 runs done, 0 failed/),
      });
    }));
});

describe.skipIf(missingRedis)('stdp sweep --engine redis://…', () => {
  it('ends at Ctrl-C even while Redis is away', () =>
    inStore(startRedis, async (store) => {
      const sweep = await plan(join(root, 'away'), images, 1);
      let isAway = false;
      const watch = (child: { kill(signal: 'SIGINT'): boolean }, err: string) => {
        if (isAway || !err.includes('runs …')) return;
        isAway = true;
        void store.stop().then(() => child.kill('SIGINT'));
      };
      const { code, err } = await stdp(['sweep', sweep.dir, '--engine', store.url], { watch });
      expect([code, err]).toEqual([130, expect.stringContaining('4 of 4 runs are left')]);
    }));

  it('says in a line that nothing answers', async () => {
    const sweep = await plan(join(root, 'nothing'), images, 1);
    const url = `redis://127.0.0.1:${await freePort()}`;
    const err = `error: ${url} can't be used: connect ECONNREFUSED ${url.slice('redis://'.length)}\n`;
    expect(await stdp(['sweep', sweep.dir, '--engine', url])).toEqual({ code: 2, out: '', err });
  });
});

describe.skipIf(missingSlurm)('forty runs on Slurm', () => {
  it('give what they give here, with two tasks of six killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stdp-slurm-'));
    const slurm = await startSlurm(folder);
    try {
      const sweep = await forty('slurm');
      const whole = stdp(['sweep', sweep.dir, '--engine', 'slurm', '--workers', '6'], { env: slurm.env });
      await Promise.all([0, 1].map((task) => killTask(sweep.dir, task)));
      expect(await whole).toMatchObject({ code: 0, err: expect.stringContaining('runs: 40/40') });
      expect(tableIn(sweep)).toEqual(expected);
    } finally {
      await slurm.stop();
      rmSync(folder, { recursive: true });
    }
  });
});

describe('--engine plan', () => {
  it('prints a command for every run that is left, which does it', async () => {
    const sweep = await plan(join(root, 'plan'), images, 1);
    const { out } = await stdp(['sweep', sweep.dir, '--engine', 'plan']);
    const commands = out.trim().split('\n');
    expect(commands).toHaveLength(4);
    execFileSync('sh', ['-c', `${commands[2]}`], { stdio: 'ignore', timeout: 60_000 });
    expect(tableIn(sweep)).toEqual(expected.slice(2, 3));
    const left = (await stdp(['sweep', sweep.dir, '--engine', 'plan'])).out.trim().split('\n');
    expect(left).toEqual(commands.filter((_, index) => index !== 2));
  });
});
