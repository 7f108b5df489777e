import { availableParallelism } from 'node:os';
import { StdpError } from '../core/errors.js';
import type { WorkerPool } from '../networks/workers/workerPool.js';
import { type ThreadPool, threadPool } from '../threads/threadPool.js';

/** Does work with a pool of so many threads, by default one on each core, and closes it in the end. */
export async function withWorkers<T>(
  count: number = availableParallelism(),
  work: (workers: WorkerPool) => Promise<T>,
): Promise<T> {
  const workers = workersFor(count);
  try {
    return await work(workers);
  } finally {
    await workers.close();
  }
}

/** A pool whose size is told of by the name that the user gave it. */
function workersFor(count: number): ThreadPool {
  try {
    return threadPool(count);
  } catch (reason) {
    const isSize = reason instanceof StdpError && reason.argument === 'size';
    throw isSize ? new StdpError('stdp', '--workers', reason.problem, { cause: reason }) : reason;
  }
}
