import { fileURLToPath } from 'node:url';
import { StdpError } from '../../core/errors.js';
import { Piscina } from '../../vendor/piscina.js';
import type { RunRequest } from '../plan.js';
import { RunInterrupted, type RunResult } from '../runResult.js';
import type { ThreadOutcome, ThreadTask } from './localThread.js';

/** Threads that do whole runs, so that the one that asks stays free. */
export interface RunPool {
  /** @throws as `runOne` does; something else when the thread breaks down. */
  run(request: RunRequest, options: Pick<ThreadTask, 'data' | 'folder' | 'keep'>, signal: AbortSignal): Promise<RunResult>;
  close(): Promise<void>;
}

/** A pool of so many threads. */
export function openRunPool(size: number): RunPool {
  const pool = new Piscina({
    filename: fileURLToPath(new URL('./localThread.js', import.meta.url)),
    minThreads: 1,
    maxThreads: size,
    idleTimeout: Number.POSITIVE_INFINITY,
    recordTiming: false,
  });
  return {
    run: async (request, options, signal) => {
      const stop = new Int32Array(new SharedArrayBuffer(4));
      const onAbort = (): void => void Atomics.store(stop, 0, 1);
      signal.addEventListener('abort', onAbort);
      if (signal.aborted) onAbort();
      try {
        const outcome: ThreadOutcome = await pool.run({ request, ...options, stop } satisfies ThreadTask);
        if ('interrupted' in outcome) throw new RunInterrupted('was stopped');
        if ('problem' in outcome) throw new StdpError(outcome.where, outcome.argument, outcome.problem);
        return outcome;
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
    close: () => pool.destroy(),
  };
}
