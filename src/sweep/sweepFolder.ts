import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensure, orThrow, StdpError } from '../core/errors.js';
import { aRecord, aText, integerFrom, oneOf, validateParams } from '../core/params/validation.js';
import { messageOf } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import { syncFolder } from '../io/syncFolder.js';
import { appendJsonLines, readJsonLines } from './jsonLines.js';
import type { PlannedRun } from './plan.js';
import { isRunResult, type RunResult } from './runResult.js';
import type { SweepData } from './sweepData.js';
import { type SweepSpec, validateSweepSpec } from './sweepSpec.js';
import { type Retry, type SweepTally, tallyOf } from './tally.js';

/** What `sweep.json` tells. */
export interface SweepRecord {
  readonly format: 'tfjs-stdp sweep 1';
  readonly version: string;
  readonly spec: SweepSpec;
  readonly data: SweepData;
  readonly runs: number;
}

/** A planned sweep: its folder, and what `sweep.json` tells of it. */
export interface Sweep extends SweepRecord {
  readonly dir: string;
}

/** The files of the folder of a sweep; it has no others but the folders `results` and `runs`. */
export const sweepFiles = { record: 'sweep.json', plan: 'plan.jsonl', retries: 'retries.jsonl', cancelled: 'cancelled' } as const;

/** Whether a sweep lies in a folder. */
export const isSweep = (dir: string): boolean => existsSync(join(dir, sweepFiles.record));

/** The sweep in a folder. @throws {StdpError} when there is none, or it is damaged. */
export function openSweep(dir: string): Sweep {
  ensure(isSweep(dir), 'sweep', dir, () => 'holds no sweep: it has no sweep.json');
  try {
    const given: unknown = JSON.parse(readFileSync(join(dir, sweepFiles.record), 'utf8'));
    const checks = { format: oneOf('tfjs-stdp sweep 1'), version: aText, spec: aRecord, data: aRecord, runs: integerFrom(1) };
    const record = orThrow(validateParams<SweepRecord>('sweep', given as SweepRecord, given as SweepRecord, checks));
    return { ...record, spec: orThrow(validateSweepSpec(record.spec)), dir };
  } catch (reason) {
    throw new StdpError('sweep', dir, `has a damaged sweep.json: ${messageOf(reason)}`);
  }
}

/** The runs of a sweep in their order, read piece by piece. @throws {StdpError} where the plan is damaged, in the end where runs are missing. */
export function* readPlan({ dir, runs }: Sweep): Generator<PlannedRun> {
  const file = join(dir, sweepFiles.plan);
  let count = 0;
  for (const run of readJsonLines(file)) {
    count++;
    ensure(isPlannedRun(run), 'sweep', file, () => `is damaged: line ${count} is no run`);
    yield run;
  }
  ensure(count === runs, 'sweep', file, () => `is damaged: it has ${count} runs, ${runs} were planned`);
}

const isPlannedRun = (value: unknown): value is PlannedRun =>
  isRecord(value) && typeof value['id'] === 'string' && isRecord(value['set']) && isRecord(value['request']);

/**
 * Adds a result to `results/<worker>.jsonl`. When it returns, the disk has it.
 *
 * @param worker  a name that no other process uses at the same time, see {@link workerName}.
 */
export function appendResult(dir: string, worker: string, result: RunResult): void {
  const results = join(dir, 'results');
  mkdirSync(results, { recursive: true });
  const file = join(results, `${worker}.jsonl`);
  const isNew = !existsSync(file);
  appendJsonLines(file, [result]);
  if (isNew) syncFolder(results);
}

/** All results of all workers, in no order, read piece by piece. */
export function* readResults(dir: string): Generator<RunResult> {
  const results = join(dir, 'results');
  const files = existsSync(results) ? readdirSync(results).filter((name) => name.endsWith('.jsonl')) : [];
  for (const name of files.sort())
    for (const result of readJsonLines(join(results, name))) {
      ensure(isRunResult(result), 'sweep', join(results, name), () => 'is damaged: a line is no result of a run');
      yield result;
    }
}

/** What has come of the runs so far: see {@link SweepTally}. */
export const readTally = (dir: string): SweepTally => tallyOf(readResults(dir), readRetries(dir));

function* readRetries(dir: string): Generator<Retry> {
  const file = join(dir, sweepFiles.retries);
  if (!existsSync(file)) return;
  for (const retry of readJsonLines(file)) {
    ensure(isRetry(retry), 'sweep', file, () => 'is damaged: a line is no failure to try again');
    yield retry;
  }
}

const isRetry = (value: unknown): value is Retry =>
  isRecord(value) && typeof value['id'] === 'string' && Number.isSafeInteger(value['failures']);

/** How far a sweep has come. */
export interface SweepStatus {
  readonly runs: number;
  readonly done: number;
  readonly failed: number;
  /** Runs without a result. */
  readonly left: number;
  /** Runs that were done more than once, with results that are not the same. */
  readonly differs: readonly string[];
  readonly cancelled: boolean;
}

/** How far the sweep in a folder has come. */
export const sweepStatus = (dir: string): SweepStatus => statusOf(openSweep(dir), readTally(dir));

/** {@link sweepStatus} of results that were read. */
export function statusOf({ dir, runs }: Sweep, { done, failed, differs }: SweepTally): SweepStatus {
  const left = runs - done.size - failed.size;
  return { runs, done: done.size, failed: failed.size, left, differs: [...differs], cancelled: isCancelled(dir) };
}

/** Whether somebody has called a sweep off: workers end before their next run. */
export const isCancelled = (dir: string): boolean => existsSync(join(dir, sweepFiles.cancelled));

/** Calls a sweep off, until {@link retrySweep}. */
export const cancelSweep = (dir: string): void => writeFileSync(join(openSweep(dir).dir, sweepFiles.cancelled), '');

/** Has what failed tried again, and a sweep that was called off gone on with; answers how many runs failed. */
export function retrySweep(dir: string): number {
  const { failed, failures } = readTally(openSweep(dir).dir);
  const retries = Array.from(failures, ([id, count]): Retry => ({ id, failures: count })).filter(({ id }) => failed.has(id));
  appendJsonLines(join(dir, sweepFiles.retries), retries);
  rmSync(join(dir, sweepFiles.cancelled), { force: true });
  return retries.length;
}
