import { hostname } from 'node:os';
import { messageOf } from '../../core/show.js';
import { isFinal, type RunResult } from '../runResult.js';
import { patiently, pauseUnless, unlessAborted } from './patiently.js';
import { closed, openQueueStore, type Queue, type QueueStore } from './queueStore.js';
import { openRunPool } from './runPool.js';
import {
  isEmpty,
  type RunJob,
  type RunQueue,
  type RunSummary,
  resultOptions,
  resultQueueName,
  runQueueName,
} from './runQueue.js';

/** How a worker works. */
export interface WorkerOptions {
  /** Runs at a time. */
  readonly workers: number;
  /** Where the images lie here. Default: as each sweep was planned. */
  readonly data?: string | undefined;
  /** Seconds after which the runs of a worker that was lost are given to others. */
  readonly lock: number;
  /** Whether it ends when there is nothing left to do. */
  readonly untilEmpty: boolean;
  /** Asks it to end when its present runs are done. */
  readonly finish: AbortSignal;
  /** Asks it to end at once and to put its runs back. */
  readonly leave: AbortSignal;
}

/** Runs that a worker has done, and those that failed in its hands. */
export interface WorkerTally {
  readonly done: number;
  readonly failed: number;
}

/** How often a run may lose its worker before it counts as one that kills workers. */
const maxStalledCount = 10;

/** Milliseconds between two looks whether there is anything left to do. */
const tick = 500;

/**
 * Does the runs that sweeps put into a store, until it is asked to end. Runs are done in threads, so that this one can always tell the
 * store that they are in hand.
 *
 * @throws {StdpError} when the store can't be used.
 */
export async function workOnQueue(url: string, options: WorkerOptions): Promise<WorkerTally> {
  const { workers, data, lock, untilEmpty, finish, leave } = options;
  const store = await openQueueStore(url);
  const pool = openRunPool(workers);
  const results = resultQueues(store);
  const runs: RunQueue = store.queue(runQueueName);
  const tally = { done: 0, failed: 0 };
  const worker = store.worker<RunJob, RunSummary>(
    runQueueName,
    async (job, token, lost) => {
      const { sweep, request } = job.data;
      const signal = AbortSignal.any([leave, ...(lost === undefined ? [] : [lost])]);
      const result = await pool.run(request, { data, folder: undefined, keep: false }, signal).catch(async (reason: unknown) => {
        if (!leave.aborted) throw isFinal(reason) ? new store.UnrecoverableError(messageOf(reason)) : reason;
        await job.moveToWait(token);
        throw new store.WaitingError();
      });
      await patiently(() => results.put(sweep, result), leave);
      const { accuracy, seconds, host } = result;
      return { ...(accuracy !== undefined && { accuracy }), seconds, host };
    },
    {
      name: hostname(),
      concurrency: workers,
      lockDuration: 1000 * lock,
      stalledInterval: 500 * lock,
      maxStalledCount,
      runRetryDelay: 1000,
    },
  );
  worker.on('completed', () => {
    tally.done++;
  });
  worker.on('failed', () => {
    tally.failed++;
  });
  // Somebody else has them by now.
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) worker.cancelJob(id);
  });
  try {
    while (!finish.aborted && !leave.aborted) {
      await pauseUnless(finish, tick);
      if (untilEmpty && (await isEmpty(runs, finish))) break;
    }
    await unlessAborted(worker.close(), leave); // its present runs are done first
    return tally;
  } catch (reason) {
    if (!finish.aborted) throw reason;
    return tally;
  } finally {
    store.leave();
    await closed(worker, runs, results);
    await pool.close();
  }
}

/** The queues by which results go home, each opened when it is first needed. */
function resultQueues(store: QueueStore) {
  const open = new Map<string, Queue<RunResult, void>>();
  const queueOf = (sweep: string) => {
    const queue = open.get(sweep) ?? store.queue<RunResult, void>(resultQueueName(sweep));
    open.set(sweep, queue);
    return queue;
  };
  return {
    put: (sweep: string, result: RunResult) => queueOf(sweep).add('result', result, resultOptions),
    close: async () => {
      await closed(...open.values());
    },
  };
}
