import type { DataReading } from '../data/files/reading.js';
import type { Score } from '../networks/score.js';

/**
 * Where the images of a run came from.
 *
 * @property directory  or file where they are; undefined for the embedded digits, which the seed of the run draws, and for images from elsewhere.
 * @property label      the column of a table that names the classes, where somebody said it.
 * @property grey       whether coloured images were made grey.
 * @property train      training images used.
 * @property holdout    of them, the last so many were the test set; 0 for the real one.
 * @property channels   of the network's input.
 * @property rows       height of an image in pixels.
 * @property columns    width of an image in pixels.
 * @property classNames  what each class is called; missing in runs of before there were names.
 * @property checksums  SHA-256 of the images that the run learned from and was tested on. Where these three are missing, it can't be
 *                      seen whether other images are the same.
 */
export interface DataChoice extends DataReading {
  readonly name: string;
  readonly directory?: string;
  readonly train: number;
  readonly holdout: number;
  readonly channels: number;
  readonly rows?: number;
  readonly columns?: number;
  readonly classNames?: readonly string[];
  readonly checksums?: { readonly train: string; readonly test: string };
}

/**
 * The program that made a run; of one that is running or was cut off, the last that worked on it.
 *
 * @property version  of the library.
 * @property command  that began it.
 * @property started  when it was begun, as ISO 8601.
 * @property ended    when it ended; undefined while it is running.
 */
export interface RunProcess {
  readonly version: string;
  readonly command: string;
  readonly host: string;
  readonly pid: number;
  readonly started: string;
  readonly ended?: string;
}

/**
 * What runs of every kind have.
 *
 * @property status    running: it goes on, or was cut off; what it has learned meanwhile is among its progress.
 * @property training  how far training has come, without its arrays.
 * @property arrays    what was learned.
 */
export interface AnyRun {
  readonly format: 'tfjs-stdp run 2';
  readonly kind: string;
  readonly status: 'complete' | 'interrupted' | 'running';
  readonly network: { readonly name: string };
  readonly seed: number;
  readonly data: DataChoice;
  readonly process?: RunProcess;
  readonly training: object;
  readonly score?: Score;
  readonly arrays: object;
}

/** What `run.json` says: all but the arrays. */
export type RecordOf<R> = R extends unknown ? Omit<R, 'arrays'> : never;

/** Arrays by name, as they stand in `weights.bin`. */
export type NamedArrays = ReadonlyMap<string, Float32Array>;
