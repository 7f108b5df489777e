import type { RunResult } from './runResult.js';

/** A result without its confusion matrix, of which a number is left that is the same for the same one: a hundred thousand fit in memory. */
export interface Told extends Omit<RunResult, 'confusion'> {
  readonly confusionHash: number;
}

/** What has come of the runs of a sweep, by id. A run that was done twice counts once; failures that were to be tried again don't count. */
export interface SweepTally {
  readonly done: ReadonlyMap<string, Told>;
  readonly failed: ReadonlyMap<string, Told>;
  /** How often a run failed, those that don't count too. */
  readonly failures: ReadonlyMap<string, number>;
  /** Runs with results that are not the same to the last bit. */
  readonly differs: ReadonlySet<string>;
}

/** So many failures of a run are to be tried again. */
export interface Retry {
  readonly id: string;
  readonly failures: number;
}

/** Counts results in whatever order they come. */
export function tallyOf(results: Iterable<RunResult>, retries: Iterable<Retry>): SweepTally {
  const [done, failed, differs] = [new Map<string, Told>(), new Map<string, Told>(), new Set<string>()];
  const [failures, forgiven] = [new Map<string, number>(), new Map<string, number>()];
  for (const given of results) {
    const result = toldOf(given);
    const { id, status } = result;
    const before = done.get(id);
    if (status === 'failed') {
      failed.set(id, result);
      failures.set(id, (failures.get(id) ?? 0) + 1);
    } else if (before === undefined) done.set(id, result);
    else if (outcomeOf(before) !== outcomeOf(result)) differs.add(id);
  }
  for (const retry of retries) forgiven.set(retry.id, Math.max(forgiven.get(retry.id) ?? 0, retry.failures));
  for (const [id, count] of failures) if (done.has(id) || count <= (forgiven.get(id) ?? 0)) failed.delete(id);
  return { done, failed, failures, differs };
}

/** What is told of a result. */
export const toldOf = ({ confusion, ...rest }: RunResult): Told => ({ ...rest, confusionHash: hashOf(confusion) });

/** FNV-1a of the counts of a confusion matrix. */
function hashOf(confusion: RunResult['confusion'] = []): number {
  let hash = 0x811c9dc5;
  for (const row of confusion) for (const count of row) hash = Math.imul(hash ^ count, 0x01000193);
  return hash;
}

/** All of a result that must be the same to the last bit wherever and whenever its run is done. */
export const outcomeOf = ({ weights, accuracy, controlAccuracy, confusionHash }: Told): string =>
  JSON.stringify([weights, accuracy, controlAccuracy, confusionHash]);

/** Whether a run is still to be done: it isn't, and nothing is known to be wrong with it. */
export const isLeft = ({ done, failed }: SweepTally, id: string): boolean =>
  !done.has(id) && failed.get(id)?.error?.final !== true;
