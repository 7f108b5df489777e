import { breather } from '../breathe.js';
import { type JobName, type NewsOf, type ResultOf, type SetupOf, takeUp } from './jobs.js';

/**
 * Who does the work on images that knows nothing of other images: this thread, or several. What comes of it doesn't depend on
 * how many there are: images are worked on in pieces of a fixed size, whose results are put together in the order of the images.
 *
 * @property size  members, who work at the same time.
 */
export interface Crew {
  readonly size: number;
  /** Bytes that all members see, all 0. */
  bytes(length: number): Uint8Array;
  /** Numbers that all members see, all 0. */
  floats(length: number): Float32Array;
  /** The same values where all members see them; a copy only when it has to be one. */
  share<T extends Uint8Array | Float32Array>(values: T): T;
  /** Has every member take up a job. */
  begin<N extends JobName>(name: N, setup: SetupOf<N>): Task<N>;
}

/** A job that has been taken up. */
export interface Task<N extends JobName> {
  /** Has a member, 0 … size − 1, work on images `from` … `to − 1`. */
  run(member: number, from: number, to: number, news: NewsOf<N>): Promise<ResultOf<N>>;
  /** Lets the members forget it. */
  end(): void;
}

/** This thread, which lets timers and signals have their turn between two pieces. */
export function localCrew(): Crew {
  const breathe = breather();
  return {
    size: 1,
    bytes: (length) => new Uint8Array(length),
    floats: (length) => new Float32Array(length),
    share: (values) => values,
    begin: (name, setup) => {
      const work = takeUp(name, setup);
      return {
        run: async (_, from, to, news) => {
          const result = work(from, to, news);
          await breathe();
          return result;
        },
        end: () => undefined,
      };
    },
  };
}
