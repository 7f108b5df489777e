import { circuitPresets } from '../../papers/circuits/circuitPresets.js';
import type { Command } from '../../vendor/commander.js';
import { listed } from '../help.js';
import { integerOption, pathOption, positiveOption, secondsOption } from '../options.js';
import type { SimulateOptions } from './simulateCommand.js';

const presets = listed(Object.entries(circuitPresets).map(([name, { summary }]) => [name, summary]));

const fields = listed([
  ['name', 'of the preset, or of the file'],
  ['seed', 'of everything random'],
  ['seconds', "of the circuit's time"],
  ['steps', 'how many that is'],
  [
    'populations',
    'of those whose spikes were recorded: size, spikes, rate in Hz, and variation: the mean coefficient of their intervals',
  ],
  ['rates', 'of each population: time in s and values in Hz'],
  ['weights', 'of each projection that learns: synapses, mean, least, greatest, and through time where recorded'],
  ['voltage', 'where recorded: time in s and values in mV'],
  ['out', 'the folder'],
]);

/** Declares `stdp simulate`, which leaves its exit code by `end`. */
export function declareSimulate(root: Command, end: (code: number) => void): void {
  root
    .command('simulate')
    .description('simulate a circuit of populations and projections, and leave a folder with results, pictures and a report')
    .allowExcessArguments(false)
    .argument('[circuit]', 'a preset, or a file of JSON', pathOption)
    .option('--seconds <s>', "of the circuit's time (default: those of the preset, of a file 1)", positiveOption)
    .option('--seed <n>', 'of everything random (default: that of the file, or 1)', integerOption(0))
    .option('--out <dir>', 'where to write (default: runs/<name>-seed<n>, with a number where that stands already)', pathOption)
    .option('--resume <dir>', 'go on with a simulation that was interrupted, or cut off in any way', pathOption)
    .option('--checkpoint <seconds>', 'keep how far it has come so often', secondsOption, 30)
    .option('--json', 'print the results as one line of JSON')
    .addHelpText('after', `\nPresets:\n${presets}\n\nFields of --json, and of results.json:\n${fields}`)
    .action(async (circuit: string | undefined, options: SimulateOptions) => {
      const { simulateCommand } = await import('./simulateCommand.js');
      end(await simulateCommand(circuit, options));
    });
}
