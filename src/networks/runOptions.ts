import type { Seed } from '../core/random.js';
import type { Checkpoints } from './checkpoints.js';
import type { OnProgress } from './onProgress.js';
import type { WorkerPool } from './workers/workerPool.js';

/**
 * How an experiment runs, of a network whose training is a `Training` and which keeps a `State`.
 *
 * @property seed     of everything random.
 * @property from     training to go on from. Default: from the beginning.
 * @property checkpoints  keep how far it has come, in the middle of any stage; it goes on from what they kept, whatever `from` is.
 * @property onLearned  told what has been learned, of several layers after each: it outlives whatever fails afterwards.
 * @property signal   stops after the present piece of work.
 * @property workers  who does what knows nothing of other images. Default: this thread. The result is the same.
 */
export interface RunOptions<Training, State> {
  readonly seed: Seed;
  readonly from?: Training;
  readonly onProgress?: OnProgress;
  readonly onLearned?: (training: Training) => void;
  readonly signal?: AbortSignal;
  readonly workers?: WorkerPool;
  readonly checkpoints?: Checkpoints<State>;
}
