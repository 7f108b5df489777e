import { localPool, type WorkerPool } from '../../../src/networks/workers/workerPool.js';

/** Three workers of whom the first is the slowest: pieces come back in another order than they were given out in. They wait by turns. */
export function outOfOrderPool(): WorkerPool {
  const workers = localPool();
  return {
    ...workers,
    size: 3,
    begin: (name, setup) => {
      const task = workers.begin(name, setup);
      return {
        ...task,
        run: async (worker, from, to, update) => {
          for (let turn = 0; turn < 30 * (2 - worker); turn++) await Promise.resolve();
          return task.run(worker, from, to, update);
        },
      };
    },
  };
}
