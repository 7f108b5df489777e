import type { SweepProgress } from '../engine.js';
import type { PlannedRun } from '../plan.js';
import { recorderOf, workerName } from '../recorder.js';
import type { RunResult } from '../runResult.js';
import { readPlan, readTally, type Sweep } from '../sweepFolder.js';
import { outcomeOf, toldOf } from '../tally.js';

/** The book of a sweep whose runs are done elsewhere: what came of them, and what is missing. */
export interface Ledger {
  /** How many runs are missing. */
  readonly left: number;
  /** The runs that are missing, in their order. */
  missing(): Generator<PlannedRun>;
  /** How often a run has failed so far. */
  failures(id: string): number;
  /** Writes a result down, unless the run has that one already. */
  record(result: RunResult): void;
  progress(): SweepProgress;
}

/** Opens the book of a sweep; one process at a time has it. */
export function openLedger(sweep: Sweep): Ledger {
  const tally = readTally(sweep.dir);
  const recorder = recorderOf(sweep, workerName('queue'));
  const outcomes = new Map(Array.from(tally.done, ([id, result]) => [id, outcomeOf(result)]));
  const failures = new Map(tally.failures);
  const failuresOf = (id: string): number => failures.get(id) ?? 0;
  const left = new Set<string>();
  for (const { id } of readPlan(sweep)) if (recorder.known(id) === undefined) left.add(id);
  return {
    get left() {
      return left.size;
    },
    *missing() {
      for (const run of readPlan(sweep)) if (left.has(run.id)) yield run;
    },
    failures: failuresOf,
    record: (result) => {
      const { id, status } = result;
      const outcome = outcomeOf(toldOf(result));
      if (status === 'done' && outcomes.get(id) === outcome) return;
      recorder.record(result);
      if (status === 'failed') failures.set(id, failuresOf(id) + 1);
      else outcomes.set(id, outcome);
      left.delete(id);
    },
    progress: recorder.progress,
  };
}
