import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StdpError } from '../../../src/core/errors.js';
import { inPieces } from '../../../src/networks/workers/inPieces.js';
import { poolOf } from '../../../src/threads/threadPool.js';

/** What a piece has its thread do, see scriptedThread.mjs. */
const harmless = ['answer', 'fail'] as const;
const deadly = ['throw', 'exit', 'exitWell', 'nothing', 'noResult', 'noFailure', 'empty', 'rubbish', 'stranger'] as const;
type Deed = (typeof harmless)[number] | (typeof deadly)[number] | 'twice' | 'silence';

const size = 2;
const start = () => poolOf(size, () => new Worker(new URL('./scriptedThread.mjs', import.meta.url)));

/** A task whose pieces say what is done with them. */
function scripted(workers: ReturnType<typeof poolOf>) {
  const task = workers.begin('moments', { values: Float32Array.of(1), size: 1 });
  const run = (deed: Deed, worker: number, from: number): Promise<unknown> =>
    task.run(worker, from, from + 1, deed as unknown as undefined);
  return { task, run };
}

const refused = (outcome: PromiseSettledResult<unknown>): string => {
  if (outcome.status === 'fulfilled' || !(outcome.reason instanceof StdpError)) expect.unreachable(JSON.stringify(outcome));
  return String(outcome.reason.message);
};

/** Threads that are there. */
const threads = (): number => process.getActiveResourcesInfo().filter((name) => /worker|messageport/i.test(name)).length;

describe('a pool whose threads may do anything', () => {
  it('settles every piece, whatever is asked in whatever order, and leaves no thread behind', async () => {
    const deed = fc.constantFrom<Deed>(...harmless, ...harmless, ...deadly, 'twice', 'silence');
    const action = fc.record({ deed, worker: fc.nat(size - 1), settle: fc.boolean() });
    const before = threads();
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 12 }), fc.array(action, { maxLength: 3 }), async (actions, late) => {
        const workers = start();
        const { run } = scripted(workers);
        const asked: {
          readonly deed: Deed;
          readonly sound: boolean;
          readonly outcome: Promise<PromiseSettledResult<unknown>>;
        }[] = [];
        const ask = (to: Deed, worker: number, sound: boolean) => {
          const promise = Promise.allSettled([run(to, worker, asked.length)]);
          asked.push({ deed: to, sound, outcome: promise.then(([outcome]) => outcome) });
        };
        let sound = true; // as long as no thread was told to break down
        for (const { deed: to, worker, settle } of actions) {
          if (to !== 'answer' && to !== 'fail') sound = false;
          ask(to, worker, sound);
          if (settle && sound) await asked.at(-1)?.outcome;
        }
        if (sound) await Promise.all(asked.map(({ outcome }) => outcome));
        const open = asked.length;
        const closing = workers.close();
        for (const { deed: to, worker } of late) ask(to, worker, false);
        await closing;
        ask('answer', 0, false);
        for (const [index, { deed: to, sound: exactly, outcome }] of asked.entries()) {
          const came = await outcome;
          if (index >= open) expect(refused(came)).toBe('threadPool: pool was closed; make another for more work');
          else if (exactly && sound) {
            if (to === 'answer') expect(came).toEqual({ status: 'fulfilled', value: index });
            else expect(came).toMatchObject({ status: 'rejected', reason: { message: `piece ${index} failed` } });
          } else if (came.status === 'fulfilled') {
            expect(['answer', 'twice']).toContain(to);
            expect(came.value).toBe(index);
          } else if (to !== 'fail') expect(refused(came)).toMatch(/^threadPool: (thread [12]|pool) /);
        }
      }),
      { numRuns: 25 },
    );
    expect(threads()).toBe(before);
  });

  it.each([
    ['throw', 'thread 2 broke down: thrown in a thread'],
    ['exit', 'thread 2 ended by itself with exit code 3'],
    ['exitWell', 'thread 2 ended by itself with exit code 0'],
    ['nothing', 'thread 2 sent what is no answer'],
    ['noResult', 'thread 2 sent what is no answer'],
    ['noFailure', 'thread 2 sent what is no answer'],
    ['empty', 'thread 2 sent what is no answer: undefined'],
    ['rubbish', 'thread 2 sent what is no answer: "hello"'],
    ['stranger', "thread 2 answered for piece 1000, which it wasn't given"],
  ] as const)('says so of a thread that does “%s”, to whoever waits and whoever asks later', async (deed, why) => {
    const workers = start();
    const { run } = scripted(workers);
    const outcomes = await Promise.allSettled([run(deed, 1, 0), run('silence', 1, 1)]);
    for (const outcome of outcomes) expect(refused(outcome)).toContain(`threadPool: ${why}`);
    for (const worker of [0, 1]) await expect(run('answer', worker, 2)).rejects.toThrow(`threadPool: ${why}`);
    await workers.close();
    await expect(run('answer', 0, 3)).rejects.toThrow('threadPool: pool was closed');
  });

  it('goes on after a piece that failed', async () => {
    const workers = start();
    const { run } = scripted(workers);
    await expect(run('fail', 0, 0)).rejects.toThrow('piece 0 failed');
    expect(await run('answer', 0, 1)).toBe(1);
    await workers.close();
  });

  it('refuses workers and pieces that there are not, tasks that have ended, and what can’t be sent', async () => {
    const workers = start();
    const { task, run } = scripted(workers);
    for (const worker of [-1, size, 0.5, Number.NaN]) await expect(run('answer', worker, 0)).rejects.toThrow('pool: worker must');
    for (const from of [-1, 0.5, Number.NaN])
      await expect(run('answer', 0, from)).rejects.toThrow('pool: images must be those of');
    await expect(task.run(0, 3, 2, undefined)).rejects.toThrow(
      'pool: images must be those of an integer ≥ 0 up to one no less, got 3 … 2',
    );
    await expect(task.run(0, 0, 1, (() => 0) as unknown as undefined)).rejects.toThrow(
      "threadPool: work can't be sent to a thread",
    );
    const setup = { values: new Float32Array(1), size: (() => 1) as unknown as number };
    await expect(workers.begin('moments', setup).run(0, 0, 1, undefined)).rejects.toThrow("threadPool: work can't be sent");
    expect(await run('answer', 0, 7)).toBe(7); // what couldn't be sent isn't waited for
    task.end();
    await expect(run('answer', 0, 0)).rejects.toThrow('pool: task has ended');
    await workers.close();
  });

  it('is closed once and for all, at once, however often', async () => {
    const workers = start();
    expect(threads()).toBeGreaterThan(0);
    const { run } = scripted(workers);
    const waiting = expect(run('silence', 0, 0)).rejects.toThrow('threadPool: pool was closed');
    await Promise.all([workers.close(), workers.close(), waiting]);
    await workers.close();
    await expect(scripted(workers).run('answer', 0, 0)).rejects.toThrow('threadPool: pool was closed');
  });
});

