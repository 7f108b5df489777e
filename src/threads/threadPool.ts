import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ensure, StdpError } from '../core/errors.js';
import { show } from '../core/show.js';
import type { ResultOf } from '../networks/workers/jobs.js';
import {
  allocated,
  checkPiece,
  checkValues,
  hasEnded,
  localPool,
  type SharedValues,
  type WorkerPool,
  workerOf,
} from '../networks/workers/workerPool.js';
import { asThread, type Thread } from './thread.js';

/** A {@link WorkerPool} that has to be dismissed when its work is done, or the program doesn't end. */
export interface ThreadPool extends WorkerPool {
  /** Ends all threads, at once. Work that isn't done, and work asked for afterwards, is refused by a `StdpError`. */
  close(): Promise<void>;
}

/** More threads than this are taken to be a mistake, but for machines with more cores. */
const most = Math.max(64, availableParallelism());

/**
 * A pool of so many threads, for work on many images: encoding, features, the read-out, answers. The results are those of one
 * thread. A piece of work that fails leaves the pool as it was; when a thread itself breaks down, the pool says so from then on.
 *
 * @param size  threads, such as `os.availableParallelism()`; with 1 the work stays on this one.
 * @throws {StdpError} when the size isn't an integer ≥ 1, or is more than 64 and than there are cores.
 * @example
 * const workers = threadPool(2);
 * const times = await encodeImages(generateDigits(3, 1), 28, 28, encoderDefaults, undefined, undefined, workers);
 * await workers.close();
 * times.count;   // => 3
 */
export function threadPool(size: number): ThreadPool {
  const counts = Number.isInteger(size) && size >= 1 && size <= most;
  ensure(counts, 'threadPool', 'size', () => `must be an integer ≥ 1 and at most ${most} here, got ${show(size)}`);
  return size === 1 ? poolOfOne() : threadsApart(size);
}

/** So many threads beside this one, which stays free even where they are one. */
export const threadsApart = (size: number): ThreadPool =>
  // In these words, so that bundlers see that there is another program to bundle.
  poolOf(size, () => new Worker(new URL('./poolThread.js', import.meta.url), { execArgv }));

/** What Node was started with, except what is only for a program given as text. */
const execArgv = process.execArgv.filter(
  (argument, index, all) => !argument.startsWith('--input-type') && all[index - 1] !== '--input-type',
);

/** A pool of so many threads, each of which `start` starts. */
export function poolOf(size: number, start: () => Worker): ThreadPool {
  let over: StdpError | undefined;
  const threads: Thread[] = [];
  const onFailure = (reason: StdpError): void => {
    over ??= reason;
  };
  const closeAll = async (reason: StdpError): Promise<void> => {
    over = reason;
    await Promise.all(threads.map(({ end }) => end(reason)));
  };
  try {
    for (let worker = 1; worker <= size; worker++) threads.push(asThread(start(), `thread ${worker}`, onFailure));
  } catch (cause) {
    void closeAll(wasClosed());
    throw new StdpError('threadPool', 'size', `of ${size} is more than can be started here`, { cause });
  }
  let tasks = 0;
  return {
    size,
    bytes: (length) => allocated('bytes', length, () => new Uint8Array(new SharedArrayBuffer(length))),
    floats: (length) => allocated('floats', length, () => new Float32Array(new SharedArrayBuffer(4 * length))),
    share: shared,
    begin: (name, setup) => {
      const task = tasks++;
      let problem: unknown;
      try {
        for (const { post } of threads) post({ kind: 'begin', task, name, setup });
      } catch (reason) {
        problem = reason;
      }
      return {
        run: async (number, from, to, update) => {
          const thread = workerOf(threads, number);
          checkPiece(from, to);
          const reason = over ?? problem;
          if (reason !== undefined) throw reason;
          return (await thread.request({ task, from, to, update })) as ResultOf<typeof name>;
        },
        end: () => {
          problem ??= hasEnded();
          for (const { post } of threads) post({ kind: 'end', task });
        },
      };
    },
    close: () => closeAll(wasClosed()),
  };
}

/** This thread, which can be dismissed all the same. */
function poolOfOne(): ThreadPool {
  const workers = localPool();
  let closed = false;
  const refuseClosed = (): void => {
    if (closed) throw wasClosed();
  };
  return {
    ...workers,
    begin: (name, setup) => {
      const task = workers.begin(name, setup);
      return {
        run: async (number, ...piece) => {
          workerOf([workers], number);
          refuseClosed();
          const result = await task.run(number, ...piece);
          refuseClosed();
          return result;
        },
        end: task.end,
      };
    },
    close: async () => {
      closed = true;
    },
  };
}

/** The same values in memory that all threads see. */
function shared<T extends SharedValues>(values: T): T {
  checkValues(values);
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = allocated('bytes', values.byteLength, () => {
    const memory = new SharedArrayBuffer(values.byteLength);
    if (values.BYTES_PER_ELEMENT === 4) return new Float32Array(memory);
    return values.BYTES_PER_ELEMENT === 2 ? new Uint16Array(memory) : new Uint8Array(memory);
  });
  copy.set(values);
  return copy as T;
}

const wasClosed = (): StdpError => new StdpError('threadPool', 'pool', 'was closed; make another for more work');
