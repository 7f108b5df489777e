import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ensure, StdpError } from '../../../core/errors.js';
import { replaceFile } from '../../../io/replaceFile.js';
import { optunaJournal } from '../../../sweep/optunaJournal.js';
import { readRuns, type Setting, settingsOf } from '../../../sweep/summary.js';
import { openSweep, readTally, type Sweep } from '../../../sweep/sweepFolder.js';
import type { SweepTally } from '../../../sweep/tally.js';
import { printable, say, sayJson } from '../../text.js';
import { csvLines } from './csv.js';
import { headOf, settingsTable, trainCommandOf } from './settingsTable.js';

/** The options of `stdp sweep results`, parsed. */
export interface ResultsOptions {
  readonly best?: true;
  readonly csv?: true;
  readonly json?: true;
  readonly optuna?: string;
}

/** Prints what came of a sweep, in one of its forms. */
export async function resultsCommand(folder: string, { best, csv, json, optuna }: ResultsOptions): Promise<number> {
  const sweep = openSweep(folder);
  const forms = [csv && '--csv', json && '--json', optuna !== undefined && '--optuna'].filter((form) => typeof form === 'string');
  ensure(forms.length < 2, 'sweep', String(forms[1]), () => `and ${forms[0]} are different forms: give one of them`);
  ensure(!best || (!csv && optuna === undefined), 'sweep', '--best', () => `goes with --json or alone`);
  const tally = readTally(folder);
  if (optuna !== undefined) await writeJournal(sweep, tally, optuna);
  else if (csv) for (const line of csvLines(sweep, readRuns(sweep, tally))) process.stdout.write(line);
  else if (json) sayJson(jsonOf(sweep, tally, best === true));
  else if (best) sayBest(sweep, tally);
  else await sayResults(sweep, tally);
  return 0;
}

function jsonOf(sweep: Sweep, tally: SweepTally, best: boolean): unknown {
  const settings = settingsOf(readRuns(sweep, tally));
  const { spec, runs, version } = sweep;
  return best ? bestOf(settings) : { version, spec, runs, settings, differs: [...tally.differs] };
}

/** The best setting. @throws {StdpError} when nothing is done. */
function bestOf([best]: readonly Setting[]): Setting {
  if (best?.accuracy === undefined) throw new StdpError('sweep', 'results', 'there are none yet');
  return best;
}

function sayBest(sweep: Sweep, tally: SweepTally): void {
  const best = bestOf(settingsOf(readRuns(sweep, tally)));
  say(settingsTable(sweep, [best]));
  const train = trainCommandOf(sweep, best.set);
  if (train !== undefined) say(`\nTrain it: ${train}`);
}

/** Prints the table of settings, the best first, and draws the accuracy against each parameter into the folder. */
export async function sayResults(sweep: Sweep, tally: SweepTally): Promise<void> {
  const settings = settingsOf(readRuns(sweep, tally));
  say(`\n${headOf(sweep)}\n\n${settingsTable(sweep, settings)}`);
  const { parameterPlot } = await import('../../../sweep/parameterPlot.js');
  for (const [path, values] of Object.entries(sweep.spec.set)) {
    if ('length' in values && values.length < 2) continue;
    const file = join(sweep.dir, `accuracy-${path.replace(/[^\w.-]/g, '_')}.svg`);
    await replaceFile(file, parameterPlot(sweep.spec, path, settings));
    say(`\nAccuracy against ${path}: ${printable(file)}`);
  }
}

/** Writes a journal where nothing stands, or an earlier one: other files stay. */
async function writeJournal(sweep: Sweep, tally: SweepTally, file: string): Promise<void> {
  const there = await stat(file).catch(() => undefined);
  if (there !== undefined) {
    const isJournal = there.isFile() && (there.size === 0 || (await readFile(file, 'utf8')).startsWith('{"op_code":0,'));
    ensure(isJournal, 'sweep', file, () => "holds something else than a journal of Optuna's: it stays");
  }
  await replaceFile(file, `${[...optunaJournal(sweep, readRuns(sweep, tally))].join('\n')}\n`);
  say(`A study for Optuna: ${printable(file)}; see it with optuna-dashboard ${printable(file)}`);
}
