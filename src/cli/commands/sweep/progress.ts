import type { SweepProgress } from '../../../sweep/engine.js';
import { type EndingSignal, exitCodeAfter, onInterrupt } from '../../interrupts.js';
import { showProgress } from '../../progress.js';

/** What work on a sweep is told by, and tells. */
interface WorkContext {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SweepProgress) => void;
  /** A line beside the bar. */
  readonly say: (line: string) => void;
}

/**
 * Does work on a sweep under one bar over all its runs. Ctrl-C, or another signal to end, asks it to stop; the second quits at once.
 *
 * @returns the signal that stopped it.
 */
export async function withSweepProgress(work: (context: WorkContext) => Promise<void>): Promise<EndingSignal | undefined> {
  const progress = showProgress();
  const abort = new AbortController();
  let stopped: EndingSignal | undefined;
  const release = onInterrupt((times, signal) => {
    progress.stop();
    if (times > 1) process.exit(exitCodeAfter(signal));
    stopped = signal;
    process.stderr.write('\nStopping; what the present runs have learned is being saved (Ctrl-C again to quit at once).\n');
    abort.abort();
  });
  const onProgress = ({ done, failed, total }: SweepProgress): void => {
    if (stopped === undefined) progress.update('runs', done + failed, total, failed === 0 ? '' : `${failed} failed`);
  };
  const say = (line: string): void => {
    progress.stop();
    process.stderr.write(`${line}\n`);
  };
  try {
    await work({ signal: abort.signal, onProgress, say });
  } finally {
    progress.stop();
    release();
  }
  return stopped;
}
