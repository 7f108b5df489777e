#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { Command, CommanderError, Option } from 'commander';
import { backendNames } from '../backends/useBackend.js';
import { StdpError } from '../core/errors.js';
import { presets } from '../papers/presets.js';
import { ruleNames } from '../rules/ruleFromJSON.js';
import type { EvaluateOptions } from './evaluateCommand.js';
import { collect, integerOption, numberOption, positiveOption } from './options.js';
import { outliveOutput } from './output.js';
import { printable } from './text.js';
import type { TrainOptions } from './trainOptions.js';
import type { WindowOptions } from './windowCommand.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};
const presetHelp = Object.entries(presets).map(([name, { summary }]) => `  ${name.padEnd(18)}${summary}`);

/** The command line; each action loads what it needs and leaves its exit code in `process.exitCode`. */
function program(): Command {
  const backend = (otherwise: string) =>
    new Option('--backend <name>', `where to compute (default: ${otherwise})`).choices([...backendNames]);
  const workers = () =>
    new Option('--workers <n>', 'threads (default: one on each core); the result is the same').argParser(integerOption(1));
  const root = new Command('stdp')
    .description('Spiking networks that learn by STDP, on TensorFlow.js')
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`${text.trim().replaceAll('\n', ' ')}\n`) });
  const command = (name: string, description: string) => root.command(name).description(description).allowExcessArguments(false);

  root
    .command('train', { isDefault: true })
    .description('train a network by STDP, read it out, and leave a folder with weights, pictures and a report')
    .allowExcessArguments()
    .option('--data <dir>', 'directory of IDX files, plain or gz, such as MNIST (default: embedded digits)')
    .addOption(new Option('--preset <name>', 'which network').choices(Object.keys(presets)))
    .option('--neurons <n>', 'neurons of a competitive layer (default: 400)', integerOption(1))
    .option('--seed <n>', 'of everything random (default: 1)', integerOption(0))
    .option('--train <n>', 'use the first n training images (default: all)', integerOption(1))
    .option('--holdout <n>', 'test on the last n training images instead of the test images', integerOption(1))
    .addOption(new Option('--control <kind>', 'also read out weights shuffled inside each map').choices(['shuffled']))
    .option('--set <path=value>', 'change a parameter, such as layers.0.threshold=20 (repeatable)', collect, [])
    .addOption(backend('wasm, or that of the run to resume'))
    .addOption(workers())
    .option('--out <dir>', 'where to write (default: runs/<preset>-seed<n>, with a number where that stands already)')
    .option('--force', 'replace the run that stands there; nothing but a run is ever replaced')
    .option('--resume <dir>', 'go on with an interrupted run')
    .option('--other-data', 'go on with images that are not those of the run')
    .option('--json', 'print the result as one line of JSON')
    .addHelpText('after', `\nPresets:\n${presetHelp.join('\n')}`)
    .action(async (options: TrainOptions, { args: [extra] }: Command) => {
      if (extra !== undefined) throw new StdpError('stdp', extra, 'is neither a command nor an option; see stdp --help');
      const { trainCommand } = await import('./trainCommand.js');
      process.exitCode = await trainCommand(options);
    });
  command('evaluate', 'test a saved network again')
    .argument('<folder>', 'written by stdp train')
    .option('--data <dir>', 'directory of IDX files (default: the data of the run)')
    .option('--other-data', 'test on images that the run was not tested on')
    .addOption(backend('that of the run'))
    .addOption(workers())
    .option('--json', 'print the result as one line of JSON')
    .action(async (folder: string, options: EvaluateOptions) => {
      const { evaluateCommand } = await import('./evaluateCommand.js');
      process.exitCode = await evaluateCommand(folder, options);
    });
  command('window', 'draw the STDP window of a rule: Δw against t_post − t_pre')
    .addOption(new Option('--rule <name>', 'which rule').choices([...ruleNames]).default('pairStdp'))
    .option('--set <name=value>', 'change a parameter, such as tauPre=20 (repeatable)', collect, [])
    .option('--range <ms>', 'largest |Δt|', positiveOption, 100)
    .option('--weight <w>', 'weight before the pair', numberOption, 0.5)
    .option('--reward <r>', 'of rules that learn from one (default: 1)', numberOption)
    .option('--out <file>', 'SVG file to write', 'window.svg')
    .option('--json', 'print the points as one line of JSON')
    .action(async (options: WindowOptions) => {
      const { windowCommand } = await import('./windowCommand.js');
      process.exitCode = await windowCommand(options);
    });
  return root;
}

/** One line for what the user can mend (exit code 2); everything else is ours and shows itself (exit code 1). */
function exitCodeOf(reason: unknown): number {
  if (reason instanceof CommanderError) return reason.exitCode === 0 ? 0 : 2;
  if (reason instanceof StdpError) {
    process.stderr.write(`error: ${printable(reason.message)}\n`);
    return 2;
  }
  process.stderr.write(
    `unexpected error, please report it: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`,
  );
  return 1;
}

outliveOutput();
tf.enableProdMode();
try {
  await program().parseAsync();
} catch (reason) {
  process.exitCode = exitCodeOf(reason);
}
