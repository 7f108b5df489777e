import * as tf from '@tensorflow/tfjs-core';
import { backendNames } from '../backends/useBackend.js';
import { StdpError } from '../core/errors.js';
import { meant } from '../core/params/closest.js';
import { timesControls } from '../data/events/timesControl.js';
import { type TableName, tables } from '../io/tableNames.js';
import { controlKinds } from '../networks/latency/control/control.js';
import { presets } from '../papers/presets.js';
import { ruleNames } from '../rules/ruleFromJSON.js';
import { Argument, Command, Option } from '../vendor/commander.js';
import { outliveBrokenPipe } from './brokenPipe.js';
import { commandLine } from './commandLine.js';
import type { ClassifyOptions } from './commands/classifyCommand.js';
import { declareSimulate } from './commands/declareSimulate.js';
import { declareWorker } from './commands/declareWorker.js';
import type { EvaluateOptions } from './commands/evaluateCommand.js';
import type { NumbersOptions } from './commands/numbersCommand.js';
import type { ParamsOptions } from './commands/paramsCommand.js';
import { declareSweep } from './commands/sweep/declareSweep.js';
import type { WindowOptions } from './commands/windowCommand.js';
import { exitCodeOf, exitCodes } from './exitCodes.js';
import { classifyFields, evaluateFields, listed, paramsFields, presetList, trainFields, windowFields } from './help.js';
import type { TrainOptions } from './job/trainOptions.js';
import {
  collect,
  holdoutOption,
  integerOption,
  numberOption,
  pathOption,
  positiveOption,
  ruleOption,
  secondsOption,
} from './options.js';
import { printable } from './text.js';
import { engineOption } from './withEngine.js';

