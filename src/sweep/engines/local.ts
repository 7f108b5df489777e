import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { StdpError } from '../../core/errors.js';
import { acquireLock } from '../../io/progress/lock.js';
import { Piscina } from '../../vendor/piscina.js';
import { attempted } from '../attempts.js';
import type { Engine } from '../engine.js';
import type { PlannedRun } from '../plan.js';
import { recorderOf, runFolderOf, workerName } from '../recorder.js';
import { RunInterrupted } from '../runResult.js';
import { isCancelled, readPlan } from '../sweepFolder.js';
import type { ThreadOutcome, ThreadTask } from './localThread.js';

/** Threads of this process, a run on each at a time. One process at a time works so on a sweep. */
export const localEngine: Engine = {
  run: async (sweep, { workers = availableParallelism(), data, signal, onProgress }) => {
    const lock = acquireLock(sweep.dir, 'sweep', sweep.dir);
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const onAbort = (): void => void Atomics.store(stop, 0, 1);
    signal.addEventListener('abort', onAbort);
    const pool = poolOf(Math.min(workers, sweep.runs));
    const recorder = recorderOf(sweep, workerName('local'));
    onProgress(recorder.progress());
    const attempt = async ({ id, request }: PlannedRun) => {
      const task: ThreadTask = { request, data, folder: runFolderOf(sweep, id), keep: sweep.spec.keep !== 'none', stop };
      const outcome: ThreadOutcome = await pool.run(task);
      if ('interrupted' in outcome) throw new RunInterrupted('was stopped');
      if ('problem' in outcome) throw new StdpError(outcome.where, outcome.argument, outcome.problem);
      return outcome;
    };
    const plan = readPlan(sweep);
    const lane = async (): Promise<void> => {
      for (const run of plan) {
        if (signal.aborted || isCancelled(sweep.dir)) return;
        if (recorder.known(run.id) !== undefined) continue;
        const result = await attempted(run.id, () => attempt(run), signal);
        if (result === undefined) return;
        recorder.record(result);
        lock.renew();
        onProgress(recorder.progress());
      }
    };
    try {
      await Promise.all(Array.from({ length: pool.options.maxThreads }, lane));
    } finally {
      signal.removeEventListener('abort', onAbort);
      await pool.destroy();
      lock.release();
    }
  },
};

const poolOf = (size: number): Piscina =>
  new Piscina({
    filename: fileURLToPath(new URL('./localThread.js', import.meta.url)),
    minThreads: 1,
    maxThreads: size,
    idleTimeout: Number.POSITIVE_INFINITY,
    recordTiming: false,
  });
