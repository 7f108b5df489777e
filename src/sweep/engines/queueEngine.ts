import { hostname } from 'node:os';
import type { Job } from 'bullmq';
import { ensure } from '../../core/errors.js';
import { acquireLock } from '../../io/progress/lock.js';
import type { Engine } from '../engine.js';
import type { RunResult } from '../runResult.js';
import { isCancelled } from '../sweepFolder.js';
import { type Ledger, openLedger } from './ledger.js';
import { patiently, pauseUnless } from './patiently.js';
import { closed, openQueueStore } from './queueStore.js';
import { isEmpty, type RunJob, type RunQueue, resultQueueName, runJob, runQueueName, sweepName } from './runQueue.js';

/** Milliseconds between two looks at the queue. */
const tick = 500;

/** Jobs that are put in, or taken out, by one call. */
const portion = 500;

/**
 * BullMQ, on Redis or PostgreSQL: puts the missing runs into a queue that workers on any machine empty (`stdp worker`), and writes
 * down what comes back. A run may be done twice, when a worker was lost on the way; it counts once.
 */
export const queueEngine: Engine = {
  run: async (sweep, { url, data, wait = true, signal, onProgress, onAlone }) => {
    const { dir, spec } = sweep;
    const alone = spec.keep === 'none';
    ensure(alone, 'sweep', 'keep', () => "is for engines that see the folder of the sweep; for a queue it must be 'none'");
    const store = await openQueueStore(url);
    const lock = acquireLock(dir, 'sweep', dir);
    const name = sweepName(dir);
    const ledger = openLedger(sweep);
    const runs: RunQueue = store.queue(runQueueName);
    const results = store.queue<RunResult, void>(resultQueueName(name));
    let failure: { readonly reason: unknown } | undefined;
    const write = async ({ data }: { readonly data: RunResult }): Promise<void> => {
      try {
        ledger.record(data);
      } catch (reason) {
        failure = { reason };
        throw reason;
      }
    };
    const home = store.worker(resultQueueName(name), write, { maxStalledCount: 10, runRetryDelay: 1000 });
    const tell = () => onProgress(ledger.progress());
    let missed = false;
    try {
      tell();
      await putIn(runs, name, ledger, data, signal);
      while (wait && ledger.left > 0) {
        await pauseUnless(signal, tick);
        if (failure !== undefined) throw failure.reason;
        await recordDead(runs, name, ledger, signal);
        tell();
        if (!missed && (await patiently(() => runs.getWorkersCount(), signal)) === 0) {
          missed = true;
          onAlone?.();
        }
        if (isCancelled(dir)) {
          await takeOut(runs, name, ledger, signal);
          return 'here';
        }
        const isLost = (await isEmpty(runs, signal)) && (await isEmpty(results, signal));
        if (isLost) await putIn(runs, name, ledger, data, signal);
      }
      if (ledger.left > 0) return 'elsewhere';
      await home.close();
      await patiently(() => results.obliterate({ force: true }), signal);
    } catch (reason) {
      if (!signal.aborted) throw reason;
    } finally {
      store.leave();
      await closed(home, runs, results);
      tell();
      lock.release();
    }
    return 'here';
  },
};

/** Puts all missing runs in; those that are in already stay as they are. */
async function putIn(runs: RunQueue, name: string, ledger: Ledger, data: string | undefined, signal: AbortSignal): Promise<void> {
  for (const missing of portions(ledger.missing())) {
    const jobs = missing.map((run) => runJob(name, run, ledger.failures(run.id), data));
    await patiently(() => runs.addBulk(jobs), signal);
  }
}

/** Takes all missing runs out, but for those that are being done. */
async function takeOut(runs: RunQueue, name: string, ledger: Ledger, signal: AbortSignal): Promise<void> {
  for (const missing of portions(ledger.missing())) {
    const ids = missing.map((run) => runJob(name, run, ledger.failures(run.id)).opts.jobId);
    await patiently(() => Promise.all(ids.map((id) => runs.remove(id))), signal);
  }
}

function* portions<T>(values: Iterable<T>): Generator<readonly T[]> {
  let some: T[] = [];
  for (const value of values) {
    some.push(value);
    if (some.length < portion) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

/** Writes down the runs that no worker will try again. They stay where they are, to be looked at. */
async function recordDead(runs: RunQueue, name: string, ledger: Ledger, signal: AbortSignal): Promise<void> {
  const dead = await patiently(() => runs.getRanges(['failed'], 0, -1), signal);
  for (const jobId of dead) {
    const [sweep, id = '', attempt] = jobId.split('-');
    if (sweep !== name || Number(attempt) !== ledger.failures(id)) continue;
    const job = await patiently(() => runs.getJob(jobId), signal);
    if (job !== undefined) ledger.record(failureOf(job));
  }
}

/** A job that failed before its last attempt would fail again. */
function failureOf({ data, failedReason, attemptsMade, opts, processedOn = 0, finishedOn = 0 }: Job<RunJob>): RunResult {
  const [seconds, ended] = [(finishedOn - processedOn) / 1000, new Date(finishedOn).toISOString()];
  const error = { message: failedReason, final: attemptsMade < Number(opts.attempts) };
  return { id: data.id, status: 'failed', seconds, ended, host: hostname(), error };
}
