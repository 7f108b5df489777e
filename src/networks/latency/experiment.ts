import type { OfWork } from '../checkpoints.js';
import type { FitState, Readout } from '../readout/readout.js';
import type { RunOptions } from '../runOptions.js';
import type { Score } from '../score.js';
import type { TrainingState } from './training/trainingState.js';

/**
 * How an experiment runs.
 *
 * @property control  also read out weights shuffled inside each map. Default false.
 */
export interface ExperimentOptions extends RunOptions<TrainingState, ExperimentState> {
  readonly control?: boolean;
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
