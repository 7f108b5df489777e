import { cancelSweep, openSweep, readTally, retrySweep, type SweepStatus, statusOf } from '../../../sweep/sweepFolder.js';
import type { SweepTally } from '../../../sweep/tally.js';
import { commandLine } from '../../commandLine.js';
import { printable, say, sayJson } from '../../text.js';

/** How many failures are told of one by one. */
const most = 5;

/** Tells how far a sweep has come. */
export function statusCommand(folder: string, json: boolean): number {
  const sweep = openSweep(folder);
  const tally = readTally(folder);
  const status = statusOf(sweep, tally);
  if (json) sayJson(status);
  else {
    say(`${folder}: ${sentenceOf(status)}`);
    tellFailures(tally);
  }
  return 0;
}

function sentenceOf({ runs, done, failed, left, cancelled }: SweepStatus): string {
  const parts = [
    `${done} of ${runs} runs are done`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(left > 0 ? [`${left} are left`] : []),
  ];
  return `${parts.join(', ')}${cancelled ? '; it was called off' : ''}`;
}

/** Tells on stderr why runs failed, and which were done twice with different results. */
export function tellFailures({ failed, differs }: SweepTally): void {
  const reasons = new Map<string, number>();
  for (const { error } of failed.values()) {
    const message = error?.message ?? 'for no known reason';
    reasons.set(message, (reasons.get(message) ?? 0) + 1);
  }
  for (const [message, count] of [...reasons].slice(0, most))
    process.stderr.write(`${printable(`${count} failed: ${message}`)}\n`);
  if (reasons.size > most) process.stderr.write(`and for ${reasons.size - most} other reasons\n`);
  for (const id of [...differs].slice(0, most))
    process.stderr.write(`warning: ${id} was done more than once, and its results differ: a machine computes otherwise\n`);
}

/** The exit code of a sweep: 2 when runs failed that would fail again, 1 when others did, else 0. */
export function exitCodeOfRuns({ failed }: SweepTally): number {
  const failures = [...failed.values()];
  if (failures.length === 0) return 0;
  return failures.some(({ error }) => error?.final === true) ? 2 : 1;
}

/** Has what failed tried again, and one that was called off gone on with. */
export function retryCommand(folder: string): number {
  const sweep = openSweep(folder);
  const { failed, left } = statusOf(sweep, readTally(folder));
  retrySweep(sweep.dir);
  const waiting = `runs that failed: ${failed}, not done yet: ${left}; all of them are done by ${commandLine(['sweep', folder])}`;
  say(`${folder}: ${failed + left === 0 ? 'all runs are done' : waiting}`);
  return 0;
}

/** Calls a sweep off. */
export function cancelCommand(folder: string): number {
  const sweep = openSweep(folder);
  const { done, runs } = statusOf(sweep, readTally(folder));
  if (done === runs) {
    say(`${folder}: all runs are done, there is nothing to call off`);
    return 0;
  }
  cancelSweep(folder);
  say(`${folder} is called off; workers end when their present run is done`);
  return 0;
}
