import { ensure } from '../../core/errors.js';
import { ensureIs, integerFrom } from '../../core/params/validation.js';
import type { JobName, ResultOf, UpdateOf } from './jobs.js';
import type { Task, WorkerPool } from './workerPool.js';

/**
 * Images to work on, piece by piece.
 *
 * @property piece   images of a piece.
 * @property signal  no new piece is begun after it.
 */
export interface Pieces<N extends JobName> {
  readonly count: number;
  readonly piece: number;
  readonly update: UpdateOf<N>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Has a pool work on images piece by piece, each by whoever is free. Once a piece has failed no other is begun; the first
 * failure is thrown when nobody is at work any more.
 *
 * @param take  told of every piece, in any order: what came of it, its first image, and how many images are done.
 */
export async function inPieces<N extends JobName>(
  workers: WorkerPool,
  task: Task<N>,
  { count, piece, update, signal }: Pieces<N>,
  take: (result: ResultOf<N>, from: number, done: number) => void,
): Promise<void> {
  ensureIs(integerFrom(0), count, 'pool', 'count');
  ensureIs(integerFrom(1), piece, 'pool', 'piece');
  ensureIs(integerFrom(1), workers.size, 'pool', 'size');
  const failures: unknown[] = [];
  let next = 0;
  let done = 0;
  const work = async (worker: number): Promise<void> => {
    while (next < count && failures.length === 0 && !signal?.aborted) {
      const from = next;
      const to = Math.min(count, from + piece);
      next = to;
      try {
        const result = await task.run(worker, from, to, update);
        ensure(result !== undefined, 'pool', 'task', () => `has no answer for images ${from} … ${to - 1}`);
        done += to - from;
        take(result, from, done);
      } catch (reason) {
        failures.push(reason);
      }
    }
  };
  await Promise.all(Array.from({ length: workers.size }, (_, worker) => work(worker)));
  if (failures.length > 0) throw failures[0];
}
