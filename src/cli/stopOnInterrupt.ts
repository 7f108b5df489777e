import { type EndingSignal, exitCodeAfter, onInterrupt } from './interrupts.js';
import type { Progress } from './progress.js';
import { printable } from './text.js';

/** Work that Ctrl-C, or another signal to end, asks to stop; the second quits at once. */
export interface Interrupts {
  /** Aborted by the first. */
  readonly signal: AbortSignal;
  /** What the first was; undefined when there was none. */
  readonly stopped: () => EndingSignal | undefined;
  /** Gives signals back to Node. */
  readonly release: () => void;
}

/** @param saved  what the user is told is being saved meanwhile. */
export function stopOnInterrupt(progress: Progress, saved: string): Interrupts {
  const abort = new AbortController();
  let stopped: EndingSignal | undefined;
  const release = onInterrupt((times, signal) => {
    progress.stop();
    if (times > 1) process.exit(exitCodeAfter(signal));
    stopped = signal;
    process.stderr.write(`\nStopping; ${saved} is being saved (Ctrl-C again to quit at once).\n`);
    abort.abort();
  });
  return { signal: abort.signal, stopped: () => stopped, release };
}

/** Tells lines in the midst of what shows progress. */
export const linesBeside =
  (progress: Progress) =>
  (line: string): void => {
    progress.stop();
    process.stderr.write(`${printable(line)}\n`);
  };
