import type { BackendName } from '../backends/useBackend.js';
import type { CompetitiveWeights } from '../kernels/host/competitiveLayer.js';
import type { Score } from '../networks/accuracy.js';
import type { ClassRates } from '../networks/competitiveSpec/classRates.js';
import type { CompetitiveSpec } from '../networks/competitiveSpec/competitiveSpec.js';
import type { CompetitiveState } from '../networks/competitiveSpec/competitiveState.js';
import type { NetworkSpec } from '../networks/latency/spec/networkSpec.js';
import type { TrainingState } from '../networks/latency/training/trainingState.js';
import type { LinearReadout } from '../networks/readout/readout.js';

/**
 * Where the images of a run came from.
 *
 * @property directory  of IDX files; undefined for the embedded digits, which the seed of the run draws, and for images from elsewhere.
 * @property train      training images used.
 * @property holdout    of them, the last so many were the test set; 0 for the real one.
 * @property channels   of the network's input.
 * @property rows       height of an image in pixels.
 * @property columns    width of an image in pixels.
 * @property checksums  SHA-256 of the images that the run learned from and was tested on. Where these three are missing, it can't be
 *                      seen whether other images are the same.
 */
export interface DataChoice {
  readonly name: string;
  readonly directory?: string;
  readonly train: number;
  readonly holdout: number;
  readonly channels: number;
  readonly rows?: number;
  readonly columns?: number;
  readonly checksums?: { readonly train: string; readonly test: string };
}

/** What runs of every kind have. */
export interface AnyRun {
  readonly format: 'tfjs-stdp run 2';
  readonly status: 'complete' | 'interrupted';
  readonly seed: number;
  readonly data: DataChoice;
  readonly score?: Score;
}

/** A latency-coded convolutional network with a linear read-out. The arrays: weights of each layer begun, and the fit. */
export interface LatencyRun extends AnyRun {
  readonly kind: 'latency';
  readonly network: NetworkSpec;
  readonly control: boolean;
  readonly backend: BackendName;
  readonly training: Omit<TrainingState, 'weights'>;
  readonly shuffled?: Score;
  readonly arrays: { readonly layers: readonly Float32Array[]; readonly readout?: LinearReadout };
}

/** A competitive layer whose neurons vote. The arrays: what it learned, and what the neurons answer to each class. */
export interface CompetitiveRun extends AnyRun {
  readonly kind: 'competitive';
  readonly network: CompetitiveSpec;
  readonly training: Omit<CompetitiveState, keyof CompetitiveWeights>;
  readonly arrays: CompetitiveWeights & { readonly answers?: ClassRates };
}

/** A run with everything needed to repeat, resume or test it. */
export type Run = LatencyRun | CompetitiveRun;

/** What `run.json` says: all but the arrays. */
export type RunRecord = Omit<LatencyRun, 'arrays'> | Omit<CompetitiveRun, 'arrays'>;
