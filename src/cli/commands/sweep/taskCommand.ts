import { ensure } from '../../../core/errors.js';
import { runTask } from '../../../sweep/runTask.js';
import { openSweep } from '../../../sweep/sweepFolder.js';
import { exitCodeAfter } from '../../interrupts.js';
import { withWorkers } from '../../withWorkers.js';
import { withSweepProgress } from './progress.js';
import { refuseCancelled } from './refuseCancelled.js';

/** The options of `stdp sweep task`, parsed. */
export interface TaskOptions {
  readonly index: number;
  readonly of: number;
  readonly workers: number;
  readonly data?: string;
}

/**
 * Does the runs of one part of a sweep that have no result yet, one after the other.
 *
 * @returns the exit code: 0; 2 when a run failed that would fail again; 1 when one failed otherwise; or that of the signal.
 * @throws {StdpError} when the sweep was called off before they were done.
 */
export async function taskCommand(folder: string, { index, of, workers, data }: TaskOptions): Promise<number> {
  ensure(index < of, 'sweep', '--index', () => `must be from 0 to ${of - 1}, got ${index}`);
  const sweep = openSweep(folder);
  let [code, left] = [0, 0];
  const stopped = await withSweepProgress((context) =>
    withWorkers(workers, async (workers) => {
      const { failures, ...end } = await runTask(sweep, { index, of, workers, data, ...context });
      left = end.left;
      for (const { id, error } of failures) process.stderr.write(`${id} failed: ${error?.message}\n`);
      code = failures.length === 0 ? 0 : failures.some(({ error }) => error?.final) ? 2 : 1;
    }),
  );
  if (stopped !== undefined) return exitCodeAfter(stopped);
  if (left > 0) refuseCancelled(folder);
  return code;
}
