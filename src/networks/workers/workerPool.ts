import { ensure, StdpError } from '../../core/errors.js';
import { ensureIs, integerFrom } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { makeYield } from '../makeYield.js';
import { type JobName, type ResultOf, type SetupOf, startJob, type UpdateOf } from './jobs.js';

/**
 * Who does the work on images that knows nothing of other images: this thread, or several. What comes of it doesn't depend on
 * how many there are: images are worked on in pieces of a fixed size, whose results are put together in the order of the images.
 */
export interface WorkerPool {
  /** Workers, who work at the same time. */
  readonly size: number;
  /**
   * Of workers on other machines: images that stay with one of them from one task to the next, so that what only workers read doesn't
   * travel; a multiple of the pieces in which it is read. Undefined where all see the same memory.
   */
  readonly shard?: number;
  /** Bytes that all workers see, all 0. @throws {StdpError} when there is no memory for so many. */
  bytes(length: number): Uint8Array;
  /** Numbers that all workers see, all 0. @throws {StdpError} when there is no memory for so many. */
  floats(length: number): Float32Array;
  /** The same values where all workers see them; a copy only when it has to be one. */
  share<T extends SharedValues>(values: T): T;
  /**
   * Has every worker take up a job. What is wrong with it is told by its first piece.
   *
   * @param readers  of the rows that it writes: whoever looks, or only later tasks of the same pool. Default: all.
   */
  begin<N extends JobName>(name: N, setup: SetupOf<N>, readers?: 'all' | 'workers'): Task<N>;
}

/** Who reads the rows that a task writes. */
export type Readers = NonNullable<Parameters<WorkerPool['begin']>[2]>;

/** A job that has been taken up. */
export interface Task<N extends JobName> {
  /** Has a worker, 0 … size − 1, work on images `from` … `to − 1`. It rejects when that goes wrong, or once the task has ended. */
  run(worker: number, from: number, to: number, update: UpdateOf<N>): Promise<ResultOf<N>>;
  /** Lets the workers forget it. */
  end(): void;
}

/** What a pool shares: pixels and times, labels, features. */
export type SharedValues = Uint8Array | Uint16Array | Float32Array;

/** This thread, which lets timers and signals have their turn between two pieces. */
export function localPool(): WorkerPool {
  const yieldToEventLoop = makeYield();
  return {
    size: 1,
    bytes: (length) => allocated('bytes', length, () => new Uint8Array(length)),
    floats: (length) => allocated('floats', length, () => new Float32Array(length)),
    share: (values) => {
      checkValues(values);
      return values;
    },
    begin: (name, setup) => {
      const work = startJob(name, setup);
      let ended = false;
      return {
        run: async (_, from, to, update) => {
          checkPiece(from, to);
          if (ended) throw hasEnded();
          const result = (await work)(from, to, update);
          await yieldToEventLoop();
          return result;
        },
        end: () => {
          ended = true;
        },
      };
    },
  };
}

/** Memory, or why there is none. */
export function allocated<T>(what: 'bytes' | 'floats', length: number, make: () => T): T {
  ensureIs(integerFrom(0), length, 'pool', what);
  try {
    return make();
  } catch (cause) {
    throw new StdpError('pool', what, `must be no more than there is memory for, got ${length}`, { cause });
  }
}

/** @throws {StdpError} when the values can't be shared. */
export function checkValues(values: unknown): void {
  const kind = ArrayBuffer.isView(values) ? Object.prototype.toString.call(values) : '';
  const fits = /^\[object (Uint8|Uint16|Float32)Array\]$/.test(kind);
  ensure(fits, 'pool', 'values', () => `must be a Uint8Array, a Uint16Array or a Float32Array, got ${show(values)}`);
}

/** A worker of a pool. @throws {StdpError} when there is none of that number. */
export function workerOf<T>(threads: readonly T[], number: number): T {
  const worker = threads[number];
  ensure(worker !== undefined, 'pool', 'worker', () => `must be one of 0 … ${threads.length - 1}, got ${show(number)}`);
  return worker;
}

/** @throws {StdpError} when there is no such piece. */
export function checkPiece(from: number, to: number): void {
  const isPiece = Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && to >= from;
  ensure(isPiece, 'pool', 'images', () => `must be those of an integer ≥ 0 up to one no less, got ${show(from)} … ${show(to)}`);
}

/** Why there is no more of a task. */
export const hasEnded = (): StdpError => new StdpError('pool', 'task', 'has ended');
