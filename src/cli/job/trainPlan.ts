import { join } from 'node:path';
import { StdpError } from '../../core/errors.js';
import type { DataSet } from '../../data/dataSet.js';
import { readingOf } from '../../data/files/reading.js';
import { fingerprint } from '../../io/buildRun.js';
import type { RunRecord } from '../../io/kinds/networkKinds.js';
import { checkRunFolder, freeRunFolder } from '../../io/programRuns.js';
import { type Existing, type Replaceable, readExisting } from '../../io/runFolder.js';
import { ensureNobodyWorks, type Kept, readProgress } from '../../io/runProgress.js';
import { commandLine } from '../commandLine.js';
import { type DataRequest, ensureSameData } from './chooseData.js';
import { type Job, newJob, resumedJob } from './job.js';
import type { TrainOptions } from './trainOptions.js';

/** What to run: from the options, or from the folder of a run that is not complete. */
export interface Plan {
  readonly job: Job;
  readonly request: DataRequest;
  /** Where it is written. */
  readonly place: string;
  /** Whether it goes to the next free place where another takes that one first. */
  readonly numbered: boolean;
  /** The run that stands there and gives way in the end. */
  readonly existing: Existing;
  /** Command that began it. */
  readonly command: string;
  /** When it was begun; undefined for now. */
  readonly started: string | undefined;
  /** What was kept of it that these images can go on with. @throws when they aren't those of the run. */
  readonly keptFor: (data: DataSet) => { readonly state: unknown; readonly pieces: boolean };
}

/** A run from its beginning. */
export function newPlan(options: TrainOptions): Plan {
  if (options.otherData) throw new StdpError('stdp', '--other-data', 'is for --resume and for stdp evaluate');
  const {
    data,
    preset = data === undefined ? 'digits' : 'quick',
    neurons,
    seed = 1,
    train,
    holdout = 0,
    label,
    grey,
    times,
    out,
  } = options;
  const name = join('runs', `${neurons === undefined ? preset : `${preset}-${neurons}`}-seed${seed}`);
  const numbered = out === undefined && options.force !== true;
  const place = numbered ? freeRunFolder(name) : (out ?? name);
  return {
    job: newJob(preset, options),
    request: { directory: data, seed, train, holdout, ...readingOf({ label, grey, times }) },
    ...{ place: numbered ? name : place, numbered },
    existing: placeFor(place, options.force === true ? 'any run' : 'no run'),
    command: commandLine(['train', ...repeated(options)]),
    started: undefined,
    keptFor: () => ({ state: undefined, pieces: false }),
  };
}

/** The run that stands where one shall be written, and nobody works on. */
function placeFor(place: string, replaceable: Replaceable): Existing {
  ensureNobodyWorks(place);
  return checkRunFolder(place, replaceable);
}

/** The options that say what comes of a run; others say where, how fast and how it is told of. */
function repeated(options: TrainOptions): readonly string[] {
  const { data, label, grey, times, preset, neurons, seed, train, holdout, control, backend, set } = options;
  const named = Object.entries({ data, label, times, preset, neurons, seed, train, holdout, control, backend });
  return [
    ...named.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)])),
    ...(grey === true ? ['--grey'] : []),
    ...set.flatMap((setting) => ['--set', setting]),
  ];
}

/** A run that goes on. */
export async function resumedPlan(options: TrainOptions, folder: string): Promise<Plan> {
  const own = ['preset', 'neurons', 'seed', 'train', 'holdout', 'label', 'grey', 'times', 'control'] as const;
  const fixed = own.find((name) => options[name] !== undefined);
  if (fixed !== undefined || options.set.length > 0)
    throw new StdpError('stdp', '--resume', `goes on with the run's own --${fixed ?? 'set'}; leave it out`);
  const { run, existing } = await readExisting(folder);
  const kept = readProgress(folder);
  if (kept === undefined && run.status === 'complete')
    throw new StdpError('stdp', folder, 'is complete: there is nothing to resume');
  ensureNobodyWorks(folder);
  const record = kept?.record ?? run;
  const { directory, train, holdout } = record.data;
  const { out = folder, data: given, otherData = false } = options;
  const here = options.out === undefined;
  return {
    job: resumedJob(record, kept?.state === undefined && run.status !== 'complete' ? run : undefined, options),
    request: { directory: given ?? directory, seed: record.seed, train, holdout, ...readingOf(record.data) },
    ...{ place: out, numbered: false },
    existing: placeFor(out, here ? existing : options.force === true ? 'any run' : 'no run'),
    command: record.process?.command ?? commandLine(['train', '--resume', folder]),
    started: record.process?.started,
    keptFor: (data) => {
      ensureSameData(record.data, data, { folder, given: given !== undefined, parts: ['train', 'test'], otherData });
      return keptFor(kept, data, options, here);
    },
  };
}

/** Pieces are of these images and this backend, and so is a fit; what was learned can be gone on with by any. */
function keptFor(kept: Kept | undefined, data: DataSet, { backend }: TrainOptions, here: boolean): ReturnType<Plan['keptFor']> {
  if (kept?.state === undefined) return { state: undefined, pieces: false };
  const same =
    isSame(kept.record, data) && (backend === undefined || !('backend' in kept.record) || backend === kept.record.backend);
  const { training } = kept.state as { readonly training: unknown };
  return same ? { state: kept.state, pieces: here } : { state: { training }, pieces: false };
}

const isSame = ({ data: { checksums } }: RunRecord, data: DataSet): boolean => {
  const { train, test } = fingerprint(data).checksums;
  return checksums?.train === train && checksums.test === test;
};
