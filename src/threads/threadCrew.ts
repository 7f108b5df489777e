import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ensure, StdpError } from '../core/errors.js';
import { show } from '../core/show.js';
import { allocated, type Crew, checkPiece, checkValues, hasEnded, localCrew, memberOf } from '../networks/crew/crew.js';
import type { ResultOf } from '../networks/crew/jobs.js';
import { asThread, type Thread } from './thread.js';

/** A {@link Crew} that has to be dismissed when its work is done, or the program doesn't end. */
export interface ThreadCrew extends Crew {
  /** Ends all threads, at once. Work that isn't done, and work asked for afterwards, is refused by a `StdpError`. */
  close(): Promise<void>;
}

/** More threads than this are taken to be a mistake, but for machines with more cores. */
const most = Math.max(64, availableParallelism());

/**
 * A crew of so many threads, for work on many images: encoding, features, the read-out, answers. The results are those of one
 * thread. A piece of work that fails leaves the crew as it was; when a thread itself breaks down, the crew says so from then on.
 *
 * @param size  threads, such as `os.availableParallelism()`; with 1 the work stays on this one.
 * @throws {StdpError} when the size isn't an integer ≥ 1, or is more than 64 and than there are cores.
 * @example
 * const crew = threadCrew(2);
 * const times = await encodeImages(generateDigits(3, 1), 28, 28, encoderDefaults, undefined, undefined, crew);
 * await crew.close();
 * times.count;   // => 3
 */
export function threadCrew(size: number): ThreadCrew {
  const counts = Number.isInteger(size) && size >= 1 && size <= most;
  ensure(counts, 'threadCrew', 'size', () => `must be an integer ≥ 1 and at most ${most} here, got ${show(size)}`);
  // In these words, so that bundlers see that there is another program to bundle.
  return size === 1 ? crewOfOne() : crewOf(size, () => new Worker(new URL('./crewThread.js', import.meta.url), { execArgv }));
}

/** What Node was started with, except what is only for a program given as text. */
const execArgv = process.execArgv.filter(
  (argument, index, all) => !argument.startsWith('--input-type') && all[index - 1] !== '--input-type',
);

/** A crew of so many threads, each of which `start` starts. */
export function crewOf(size: number, start: () => Worker): ThreadCrew {
  let over: StdpError | undefined;
  const members: Thread[] = [];
  const onDeath = (reason: StdpError): void => {
    over ??= reason;
  };
  const dismiss = async (reason: StdpError): Promise<void> => {
    over = reason;
    await Promise.all(members.map(({ end }) => end(reason)));
  };
  try {
    for (let member = 1; member <= size; member++) members.push(asThread(start(), `thread ${member}`, onDeath));
  } catch (cause) {
    void dismiss(wasClosed());
    throw new StdpError('threadCrew', 'size', `of ${size} is more than can be started here`, { cause });
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
        for (const { tell } of members) tell({ kind: 'begin', task, name, setup });
      } catch (reason) {
        problem = reason;
      }
      return {
        run: async (number, from, to, news) => {
          const thread = memberOf(members, number);
          checkPiece(from, to);
          const reason = over ?? problem;
          if (reason !== undefined) throw reason;
          return (await thread.ask({ task, from, to, news })) as ResultOf<typeof name>;
        },
        end: () => {
          problem ??= hasEnded();
          for (const { tell } of members) tell({ kind: 'end', task });
        },
      };
    },
    close: () => dismiss(wasClosed()),
  };
}

/** This thread, which can be dismissed all the same. */
function crewOfOne(): ThreadCrew {
  const crew = localCrew();
  let closed = false;
  const refuseClosed = (): void => {
    if (closed) throw wasClosed();
  };
  return {
    ...crew,
    begin: (name, setup) => {
      const task = crew.begin(name, setup);
      return {
        run: async (number, ...piece) => {
          memberOf([crew], number);
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
function shared<T extends Uint8Array | Float32Array>(values: T): T {
  checkValues(values);
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = allocated('bytes', values.byteLength, () => {
    const memory = new SharedArrayBuffer(values.byteLength);
    return values.BYTES_PER_ELEMENT === 4 ? new Float32Array(memory) : new Uint8Array(memory);
  });
  copy.set(values);
  return copy as T;
}

const wasClosed = (): StdpError => new StdpError('threadCrew', 'crew', 'was closed; make another for more work');
