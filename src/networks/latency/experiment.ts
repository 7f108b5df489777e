import type { Seed } from '../../core/random.js';
import type { Checkpoints, OfWork } from '../checkpoints.js';
import type { OnProgress } from '../onProgress.js';
import type { FitState, Readout } from '../readout/readout.js';
import type { Score } from '../score.js';
import type { WorkerPool } from '../workers/workerPool.js';
import type { TrainingState } from './training/trainingState.js';

/**
 * How an experiment runs.
 *
 * @property seed     of everything random.
 * @property control  also read out weights shuffled inside each map. Default false.
 * @property from     training to go on from. Default: from the beginning.
 * @property checkpoints  keep how far it has come, in the middle of any stage; it goes on from what they kept, whatever `from` is.
 * @property onLearned  told what has been learned after each layer: it outlives whatever fails afterwards.
 * @property signal   stops after the present piece of work.
 * @property pool     who does what knows nothing of other images. Default: this thread. The result is the same.
 */
export interface ExperimentOptions {
  readonly seed: Seed;
  readonly control?: boolean;
  readonly from?: TrainingState;
  readonly onProgress?: OnProgress;
  readonly onLearned?: (training: TrainingState) => void;
  readonly signal?: AbortSignal;
  readonly workers?: WorkerPool;
  readonly checkpoints?: Checkpoints<ExperimentState>;
}

/**
 * How far an experiment has come, beside the pieces of its stages.
 *
 * @property fit          of the read-out.
 * @property shuffledFit  of the read-out of shuffled weights.
 */
export interface ExperimentState extends OfWork {
  readonly training: TrainingState;
  readonly fit?: FitState;
  readonly shuffledFit?: FitState;
}

/**
 * What came of it. The parts after `training` are missing when the signal stopped the run before them.
 *
 * @property readout  the classifier, or the output neurons, fitted on the training images.
 * @property score    on the test images.
 * @property control  the score with shuffled weights and a read-out of their own, when asked for.
 */
export interface Experiment {
  readonly training: TrainingState;
  readonly readout?: Readout;
  readonly score?: Score;
  readonly control?: Score;
}
