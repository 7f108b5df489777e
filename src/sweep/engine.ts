import { StdpError } from '../core/errors.js';
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
 * @property signal      asks it to end: what is not done is left for another time.
 * @property onProgress  told of every run that has ended, and in the beginning.
 */
export interface EngineOptions {
  readonly url: string;
  readonly workers?: number | undefined;
  readonly data?: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SweepProgress) => void;
}

/** Who does the runs of a sweep that have no result yet. */
export interface Engine {
  /** Resolves when there is nothing left to do, when the signal stopped it, or when somebody else goes on with it. */
  run(sweep: Sweep, options: EngineOptions): Promise<void>;
}

/** The engines by the beginning of what names them; each is loaded only when it is asked for. */
const engines: { readonly [scheme: string]: () => Promise<Engine> } = {};

/** The engine that a text names: `local`, `redis://host`, … @throws {StdpError} when it names none. */
export async function engineOf(url: string): Promise<Engine> {
  const [scheme = ''] = url.split(':', 1);
  const load = Object.hasOwn(engines, scheme) ? engines[scheme] : undefined;
  if (load === undefined)
    throw new StdpError('sweep', '--engine', `must be one of ${Object.keys(engines).join(', ')}, got ${url}`);
  return await load();
}