describe('inPieces on such a pool', () => {
  const pieces = (count: number) => ({ count, piece: 1, update: undefined });

  /** A task that does what it is told piece by piece, and counts who is at work. */
  function counted(workers: ReturnType<typeof poolOf>, deeds: readonly Deed[]) {
    const { task, run } = scripted(workers);
    const seen = { begun: 0, atWork: 0, late: 0 };
    let failed = false;
    const counting = {
      ...task,
      run: async (worker: number, from: number) => {
        seen.begun++;
        seen.atWork++;
        if (failed) seen.late++;
        try {
          return (await run(deeds[from] ?? 'answer', worker, from)) as never;
        } catch (reason) {
          failed = true;
          throw reason;
        } finally {
          seen.atWork--;
        }
      },
    };
    return { counting, seen };
  }

  const deedsOfMany = fc.array(fc.constantFrom<Deed>('answer', 'answer', 'answer', 'fail'), { maxLength: 30 });

  it('throws the first failure when nobody is at work any more, and begins nothing after it', async () => {
    await fc.assert(
      fc.asyncProperty(deedsOfMany, async (deeds) => {
        const workers = start();
        const { counting, seen } = counted(workers, deeds);
        const done: number[] = [];
        const work = inPieces(workers, counting, pieces(deeds.length), (_, from) => done.push(from));
        if (deeds.includes('fail')) await expect(work).rejects.toThrow(/^piece \d+ failed$/);
        else await work;
        expect(seen).toMatchObject({ atWork: 0, late: 0 });
        const before = deeds.includes('fail') ? deeds.indexOf('fail') : deeds.length;
        expect(done.filter((from) => from < before).sort((a, b) => a - b)).toEqual(
          Array.from({ length: before }, (_, from) => from),
        );
        await workers.close();
      }),
      { numRuns: 15 },
    );
  });

  it('of one worker begins nothing after a failure', async () => {
    const workers = start();
    const { counting, seen } = counted(workers, ['answer', 'fail', 'answer', 'answer']);
    await expect(inPieces({ ...workers, size: 1 }, counting, pieces(4), () => undefined)).rejects.toThrow('piece 1 failed');
    expect(seen).toEqual({ begun: 2, atWork: 0, late: 0 });
    await workers.close();
  });

  it.each([['exit'], ['throw'], ['nothing']] as const)('ends when a thread does “%s”', async (deed) => {
    const workers = start();
    const { counting, seen } = counted(workers, ['answer', deed]);
    await expect(inPieces(workers, counting, pieces(1000), () => undefined)).rejects.toThrow('threadPool: thread ');
    expect(seen).toMatchObject({ atWork: 0, late: 0 });
    await workers.close();
  });

  it('ends when the pool is closed', async () => {
    const workers = start();
    const { counting, seen } = counted(workers, ['silence', 'silence']);
    const work = expect(inPieces(workers, counting, pieces(1000), () => undefined)).rejects.toThrow(
      'threadPool: pool was closed',
    );
    await workers.close();
    await work;
    expect(seen).toEqual({ begun: 2, atWork: 0, late: 0 });
  });

  it('throws what its own caller throws, and begins nothing after it', async () => {
    const workers = start();
    const { counting, seen } = counted(workers, []);
    const take = () => {
      throw new Error('no more');
    };
    await expect(inPieces(workers, counting, pieces(1000), take)).rejects.toThrow('no more');
    expect(seen).toMatchObject({ atWork: 0, late: 0 });
    expect(seen.begun).toBeLessThanOrEqual(size);
    await workers.close();
  });

  it('stops at the signal', async () => {
    const workers = start();
    const { counting, seen } = counted(workers, []);
    const abort = new AbortController();
    await inPieces(workers, counting, { ...pieces(1000), signal: abort.signal }, (_, __, done) => {
      if (done === 10) abort.abort();
    });
    expect(seen.begun).toBeLessThan(10 + size);
    await workers.close();
  });
});
