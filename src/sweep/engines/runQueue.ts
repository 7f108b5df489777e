import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../core/show.js';
import type { PlannedRun, RunRequest } from '../plan.js';
import type { RunResult } from '../runResult.js';
import { patiently } from './patiently.js';
import type { Queue } from './queueStore.js';

/** How often a run is tried that ends its thread, or for another reason that may pass. */
const attempts = 4;

/** What travels to a worker: images and weights never do. */
export interface RunJob {
  /** The sweep whose results go to its own queue, see {@link resultQueue}. */
  readonly sweep: string;
  readonly id: string;
  readonly request: RunRequest;
}

/** What BullMQ shows of a run that is done; the whole result goes to the sweep. */
export type RunSummary = Pick<RunResult, 'accuracy' | 'seconds' | 'host'>;

export type RunQueue = Queue<RunJob, RunSummary>;

/** The queue of the runs of all sweeps: a worker needs to know no other name. */
export const runQueueName = 'stdp';

/** The queue that brings the results of a sweep home. */
export const resultQueueName = (sweep: string): string => `stdp-results-${sweep}`;

/** A result stays until it is written down: whoever can't, on a full disk, tries again later. */
export const resultOptions = { attempts: 1_000_000, backoff: { type: 'fixed', delay: 5000 }, removeOnComplete: true };

/** Whether nobody has anything to do with a queue any more, but to look at what has failed. */
export const isEmpty = async (queue: Pick<RunQueue, 'getJobCountByTypes'>, signal: AbortSignal): Promise<boolean> =>
  (await patiently(() => queue.getJobCountByTypes('waiting', 'active', 'delayed', 'prioritized'), signal)) === 0;

/** The name of a sweep among all in a store: it stays the same for a folder, wherever that moves. */
export function sweepName(dir: string): string {
  const file = join(dir, 'queue.json');
  if (!existsSync(file)) {
    try {
      writeFileSync(file, JSON.stringify({ sweep: `s${randomBytes(8).toString('hex')}` }), { flag: 'wx', flush: true });
    } catch (reason) {
      if (errorCode(reason) !== 'EEXIST') throw reason; // another process was faster
    }
  }
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly sweep: string }).sweep;
}

/**
 * A run as a job. Put in twice it is there once: its id says which it is. (BullMQ takes no `:` in ids, and mere digits for its own.)
 *
 * @param failures  of the run so far: after a failure that was told of, another attempt is another job.
 * @param path      where the images lie. Default: where they lay when the sweep was planned.
 */
export const runJob = (sweep: string, { id, request }: PlannedRun, failures: number, path = request.data.path) => ({
  name: `${request.kind} seed ${request.seed}`,
  data: { sweep, id, request: { ...request, data: { ...request.data, ...(path !== undefined && { path }) } } },
  opts: {
    jobId: `${sweep}-${id}-${failures}`,
    attempts,
    backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
    removeOnComplete: { age: 3600, count: 1000 }, // seconds, jobs: for who looks on
  },
});
