import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ensure, orThrow, StdpError } from '../../../core/errors.js';
import { messageOf } from '../../../core/show.js';
import { createSweep } from '../../../sweep/createSweep.js';
import type { SweepEnd } from '../../../sweep/engine.js';
import { engineOf } from '../../../sweep/engines/engineOf.js';
import { keepOnlyBest } from '../../../sweep/recorder.js';
import { isSweep, openSweep, readTally, type Sweep, statusOf } from '../../../sweep/sweepFolder.js';
import { validateSweepSpec } from '../../../sweep/sweepSpec.js';
import { commandLine } from '../../commandLine.js';
import { exitCodeAfter } from '../../interrupts.js';
import { printable, say } from '../../text.js';
import { withSweepProgress } from './progress.js';
import { refuseCancelled } from './refuseCancelled.js';
import { sayResults } from './resultsCommand.js';
import { exitCodeOfRuns, tellFailures } from './statusCommand.js';

/** The options of `stdp sweep`, parsed. */
export interface SweepOptions {
  readonly engine: string;
  readonly out?: string;
  readonly workers?: number;
  readonly data?: string;
  readonly wait: boolean;
}

/** Plans a sweep, or takes up one that was planned, and has an engine do what is left of it. */
export async function sweepCommand(given: string, { engine: url, out, workers, data, wait }: SweepOptions): Promise<number> {
  const engine = await engineOf(url);
  const sweep = (await isFolder(given)) ? plannedBefore(given, out) : await planned(given, out);
  const { dir } = sweep;
  refuseCancelled(dir);
  let over = 'here' as SweepEnd;
  const stopped = await withSweepProgress(async (context) => {
    const onAlone = () => context.say(`No worker is there yet; start some, on any machine: ${commandLine(['worker', url])}`);
    over = await engine.run(sweep, { url, workers, data: data ?? sweep.data.path, wait, onAlone, ...context });
  });
  if (over === 'elsewhere') return 0;
  const tally = readTally(dir);
  const status = statusOf(sweep, tally);
  if (status.left > 0) {
    const goOn = status.cancelled ? '' : ` Go on with: ${printable(commandLine(['sweep', dir]))}`;
    process.stderr.write(`${status.left} of ${status.runs} runs are left.${goOn}\n`);
  }
  if (stopped !== undefined) return exitCodeAfter(stopped);
  if (status.left === 0) {
    keepOnlyBest(sweep, tally);
    await sayResults(sweep, tally);
  } else say(printable(dir));
  tellFailures(tally);
  if (status.left > 0) refuseCancelled(dir);
  return exitCodeOfRuns(tally);
}

const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isDirectory() === true;

function plannedBefore(dir: string, out: string | undefined): Sweep {
  ensure(out === undefined, 'sweep', '--out', () => `is for a new sweep, ${dir} is one already`);
  return openSweep(dir);
}

async function planned(file: string, out = join('sweeps', basename(file).replace(/\.json$/i, ''))): Promise<Sweep> {
  const spec = orThrow(validateSweepSpec(await readJson(file)));
  const known = isSweep(out);
  const sweep = await createSweep(out, spec);
  process.stderr.write(`${printable(out)}: ${sweep.runs} runs ${known ? 'were planned before' : 'planned'}\n`);
  return sweep;
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((reason: unknown) => {
    throw new StdpError('sweep', file, `can't be read: ${messageOf(reason)}`);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (reason) {
    throw new StdpError('sweep', file, `is no JSON: ${messageOf(reason)}`);
  }
}