/** The command line; each action loads what it needs and leaves its exit code by `end`. */
function program(version: string, end: (code: number) => void, hint: (text: string) => void): Command {
  const backend = (otherwise: string) =>
    new Option('--backend <name>', `where to compute (default: ${otherwise})`).choices([...backendNames]);
  const workers = () =>
    new Option('--workers <n>', 'threads (default: one on each core); the result is the same').argParser(integerOption(1));
  const preset = () => new Option('--preset <name>', 'which network').choices(Object.keys(presets));
  const rule = () => new Option('--rule <name>', 'which rule, such as pair for pairStdp').argParser(ruleOption);
  const root = new Command('stdp')
    .description('Spiking networks that learn by STDP, on TensorFlow.js')
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`${printable(text.trim().replaceAll('\n', ' '))}\n`) })
    .addHelpText('afterAll', `\nExit codes:\n${listed(exitCodes)}`);
  const command = (name: string, description: string) => root.command(name).description(description).allowExcessArguments(false);

  root
    .command('train', { isDefault: true })
    .description(
      'train a network by STDP, read it out, and leave a folder with weights, pictures and a report (the default command)',
    )
    .allowExcessArguments()
    .option(
      '--data <path>',
      'a file or folder of images or a table, known by its content, such as MNIST (default: embedded digits)',
      pathOption,
    )
    .option('--label <column>', 'of a table: the column of the classes, by name or number', pathOption)
    .option('--grey', 'make coloured images grey')
    .addOption(
      new Option('--times <control>', 'of events: collapsed or shuffled within each sample, to see whether they matter').choices([
        ...timesControls,
      ]),
    )
    .addOption(preset())
    .option('--neurons <n>', 'neurons of a competitive layer (default: 400); thetaPlus grows with them', integerOption(1))
    .option('--seed <n>', 'of everything random (default: 1)', integerOption(0))
    .option('--train <n>', 'use the first n training images (default: all)', integerOption(1))
    .option(
      '--holdout <n>',
      'test on the last n training images, or a share such as 0.2, instead of the test images',
      holdoutOption,
    )
    .addOption(
      new Option(
        '--control <kind>',
        'also read out untrained weights at as many spikes: shuffled inside each map, or random',
      ).choices(controlKinds),
    )
    .option('--set <path=value>', 'change a parameter, such as layers.0.threshold=20 (repeatable)', collect, [])
    .addOption(backend('wasm, or that of the run to resume'))
    .addOption(workers())
    .option('--engine <url>', 'have workers of other machines help (stdp worker <url>): redis://host', engineOption)
    .option('--out <dir>', 'where to write (default: runs/<preset>-seed<n>, with a number where that stands already)', pathOption)
    .option('--force', 'replace the run that stands there; nothing but a run is ever replaced')
    .option('--resume <dir>', 'go on with a run that was interrupted, or cut off in any way', pathOption)
    .option('--checkpoint <seconds>', 'keep how far it has come so often', secondsOption, 30)
    .option('--other-data', 'go on with images that are not those of the run')
    .option('--json', 'print the result as one line of JSON')
    .addHelpText(
      'after',
      `\nPresets:\n${presetList}\n\nParameters for --set: ${commandLine(['params', '--preset', 'quick'])}\n\n${trainFields}`,
    )
    .action(async (options: TrainOptions, { args: [extra] }: Command) => {
      if (extra !== undefined) {
        const known = root.commands.map((other) => other.name());
        const help = `see ${commandLine(['--help'])}.${meant(extra, known)}`;
        throw new StdpError('stdp', extra, `is neither a command nor an option; ${help}`);
      }
      if (options.set.length > 0)
        hint(commandLine(['params', '--preset', options.preset ?? (options.data === undefined ? 'digits' : 'quick')]));
      const { trainCommand } = await import('./commands/trainCommand.js');
      end(await trainCommand(options, version));
    });
  command('evaluate', 'test a saved network again')
    .argument('<folder>', 'written by stdp train', pathOption)
    .option('--data <path>', 'a file or folder as for train (default: the data of the run)', pathOption)
    .option('--other-data', 'test on images that the run was not tested on')
    .addOption(backend('that of the run'))
    .addOption(workers())
    .option('--json', 'print the result as one line of JSON')
    .addHelpText('after', `\n${evaluateFields}`)
    .action(async (folder: string, options: EvaluateOptions) => {
      const { evaluateCommand } = await import('./commands/evaluateCommand.js');
      end(await evaluateCommand(folder, options));
    });
  command('classify', 'tell what a saved network takes pictures for')
    .argument('<folder>', 'written by stdp train', pathOption)
    .argument('<pictures...>', 'PNG or JPEG files; colours become grey')
    .option('--resize', 'scale pictures of another size to that of the run, by areas')
    .option('--invert', 'exchange light and dark: for dark on light where the run learned light on dark, as digits are')
    .option('--json', 'print each answer as one line of JSON')
    .addHelpText('after', `\n${classifyFields}`)
    .action(async (folder: string, pictures: readonly string[], options: ClassifyOptions) => {
      const { classifyCommand } = await import('./commands/classifyCommand.js');
      end(await classifyCommand(folder, pictures, options));
    });
  command('numbers', 'print the numbers that the pictures of a saved run show, as CSV')
    .argument('<folder>', 'written by stdp train', pathOption)
    .addArgument(new Argument('<table>', 'which numbers').choices(tables.map(([name]) => name)))
    .option('--data <dir>', 'for spikes: the images that the run was tested on (default: the data of the run)', pathOption)
    .option('--other-data', 'for spikes: take images that the run was not tested on')
    .option('--json', 'print them as one line of JSON: a list of records')
    .addHelpText('after', `\nTables, and what a line of each tells:\n${listed(tables)}`)
    .action(async (folder: string, table: TableName, options: NumbersOptions) => {
      const { numbersCommand } = await import('./commands/numbersCommand.js');
      end(await numbersCommand(folder, table, options));
    });
  command('window', 'draw the STDP window of a rule: Δw against t_post − t_pre')
    .allowExcessArguments()
    .addOption(rule().default('pairStdp'))
    .option('--set <name=value>', 'change a parameter, such as tauPre=20 (repeatable)', collect, [])
    .option('--range <ms>', 'largest |Δt|', positiveOption, 100)
    .option('--weight <w>', 'weight before the pair', numberOption, 0.5)
    .option('--reward <r>', 'of rules that learn from one (default: 1)', numberOption)
    .option('--out <file>', 'SVG file to write (default: window.svg, with a number where that stands already)', pathOption)
    .option('--json', 'print the points as one line of JSON')
    .addHelpText(
      'after',
      `\nRules: ${ruleNames.join(', ')}\n\nParameters for --set: ${commandLine(['params', '--rule', 'pair'])}\n\n${windowFields}`,
    )
    .action(async (options: WindowOptions, { args: [extra] }: Command) => {
      if (extra !== undefined) throw new StdpError('stdp window', extra, `is no option: a rule is named by --rule ${extra}`);
      if (options.set.length > 0) hint(commandLine(['params', '--rule', options.rule]));
      const { windowCommand } = await import('./commands/windowCommand.js');
      end(await windowCommand(options));
    });
  command('params', 'list the parameters that --set can change, with their values')
    .allowExcessArguments()
    .addOption(preset().conflicts('rule'))
    .addOption(rule())
    .option('--json', 'print them as one line of JSON')
    .addHelpText('after', `\n${paramsFields}`)
    .action(async (options: ParamsOptions, { args: [extra] }: Command) => {
      const form = extra !== undefined && Object.hasOwn(presets, extra) ? '--preset' : '--rule';
      if (extra !== undefined) throw new StdpError('stdp params', extra, `is no option: it is named by ${form} ${extra}`);
      const { paramsCommand } = await import('./commands/paramsCommand.js');
      end(paramsCommand(options));
    });
  declareSimulate(root, end);
  declareSweep(root, end);
  declareWorker(root, end);
  return root;
}

/** Runs the command of this process to its end; answers its exit code. */
export async function run(version: string): Promise<number> {
  let code = 0;
  let hint: string | undefined;
  const fail = (reason: unknown): number => exitCodeOf(reason, hint);
  process.on('uncaughtException', (reason) => process.exit(fail(reason)));
  outliveBrokenPipe();
  tf.enableProdMode();
  try {
    const end = (reached: number) => {
      code = reached;
    };
    await program(version, end, (text) => {
      hint = text;
    }).parseAsync();
    return code;
  } catch (reason) {
    return fail(reason);
  }
}
