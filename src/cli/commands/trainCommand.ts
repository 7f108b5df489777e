import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { StdpError } from '../../core/errors.js';
import type { DataSet } from '../../data/dataSet.js';
import type { Run } from '../../io/kinds/networkKinds.js';
import { percent } from '../../io/percent.js';
import { addToRunFolder, checkRunFolder, freeRunFolder, isSaved, saveRun, writeNextRunFolder } from '../../io/programRuns.js';
import { type Existing, type Replaceable, readExisting } from '../../io/runFolder.js';
import { chooseData, type DataRequest, ensureSameData } from '../chooseData.js';
import { commandLine } from '../commandLine.js';
import { ensureMemory } from '../ensureMemory.js';
import { type EndingSignal, exitCodeAfter, onInterrupt } from '../interrupts.js';
import { type Job, newJob, resumedJob, runJob } from '../job.js';
import { showProgress } from '../progress.js';
import { confusionTable, printable, say, sayJson } from '../text.js';
import type { TrainOptions } from '../trainOptions.js';
import { withWorkers } from '../withWorkers.js';

/**
 * What to run: from the options, or from the folder of an interrupted run.
 *
 * @property place     where it would be written now.
 * @property replaceable  the run that may stand there.
 * @property save      writes the run, and says where: a run that came there since `existing` stays.
 * @property check     throws when the images are not those of the run to go on with.
 */
interface Plan {
  readonly job: Job;
  readonly seed: number;
  readonly request: DataRequest;
  readonly place: string;
  readonly replaceable: Replaceable;
  readonly save: (run: Run, existing: Existing) => string;
  readonly check: (data: DataSet) => void;
}

/**
 * Trains, tests and writes a run folder. Ctrl-C, or another signal to end, stops after the present piece of work and still writes
 * it; the second quits at once and writes nothing.
 *
 * @returns the exit code: 0, or that of the signal.
 */
export async function trainCommand(options: TrainOptions): Promise<number> {
  const started = performance.now();
  const { job, seed, request, place, replaceable, save, check } =
    options.resume === undefined ? newPlan(options) : await resumedPlan(options, options.resume);
  const existing = checkRunFolder(place, replaceable);
  const data = await chooseData(request);
  check(data);
  const workers = options.workers ?? availableParallelism();
  ensureMemory(job, data, workers);
  const progress = showProgress();
  const abort = new AbortController();
  let stopped: EndingSignal | undefined;
  const release = onInterrupt((times, signal) => {
    progress.stop();
    if (times > 1) process.exit(exitCodeAfter(signal));
    stopped = signal;
    process.stderr.write('\nStopping; what was learned so far is being saved (Ctrl-C again to quit at once).\n');
    abort.abort();
  });
  const context = { seed, request, onProgress: progress.update, signal: abort.signal };
  const work = withWorkers(workers, (workers) => runJob(job, data, { ...context, workers }));
  const { run, failure } = await work.finally(progress.stop);
  const seconds = (performance.now() - started) / 1000;
  const out = save(run, existing);
  const failed = failure ?? (await drawn(out, run, data, seconds));
  release();
  if (failed !== undefined) {
    const goOn = run.status === 'complete' ? '' : ` ${goOnWith(out)}`;
    if (isSaved(out, run)) process.stderr.write(`\nWhat was learned before it failed is saved in ${printable(out)}.${goOn}\n`);
    throw failed.reason;
  }
  print(options, run, out, seconds);
  return run.status === 'complete' || stopped === undefined ? 0 : exitCodeAfter(stopped);
}

/** Adds pictures and the report to a run that is saved; what goes wrong about them comes back, the run stays as it is. */
async function drawn(out: string, run: Run, data: DataSet, seconds: number): Promise<{ readonly reason: unknown } | undefined> {
  try {
    const { reportFiles } = await import('../reportFiles.js');
    addToRunFolder(out, run, await reportFiles(run, data, commandLine(process.argv.slice(2)), seconds));
    return undefined;
  } catch (reason) {
    return { reason };
  }
}

function newPlan(options: TrainOptions): Plan {
  if (options.otherData) throw new StdpError('stdp', '--other-data', 'is for --resume and for stdp evaluate');
  const { data, preset = data === undefined ? 'digits' : 'quick', neurons, seed = 1, train, holdout = 0, out } = options;
  const name = join('runs', `${neurons === undefined ? preset : `${preset}-${neurons}`}-seed${seed}`);
  const replaceable = options.force === true ? 'any run' : 'no run';
  return {
    job: newJob(preset, options),
    seed,
    request: { directory: data, seed, train, holdout },
    ...(out === undefined && replaceable === 'no run'
      ? { place: freeRunFolder(name), replaceable, save: (run: Run) => writeNextRunFolder(name, run) }
      : saving(out ?? name, replaceable)),
    check: () => undefined,
  };
}

async function resumedPlan(options: TrainOptions, folder: string): Promise<Plan> {
  const own = ['preset', 'neurons', 'seed', 'train', 'holdout', 'control'] as const;
  const fixed = own.find((name) => options[name] !== undefined);
  if (fixed !== undefined || options.set.length > 0)
    throw new StdpError('stdp', '--resume', `goes on with the run's own --${fixed ?? 'set'}; leave it out`);
  const { run, existing } = await readExisting(folder);
  if (run.status === 'complete') throw new StdpError('stdp', folder, 'is complete: there is nothing to resume');
  const { directory, train, holdout } = run.data;
  const { out = folder, data: given, otherData = false } = options;
  return {
    job: resumedJob(run, options),
    seed: run.seed,
    request: { directory: given ?? directory, seed: run.seed, train, holdout },
    ...saving(out, options.out === undefined ? existing : options.force === true ? 'any run' : 'no run'),
    check: (data) => ensureSameData(run.data, data, { folder, given: given !== undefined, parts: ['train', 'test'], otherData }),
  };
}

/** Where a run goes that has one place only. */
const saving = (place: string, replaceable: Replaceable): Pick<Plan, 'place' | 'replaceable' | 'save'> => ({
  place,
  replaceable,
  save: (run, existing) => {
    saveRun(place, run, existing);
    return place;
  },
});

const goOnWith = (folder: string): string => `Go on with: ${printable(commandLine(['train', '--resume', folder]))}`;

function print({ json }: TrainOptions, run: Run, out: string, seconds: number): void {
  const shuffled = 'shuffled' in run ? run.shuffled : undefined;
  if (json) {
    const { score, status, seed, data, network } = run;
    const summary = {
      status,
      accuracy: score?.accuracy,
      shuffledAccuracy: shuffled?.accuracy,
      confusion: score?.confusion,
      seed,
      seconds,
      preset: network.name,
      data,
      out,
    };
    sayJson(summary);
    return;
  }
  say(
    `\n${printable(`${run.network.name} on ${run.data.name}`)}: ${run.data.train} training images, seed ${run.seed}, ${seconds.toFixed(1)} s`,
  );
  if (run.score !== undefined) say(`${run.data.holdout > 0 ? 'Held-out' : 'Test'} accuracy ${percent(run.score.accuracy)}`);
  if (shuffled !== undefined) say(`With the weights shuffled inside each map: ${percent(shuffled.accuracy)}`);
  if (run.score !== undefined)
    say(`\nConfusion matrix (rows: what it is, columns: what was seen)\n${confusionTable(run.score.confusion)}`);
  if (run.status === 'interrupted') say(`Interrupted. ${goOnWith(out)}`);
  say(`\nPictures, report and weights: ${printable(join(out, 'report.html'))}`);
}
