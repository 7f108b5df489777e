import type { Sweep } from './sweepFolder.js';

/** How far a sweep has come: the runs done, those that failed, and all. */
export interface SweepProgress {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

/** How an engine works. */
export interface EngineOptions {
  /** URL that named it. */
  readonly url: string;
  /** How many runs at a time. Default: what the engine finds right. */
  readonly workers?: number | undefined;
  /** Where the images lie for the workers. Default: as the sweep was planned. */
  readonly data?: string | undefined;
  /** Whether runs that others do are waited for. Default true. */
  readonly wait?: boolean | undefined;
  /** Asks it to end: what is not done is left for another time. */
  readonly signal: AbortSignal;
  /** Told of every run that has ended, and in the beginning. */
  readonly onProgress: (progress: SweepProgress) => void;
  /** Told once when runs wait for workers and there is none. */
  readonly onAlone?: (() => void) | undefined;
}

/** Where the runs of a sweep come to their end: where its engine was asked for them, or where others do them, later. */
export type SweepEnd = 'here' | 'elsewhere';

/** Who does the runs of a sweep that have no result yet. */
export interface Engine {
  /** Resolves when there is nothing left to do, when the signal stopped it, or when somebody else goes on with it. */
  run(sweep: Sweep, options: EngineOptions): Promise<SweepEnd>;
}
