import type { DataReading } from '../data/files/reading.js';
import type { Score } from '../networks/score.js';

/**
 * Where the images of a run came from.
 *
 * @property label      the column of a table that names the classes, where somebody said it.
 * @property grey       whether coloured images were made grey.
 */
export interface DataChoice extends DataReading {
  readonly name: string;
  /** Directory or file of the images; undefined for the embedded digits, which the seed of the run draws, and for those from elsewhere. */
  readonly directory?: string;
  /** Training images used. */
  readonly train: number;
  /** How many of the training images, the last ones, were the test set; 0 for the real one. */
  readonly holdout: number;
  /** Channels of the network's input. */
  readonly channels: number;
  /** Height of an image in pixels. */
  readonly rows?: number;
  /** Width of an image in pixels. */
  readonly columns?: number;
  /** What each class is called; missing in runs of before there were names. */
  readonly classNames?: readonly string[];
  /**
   * SHA-256 of the images that the run learned from and was tested on. Where these three are missing, it can't be seen whether other
   * images are the same.
   */
  readonly checksums?: { readonly train: string; readonly test: string };
}

/** The program that made a run; of one that is running or was cut off, the last that worked on it. */
export interface RunProcess {
  /** Version of the library. */
  readonly version: string;
  /** Command that began it. */
  readonly command: string;
  readonly host: string;
  readonly pid: number;
  /** When it was begun, as ISO 8601. */
  readonly started: string;
  /** When it ended; undefined while it is running. */
  readonly ended?: string;
}

/** What runs of every kind have. */
export interface AnyRun {
  readonly format: 'tfjs-stdp run 2';
  readonly kind: string;
  /** Running: it goes on, or was cut off; what it has learned meanwhile is among its progress. */
  readonly status: 'complete' | 'interrupted' | 'running';
  readonly network: { readonly name: string };
  readonly seed: number;
  readonly data: DataChoice;
  readonly process?: RunProcess;
  /** How far training has come, without its arrays. */
  readonly training: object;
  readonly score?: Score;
  /** What was learned. */
  readonly arrays: object;
}

/** What `run.json` says: all but the arrays. */
export type RecordOf<R> = R extends unknown ? Omit<R, 'arrays'> : never;

/** Arrays by name, as they stand in `weights.bin`. */
export type NamedArrays = ReadonlyMap<string, Float32Array>;
