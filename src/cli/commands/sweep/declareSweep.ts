import type { Command } from '../../../vendor/commander.js';
import { commandLine } from '../../commandLine.js';
import { resultFields, statusFields } from '../../help.js';
import { integerOption, pathOption } from '../../options.js';
import type { ResultsOptions } from './resultsCommand.js';
import type { SweepOptions } from './sweepCommand.js';
import type { TaskOptions } from './taskCommand.js';

const dataText = 'where the images lie here (default: where the sweep was planned)';

/** Declares `stdp sweep` and the commands in it; each leaves its exit code by `end`. */
export function declareSweep(root: Command, end: (code: number) => void): void {
  const sweep = root
    .command('sweep')
    .description('do many runs: a spec of networks, settings and seeds, planned in a folder and done by an engine')
    .allowExcessArguments(false)
    .enablePositionalOptions()
    .argument('<spec>', 'JSON file, or the folder of a sweep to go on with', pathOption)
    .option('--engine <name>', 'who does the runs: local, redis://…, postgres://…, slurm, plan', 'local')
    .option('--out <dir>', 'folder of the sweep (default: sweeps/<name of the file>)', pathOption)
    .option('--workers <n>', 'runs at a time (default: one on each core)', integerOption(1))
    .option('--data <dir>', dataText, pathOption)
    .option('--no-wait', 'with redis://…, postgres://… or slurm: hand the runs over and end')
    .addHelpText(
      'after',
      `\nThe spec and the engines: SWEEPS.md. A short one: { "preset": "digits", "seeds": 3, "set": { "layers.0.threshold": [20, 25] } }`,
    )
    .action(async (spec: string, options: SweepOptions) => {
      const { sweepCommand } = await import('./sweepCommand.js');
      end(await sweepCommand(spec, options));
    });
  const command = (name: string, description: string) =>
    sweep
      .command(name)
      .description(description)
      .allowExcessArguments(false)
      .argument('<folder>', `of a sweep, planned by ${commandLine(['sweep'])}`, pathOption);

  command('task', 'do one part of the runs, without an engine')
    .requiredOption('--index <i>', 'which part, from 0', integerOption(0))
    .requiredOption('--of <n>', 'number of parts', integerOption(1))
    .option('--workers <n>', 'threads (default: 1); the result is the same', integerOption(1), 1)
    .option('--data <dir>', dataText, pathOption)
    .action(async (folder: string, options: TaskOptions) => {
      const { taskCommand } = await import('./taskCommand.js');
      end(await taskCommand(folder, options));
    });
  command('status', 'tell how far it has come')
    .option('--json', 'as one line of JSON')
    .addHelpText('after', `\n${statusFields}`)
    .action(async (folder: string, { json }: { readonly json?: true }) => {
      const { statusCommand } = await import('./statusCommand.js');
      end(statusCommand(folder, json === true));
    });
  command('retry', 'have runs that failed tried again, and one that was called off gone on with').action(
    async (folder: string) => {
      const { retryCommand } = await import('./statusCommand.js');
      end(retryCommand(folder));
    },
  );
  command('cancel', 'call it off: workers end when their present run is done').action(async (folder: string) => {
    const { cancelCommand } = await import('./statusCommand.js');
    end(cancelCommand(folder));
  });
  command('results', 'print the settings, the best first, and draw the accuracy against each parameter')
    .option('--best', 'only the best setting')
    .option('--csv', 'every run as a line of CSV')
    .option('--json', 'the settings as one line of JSON')
    .option('--optuna <file>', "write a journal that Optuna's dashboard reads", pathOption)
    .addHelpText('after', `\n${resultFields}`)
    .action(async (folder: string, options: ResultsOptions) => {
      const { resultsCommand } = await import('./resultsCommand.js');
      end(await resultsCommand(folder, options));
    });
}
