import type { RunResult } from './runResult.js';

/**
 * What has come of the runs of a sweep, by id. A run that was done twice counts once; failures that were to be tried again don't count.
 *
 * @property differs  runs with results that are not the same to the last bit.
 */
export interface SweepTally {
  readonly done: ReadonlyMap<string, RunResult>;
  readonly failed: ReadonlyMap<string, RunResult>;
  readonly differs: ReadonlySet<string>;
}

/**
 * Counts results in whatever order they come.
 *
 * @param retries  ids of runs a failure of which is to be tried again, once for each failure.
 */
export function tallyOf(results: Iterable<RunResult>, retries: Iterable<string>): SweepTally {
  const [done, failed, differs] = [new Map<string, RunResult>(), new Map<string, RunResult>(), new Set<string>()];
  const failures = new Map<string, number>();
  const count = (id: string, more: number) => failures.set(id, (failures.get(id) ?? 0) + more);
  for (const result of results) {
    const { id, status } = result;
    const before = done.get(id);
    if (status === 'failed') {
      failed.set(id, result);
      count(id, 1);
    } else if (before === undefined) done.set(id, result);
    else if (!isSame(before, result)) differs.add(id);
  }
  for (const id of retries) count(id, -1);
  for (const id of failed.keys()) if (done.has(id) || (failures.get(id) ?? 0) <= 0) failed.delete(id);
  return { done, failed, differs };
}

/** Whether two results of a run are the same to the last bit. */
const isSame = (one: RunResult, other: RunResult): boolean =>
  one.weights === other.weights &&
  one.accuracy === other.accuracy &&
  one.shuffledAccuracy === other.shuffledAccuracy &&
  JSON.stringify(one.confusion) === JSON.stringify(other.confusion);
