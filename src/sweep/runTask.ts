import type { WorkerPool } from '../networks/workers/workerPool.js';
import { attempted } from './attempts.js';
import type { SweepProgress } from './engine.js';
import { recorderOf, runFolderOf, workerName } from './recorder.js';
import { runOne } from './runOne.js';
import type { RunResult } from './runResult.js';
import { isCancelled, readPlan, type Sweep } from './sweepFolder.js';

/** A part of a sweep. */
export interface TaskOptions {
  /** Index of the part, 0 … of − 1. */
  readonly index: number;
  /** Number of parts: each has as many runs, ±1, that stand together in the plan. */
  readonly of: number;
  readonly workers: WorkerPool;
  readonly data: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SweepProgress) => void;
}

/** What is told of a run that failed. */
export type Failure = Pick<RunResult, 'id' | 'error'>;

/** What came of a part. */
export interface TaskEnd {
  readonly failures: readonly Failure[];
  /** Runs without a result: it was stopped, or the sweep called off. */
  readonly left: number;
}

/** Does the runs of a part that have no result yet. */
export async function runTask(sweep: Sweep, options: TaskOptions): Promise<TaskEnd> {
  const { index, of, workers, data, signal, onProgress } = options;
  const recorder = recorderOf(sweep, workerName(`task-${index}-of-${of}`));
  const [from, to] = [index, index + 1].map((part) => Math.floor((part * sweep.runs) / of));
  const total = Number(to) - Number(from);
  const failures: Failure[] = [];
  let position = -1;
  let done = 0;
  for (const { id, request } of readPlan(sweep)) {
    position++;
    if (position < Number(from)) continue;
    if (position >= Number(to)) break;
    onProgress({ done, failed: failures.length, total });
    const known = recorder.known(id);
    if (known === undefined && (signal.aborted || isCancelled(sweep.dir))) break;
    const how = { data, signal, workers, folder: runFolderOf(sweep, id), keep: sweep.spec.keep !== 'none' };
    const result = known ?? (await attempted(id, () => runOne(request, how), signal));
    if (result === undefined) break;
    if (known === undefined) recorder.record(result);
    if (result.status === 'failed') failures.push(result);
    else done++;
  }
  onProgress({ done, failed: failures.length, total });
  return { failures, left: total - done - failures.length };
}
