import type { OfWork } from '../checkpoints.js';
import type { FitState, Readout } from '../readout/readout.js';
import type { RunOptions } from '../runOptions.js';
import type { Score } from '../score.js';
import type { Control, ControlScore, LayerDensity } from './control/control.js';
import type { TrainingState } from './training/trainingState.js';

/** How an experiment runs. */
export interface ExperimentOptions extends RunOptions<TrainingState, ExperimentState> {
  /**
   * Also read out weights in which nothing is learned, at as many spikes: `'shuffled'` (or `true`) the trained ones shuffled inside
   * each map, `'random'` fresh ones of the same histogram. Default false.
   */
  readonly control?: Control;
}

/** How far an experiment has come, beside the pieces of its stages. */
export interface ExperimentState extends OfWork {
  readonly training: TrainingState;
  /** How far the fit of the read-out has come. */
  readonly fit?: FitState;
  /** Densities of the control, which tell its thresholds. */
  readonly densities?: readonly LayerDensity[];
  /** How far the fit of the control's read-out has come. */
  readonly controlFit?: FitState;
}

/** What came of it. The parts after `training` are missing when the signal stopped the run before them. */
export interface Experiment {
  readonly training: TrainingState;
  /** The classifier, or the output neurons, fitted on the training images. */
  readonly readout?: Readout;
  /** Score on the test images. */
  readonly score?: Score;
  /** The score of the control, which has a read-out of its own, when asked for. */
  readonly control?: ControlScore;
}
