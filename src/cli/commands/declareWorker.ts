import type { Command } from '../../vendor/commander.js';
import { integerOption, pathOption, positiveOption } from '../options.js';
import type { WorkerOptions } from './workerCommand.js';

/** Declares `stdp worker`, which leaves its exit code by `end`. */
export function declareWorker(root: Command, end: (code: number) => void): void {
  root
    .command('worker')
    .description('do runs that sweeps have put into a queue, and pieces of trainings (stdp train --engine), on this machine')
    .allowExcessArguments(false)
    .argument('<url>', 'of the queue, as of --engine: redis://host, postgres://user@host/database')
    .option('--until-empty', 'do runs alone, and end when there are none left (default: wait for more)')
    .option('--workers <n>', 'runs at a time, and threads of pieces (default: one on each core)', integerOption(1))
    .option('--data <dir>', 'where the images lie here (default: where the sweep was planned)', pathOption)
    .option('--lock <seconds>', 'until others do the runs of a worker that was lost', positiveOption, 60)
    .action(async (url: string, options: WorkerOptions) => {
      const { workerCommand } = await import('./workerCommand.js');
      end(await workerCommand(url, options));
    });
}
