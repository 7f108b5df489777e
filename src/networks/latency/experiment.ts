import type { OfWork } from '../checkpoints.js';
import type { FitState, Readout } from '../readout/readout.js';
import type { RunOptions } from '../runOptions.js';
import type { Score } from '../score.js';
import type { Control, ControlScore, LayerDensity } from './control/control.js';
import type { TrainingState } from './training/trainingState.js';

/**
 * How an experiment runs.
 *
 * @property control  also read out weights in which nothing is learned, at as many spikes: `'shuffled'` (or `true`) the trained ones shuffled
 *   inside each map, `'random'` fresh ones of the same histogram. Default false.
 */
export interface ExperimentOptions extends RunOptions<TrainingState, ExperimentState> {
  readonly control?: Control;
}

/**
 * How far an experiment has come, beside the pieces of its stages.
 *
 * @property fit          of the read-out.
 * @property densities    of the control, whose thresholds they tell.
 * @property controlFit   of its read-out.
 */
export interface ExperimentState extends OfWork {
  readonly training: TrainingState;
  readonly fit?: FitState;
  readonly densities?: readonly LayerDensity[];
  readonly controlFit?: FitState;
}

/**
 * What came of it. The parts after `training` are missing when the signal stopped the run before them.
 *
 * @property readout  the classifier, or the output neurons, fitted on the training images.
 * @property score    on the test images.
 * @property control  the score of the control, which has a read-out of its own, when asked for.
 */
export interface Experiment {
  readonly training: TrainingState;
  readonly readout?: Readout;
  readonly score?: Score;
  readonly control?: ControlScore;
}
