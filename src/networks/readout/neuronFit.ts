import type { Seed } from '../../core/random.js';
import type { Resumable } from '../checkpoints.js';
import type { WorkerPool } from '../workers/workerPool.js';

/** What happens while output neurons learn, image by image, from a state to go on from. */
export interface NeuronFit<State> extends Resumable<State> {
  readonly seed: Seed;
  readonly workers: WorkerPool;
  readonly signal?: AbortSignal | undefined;
  /** Told of images done and due, and how well the last thousand were answered: the share that was right, or how like them neurons were. */
  readonly onProgress?: (done: number, total: number, well: number) => void;
  /** Told when all features are 0. */
  readonly onSilence: () => void;
}
