import type { PlannedRun } from './plan.js';
import type { Point } from './points.js';
import { readPlan, type Sweep } from './sweepFolder.js';
import type { SweepTally, Told } from './tally.js';

/** A run with what came of it; nothing yet where it is left to do. */
export interface RunAndResult {
  readonly run: PlannedRun;
  readonly result: Told | undefined;
}

/** The runs of a sweep in their order, each with its one result. */
export function* readRuns(sweep: Sweep, { done, failed }: SweepTally): Generator<RunAndResult> {
  for (const run of readPlan(sweep)) yield { run, result: done.get(run.id) ?? failed.get(run.id) };
}

/** Mean and sample standard deviation, √(Σ (x − mean)² / (n − 1)); of a single value there is none. */
export interface Spread {
  readonly mean: number;
  readonly deviation?: number;
}

/** What came of a setting with all its seeds. */
export interface Setting {
  readonly set: Point;
  readonly done: number;
  readonly failed: number;
  readonly left: number;
  /** Accuracy over the runs that are done; `undefined` when none is. */
  readonly accuracy?: Spread;
  /** Accuracy of the controls, the same. */
  readonly control?: Spread;
}

/** The settings of a sweep, the best first; equal ones in the order of the plan. Sums are taken in that order, wherever runs were done. */
export function settingsOf(runs: Iterable<RunAndResult>): readonly Setting[] {
  const groups = new Map<string, { readonly set: Point; readonly results: (Told | undefined)[] }>();
  for (const { run, result } of runs) {
    const key = JSON.stringify(run.set);
    const group = groups.get(key) ?? { set: run.set, results: [] };
    groups.set(key, group);
    group.results.push(result);
  }
  const settings = Array.from(groups.values(), settingOf);
  return settings.sort((a, b) => (b.accuracy?.mean ?? -1) - (a.accuracy?.mean ?? -1));
}

function settingOf({ set, results }: { readonly set: Point; readonly results: readonly (Told | undefined)[] }): Setting {
  const done = results.filter((result) => result?.status === 'done');
  const accuracy = spreadOf(done.flatMap((result) => result?.accuracy ?? []));
  const control = spreadOf(done.flatMap((result) => result?.controlAccuracy ?? []));
  const left = results.filter((result) => result === undefined).length;
  const failed = results.length - done.length - left;
  return { set, done: done.length, failed, left, ...(accuracy && { accuracy }), ...(control && { control }) };
}

/** @returns `undefined` of no values. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length === 1 ? { mean } : { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
