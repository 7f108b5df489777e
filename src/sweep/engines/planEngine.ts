import type { Engine } from '../engine.js';
import { readPlan, readTally } from '../sweepFolder.js';
import { taskCommand } from './taskCommand.js';

/** Does nothing itself: prints the command of every run without a result, a line each, for GNU parallel or whatever runs commands. */
export const planEngine: Engine = {
  run: async (sweep, { data, onProgress }) => {
    const { done, failed } = readTally(sweep.dir);
    let index = 0;
    for (const { id } of readPlan(sweep)) {
      const slice = ['--index', String(index++), '--of', String(sweep.runs)];
      if (!done.has(id) && !failed.has(id)) process.stdout.write(`${taskCommand(sweep, data, slice)}\n`);
    }
    onProgress({ done: done.size, failed: failed.size, total: sweep.runs });
    return 'elsewhere';
  },
};
