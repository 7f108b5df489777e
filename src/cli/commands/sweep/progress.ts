import type { SweepProgress } from '../../../sweep/engine.js';
import type { EndingSignal } from '../../interrupts.js';
import { showProgress } from '../../progress.js';
import { linesBeside, stopOnInterrupt } from '../../stopOnInterrupt.js';

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
  const interrupts = stopOnInterrupt(progress, 'what the present runs have learned');
  const onProgress = ({ done, failed, total }: SweepProgress): void => {
    if (interrupts.stopped() === undefined) progress.update('runs', done + failed, total, failed === 0 ? '' : `${failed} failed`);
  };
  try {
    await work({ signal: interrupts.signal, onProgress, say: linesBeside(progress) });
  } finally {
    progress.stop();
    interrupts.release();
  }
  return interrupts.stopped();
}
