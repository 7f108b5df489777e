import type { Seed } from '../core/random.js';
import type { Checkpoints } from './checkpoints.js';
import type { OnProgress } from './onProgress.js';
import type { WorkerPool } from './workers/workerPool.js';

/** How an experiment runs, of a network whose training is a `Training` and which keeps a `State`. */
export interface RunOptions<Training, State> {
  /** Seed of everything random. */
  readonly seed: Seed;
  /** Training to go on from. Default: from the beginning. */
  readonly from?: Training;
  readonly onProgress?: OnProgress;
  /** Told what has been learned, of several layers after each: it outlives whatever fails afterwards. */
  readonly onLearned?: (training: Training) => void;
  /** Stops after the present piece of work. */
  readonly signal?: AbortSignal;
  /** Who does what knows nothing of other images. Default: this thread. The result is the same. */
  readonly workers?: WorkerPool;
  /** Keep how far it has come, in the middle of any stage; it goes on from what they kept, whatever `from` is. */
  readonly checkpoints?: Checkpoints<State>;
}
