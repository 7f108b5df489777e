import type { Sweep } from './sweepFolder.js';

/** How far a sweep has come: the runs done, those that failed, and all. */
export interface SweepProgress {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

/**
 * How an engine works.
 *
 * @property url         that named it.
 * @property workers     how many runs at a time. Default: what the engine finds right.
 * @property data        where the images lie for the workers. Default: as the sweep was planned.
 * @property wait        whether runs that others do are waited for. Default true.
 * @property signal      asks it to end: what is not done is left for another time.
 * @property onProgress  told of every run that has ended, and in the beginning.
 * @property onAlone     told once when runs wait for workers and there is none.
 */
export interface EngineOptions {
  readonly url: string;
  readonly workers?: number | undefined;
  readonly data?: string | undefined;
  readonly wait?: boolean | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SweepProgress) => void;
  readonly onAlone?: (() => void) | undefined;
}

/** Where the runs of a sweep come to their end: where its engine was asked for them, or where others do them, later. */
export type SweepEnd = 'here' | 'elsewhere';

/** Who does the runs of a sweep that have no result yet. */
export interface Engine {
  /** Resolves when there is nothing left to do, when the signal stopped it, or when somebody else goes on with it. */
  run(sweep: Sweep, options: EngineOptions): Promise<SweepEnd>;
}
