import { availableParallelism } from 'node:os';
import { StdpError } from '../../core/errors.js';
import { isQueueUrl, shownUrl } from '../../sweep/engines/queueStore.js';
import { workOnQueue } from '../../sweep/engines/queueWorker.js';
import { isPieceUrl } from '../../sweep/pieces/pieceJob.js';
import { workOnPieces } from '../../sweep/pieces/pieceWorker.js';
import { type EndingSignal, exitCodeAfter, onInterrupt } from '../interrupts.js';
import { printable, say } from '../text.js';

/** Of `stdp worker`, as the command line gives them. */
export interface WorkerOptions {
  readonly workers?: number;
  readonly data?: string;
  readonly lock: number;
  readonly untilEmpty?: boolean;
}

/**
 * Does runs of sweeps, and pieces of trainings where there are such, until it is asked to end. The first signal lets the present runs be done, the second puts them back.
 *
 * @returns the exit code: 0, or that of the signal.
 */
export async function workerCommand(url: string, options: WorkerOptions): Promise<number> {
  const { workers = availableParallelism(), data, lock, untilEmpty = false } = options;
  if (!isQueueUrl(url)) throw new StdpError('stdp worker', url, 'must name a queue: redis://host, rediss://…, postgres://…');
  const [finish, leave] = [new AbortController(), new AbortController()];
  let stopped: EndingSignal | undefined;
  const release = onInterrupt((times, signal) => {
    if (times > 2) process.exit(exitCodeAfter(signal));
    stopped = signal;
    finish.abort();
    if (times > 1) leave.abort();
    else process.stderr.write('Ending when the present runs are done (again: at once; they are put back for others).\n');
  });
  const signals = { finish: finish.signal, leave: leave.signal };
  const both = isPieceUrl(url) && !untilEmpty;
  process.stderr.write(
    `Doing runs${both ? ' and pieces of trainings' : ''} from ${printable(shownUrl(url))}, ${workers} at a time.\n`,
  );
  const work = [
    workOnQueue(url, { workers, data, lock, untilEmpty, ...signals }),
    both ? workOnPieces(url, { workers, data, lock, ...signals }) : undefined,
  ] as const;
  const [tally, pieces] = await Promise.all(work).catch((reason) => {
    leave.abort();
    throw reason;
  });
  release();
  say(`${tally.done} runs done, ${tally.failed} failed${pieces === undefined ? '' : `; ${pieces} pieces of trainings done`}`);
  return stopped === undefined ? 0 : exitCodeAfter(stopped);
}
