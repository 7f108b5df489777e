import { existsSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensure } from '../core/errors.js';
import { isRecord } from '../core/trees.js';
import type { Checkpoints } from '../networks/checkpoints.js';
import { readCheckpoint, writeCheckpoint } from './checkpoint/checkpointFiles.js';
import { checksum } from './checksum.js';
import type { Run, RunRecord } from './kinds/networkKinds.js';
import { identityOf, keepRun, writeNextRunFolder } from './programRuns.js';
import { checkpointsIn } from './progress/fileCheckpoints.js';
import { acquireLock, holderAt, lockFile, refuseHeld } from './progress/lock.js';
import { clearPieces, clearProgress, progressAt, progressName, removeProgress } from './progress/progressFolder.js';
import type { RunProcess } from './run.js';
import { type Existing, ensureWritable } from './runFolder.js';
import { placeOf, placeToWrite, removeRun } from './runPlace.js';
import { checkRunRecord, formatRunFile, parseRunFile } from './runRecord.js';
import { clearDrafts } from './swapFolder.js';
import { syncFolder } from './syncFolder.js';

const where = 'stdp';

/** How far a run has come, as a checkpoint holds it. */
export interface Kept {
  /** The run when it was begun. */
  readonly record: RunRecord;
  /** State of its experiment; undefined before anything was kept. */
  readonly state: unknown;
}

/** What was kept of the run in a folder; undefined where there is nothing. @throws {StdpError} when all of it is damaged, or of something else. */
export function readProgress(folder: string): Kept | undefined {
  const kept = readCheckpoint(join(placeOf(folder, where), progressName));
  if (kept === undefined) return undefined;
  const { carry } = kept;
  ensure(
    isKept(carry),
    where,
    join(folder, progressName),
    () => 'holds a checkpoint that is not of a run; remove what is not of it',
  );
  return { record: checkRunRecord(folder, carry.record, where), state: carry.state };
}

const isKept = (carry: unknown): carry is { readonly record: { readonly [name: string]: unknown }; readonly state: unknown } =>
  isRecord(carry) && isRecord(carry['record']) && (carry['state'] === undefined || isOfExperiment(carry['state']));

const isOfExperiment = (state: unknown): boolean => isRecord(state) && isRecord(state['training']);

/** @throws {StdpError} when another process works on the run in a folder. */
export const ensureNobodyWorks = (folder: string): void =>
  refuseHeld(holderAt(join(placeOf(folder, where), progressName, lockFile)), where, folder);

/** A run that this process works on, in its folder. */
export interface BegunRun {
  readonly folder: string;
  /** The run that stands there and gives way when this one is saved. */
  readonly existing: Existing;
  /** Checkpoints that keep it. */
  readonly checkpoints: Checkpoints<unknown>;
  /** Lets go of the folder. Of a run that was not saved stays what was kept of it; answers whether there is any. */
  end(status: 'saved' | 'failed'): boolean;
}

/** How a run is begun. */
export interface Beginning {
  /** The run that stands in the folder; a new one gets its place when it is saved. */
  readonly existing: Existing;
  /** Whether a run that comes to a folder that is taken goes to the next free one, `folder-2`. */
  readonly numbered: boolean;
  /** State to go on from. */
  readonly state: unknown;
  /** Whether those that were kept in the folder are of this run. */
  readonly pieces: boolean;
  /** Seconds between two checkpoints. */
  readonly every: number;
  /** Told what the file system refused: the work goes on, and the last checkpoint stays. */
  readonly onFailure: (reason: unknown) => void;
}

/**
 * Begins a run, or goes on with one: its folder says from now on that it is running, and its progress is there.
 *
 * @param run  as it is before it learns, its status `running`.
 * @throws {StdpError} when another process works on that folder, or it can't be written.
 */
export function beginRun(name: string, run: Run, options: Beginning): BegunRun {
  const stood = options.existing.identity !== undefined;
  const made = missingAbove(placeToWrite(name, where));
  const folder = stood ? name : claimed(name, run, options.numbered);
  const place = placeToWrite(folder, where);
  const progress = progressAt(place);
  const lock = acquireLock(progress, where, folder);
  const { arrays: _, ...record } = run;
  const keptOf = (state: unknown): Kept => ({ record, state });
  let existing = stood ? options.existing : identityOf(run);
  try {
    if (stood) ensureWritable(where, folder, place, options.existing);
    clearDrafts(place);
    if (!options.pieces) (options.state === undefined ? clearProgress : clearPieces)(progress);
    if (stood) existing = takeUp(place, folder, options.existing, run);
    writeCheckpoint(progress, keptOf(options.state));
  } catch (reason) {
    lock.release();
    if (stood) removeEmpty(progress);
    else removeAll(place, made);
    throw reason;
  }
  let keeps = options.state === undefined ? 0 : 1;
  const { state, keep, ...files } = checkpointsIn<unknown>(progress, options.state, options.every);
  const keepIfPossible = (next: unknown): void => {
    try {
      keep(keptOf(next));
      keeps++;
    } catch (reason) {
      options.onFailure(reason);
    }
  };
  return {
    folder,
    existing,
    checkpoints: { ...files, state, keep: keepIfPossible },
    end: (status) => {
      lock.release();
      if (status === 'saved') {
        clearDrafts(place, run.process);
        return true;
      }
      if (keeps === 0 && !stood) removeAll(place, made);
      else if (restamp(place, 'interrupted', run.process) === undefined && keeps === 0) removeProgress(place);
      return keeps > 0;
    },
  };
}

/** The folders above a place that aren't there yet, the lowest first. */
function missingAbove(place: string): readonly string[] {
  const parent = dirname(place);
  return existsSync(parent) ? [] : [parent, ...missingAbove(parent)];
}

/** Removes a run and the folders that were made for it, unless something has come there. */
function removeAll(place: string, made: readonly string[]): void {
  if (removeRun(place)) removeEmpty(...made);
}

function removeEmpty(...folders: readonly string[]): void {
  try {
    for (const folder of folders) rmdirSync(folder);
  } catch {
    // Something has come there.
  }
}

/** Writes a run that has just begun, so that the folder is its own. */
function claimed(name: string, run: Run, numbered: boolean): string {
  if (numbered) return writeNextRunFolder(name, run);
  keepRun(name, run, { identity: undefined });
  return name;
}

/**
 * The run that stands at a place is running from now on. One that is complete stays until another is saved; one that isn't and was not
 * begun by this run gives way to it now, so that the folder never tells of one and holds the progress of another.
 */
function takeUp(place: string, folder: string, existing: Existing, run: Run): Existing {
  const { record } = parseRunFile(place, readFileSync(join(place, 'run.json'), 'utf8'), where);
  const isAnother = record.process !== undefined && record.process.started !== run.process?.started;
  if (record.status === 'complete' || !isAnother) return restamp(place, 'running', run.process) ?? existing;
  keepRun(folder, run, existing);
  return identityOf(run);
}

/** Changes what the folder of a run says of its status; its files stay. Answers which run it is then; undefined for one that is complete. */
function restamp(place: string, status: RunRecord['status'], process: RunProcess | undefined): Existing | undefined {
  const { record, checksums } = parseRunFile(place, readFileSync(join(place, 'run.json'), 'utf8'), where);
  if (record.status === 'complete') return undefined;
  const json = formatRunFile({ ...record, status, ...(process && { process }) }, checksums);
  const aside = join(progressAt(place), `.run-${status}.json`);
  writeFileSync(aside, json, { flush: true });
  renameSync(aside, join(place, 'run.json'));
  syncFolder(place);
  return { identity: checksum(json) };
}
