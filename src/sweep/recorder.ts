import { existsSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { removeRun } from '../io/runPlace.js';
import type { SweepProgress } from './engine.js';
import type { RunResult } from './runResult.js';
import { appendResult, readTally, type Sweep } from './sweepFolder.js';
import { isLeft, type SweepTally, type Told } from './tally.js';

const runsFolder = 'runs';

/** Where the folder of a run of a sweep is. */
export const runFolderOf = ({ dir }: Sweep, id: string): string => join(dir, runsFolder, id);

/** A name for the results of this process: no other has it at the same time. @param role  what the process does. */
export const workerName = (role: string): string => `${role}-${hostname().replace(/[^\w.-]/g, '_')}-${process.pid}`;

/** Who writes down what comes of runs. */
export interface Recorder {
  /** The result of a run that is not to be done any more: it is done, or would fail again. */
  known(id: string): Told | undefined;
  /** Writes a result down; it is on the disk when this returns. */
  record(result: RunResult): void;
  progress(): SweepProgress;
}

/**
 * Writes results of a sweep to the file of one worker, and keeps count of them.
 *
 * @param worker  its name.
 */
export function recorderOf(sweep: Sweep, worker: string): Recorder {
  const before = readTally(sweep.dir);
  const done = new Set(before.done.keys());
  const failed = new Set(before.failed.keys());
  let best: Scored | undefined = bestOf(before.done.values());
  const keepBest = (result: RunResult): void => {
    const better = isBetter(result, best);
    const loser = better ? best : result;
    if (loser !== undefined && loser.id !== result.id) removeRun(runFolderOf(sweep, loser.id));
    else if (!better) removeRun(runFolderOf(sweep, result.id));
    if (better) best = result;
  };
  return {
    known: (id) => (isLeft(before, id) ? undefined : (before.done.get(id) ?? before.failed.get(id))),
    record: (result) => {
      appendResult(sweep.dir, worker, result);
      failed.delete(result.id);
      (result.status === 'done' ? done : failed).add(result.id);
      if (result.status === 'done' && sweep.spec.keep === 'best') keepBest(result);
    },
    progress: () => ({ done: done.size, failed: failed.size, total: sweep.runs }),
  };
}

/** Leaves the best of the run folders of a sweep that keeps that one alone: processes beside each other have kept one each. */
export function keepOnlyBest(sweep: Sweep, { done }: SweepTally): void {
  const folder = join(sweep.dir, runsFolder);
  if (sweep.spec.keep !== 'best' || !existsSync(folder)) return;
  const best = bestOf(done.values());
  for (const id of readdirSync(folder)) if (done.has(id) && id !== best?.id) removeRun(runFolderOf(sweep, id));
}

/** What runs are compared by. */
type Scored = Pick<RunResult, 'id' | 'accuracy'>;

const accuracyOf = ({ accuracy = -1 }: Scored): number => accuracy;

/** The result of highest accuracy; of equal ones always the same, in whatever order they come. */
function bestOf(results: Iterable<Scored>): Scored | undefined {
  let best: Scored | undefined;
  for (const result of results) if (isBetter(result, best)) best = result;
  return best;
}

const isBetter = (one: Scored, other: Scored | undefined): boolean =>
  other === undefined || accuracyOf(one) > accuracyOf(other) || (accuracyOf(one) === accuracyOf(other) && one.id < other.id);
