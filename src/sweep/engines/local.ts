import { availableParallelism } from 'node:os';
import { acquireLock } from '../../io/progress/lock.js';
import { attempted } from '../attempts.js';
import type { Engine } from '../engine.js';
import type { PlannedRun } from '../plan.js';
import { recorderOf, runFolderOf, workerName } from '../recorder.js';
import { isCancelled, readPlan } from '../sweepFolder.js';
import { openRunPool } from './runPool.js';

/** Threads of this process, a run on each at a time. One process at a time works so on a sweep. */
export const localEngine: Engine = {
  run: async (sweep, { workers = availableParallelism(), data, signal, onProgress }) => {
    const lock = acquireLock(sweep.dir, 'sweep', sweep.dir);
    const size = Math.min(workers, sweep.runs);
    const pool = openRunPool(size);
    const recorder = recorderOf(sweep, workerName('local'));
    onProgress(recorder.progress());
    const attempt = ({ id, request }: PlannedRun) =>
      pool.run(request, { data, folder: runFolderOf(sweep, id), keep: sweep.spec.keep !== 'none' }, signal);
    const plan = readPlan(sweep);
    const lane = async (): Promise<void> => {
      for (const run of plan) {
        if (signal.aborted || isCancelled(sweep.dir)) return;
        if (recorder.known(run.id) !== undefined) continue;
        const result = await attempted(run.id, () => attempt(run), signal);
        if (result === undefined) return;
        recorder.record(result);
        onProgress(recorder.progress());
      }
    };
    try {
      await Promise.all(Array.from({ length: size }, lane));
    } finally {
      await pool.close();
      lock.release();
    }
    return 'here';
  },
};
