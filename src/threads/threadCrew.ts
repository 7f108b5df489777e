import { Worker } from 'node:worker_threads';
import { ensure } from '../core/errors.js';
import { type Crew, localCrew } from '../networks/crew/crew.js';
import type { Order } from './crewThread.js';

/** A {@link Crew} that has to be dismissed when its work is done, or the program doesn't end. */
export interface ThreadCrew extends Crew {
  close(): Promise<void>;
}

/**
 * A crew of so many threads, for work on many images: encoding, features, the read-out, answers. The results are those of one
 * thread.
 *
 * @param size  threads, such as `os.availableParallelism()`; with 1 the work stays on this one.
 * @throws {StdpError} when the size isn't an integer ≥ 1.
 * @example
 * const crew = threadCrew(2);
 * const times = await encodeImages(generateDigits(3, 1), 28, 28, encoderDefaults, undefined, undefined, crew);
 * await crew.close();
 * times.count;   // => 3
 */
export function threadCrew(size: number): ThreadCrew {
  ensure(Number.isInteger(size) && size >= 1, 'threadCrew', 'size', () => `must be an integer ≥ 1, got ${size}`);
  if (size === 1) return { ...localCrew(), close: async () => undefined };
  const members = Array.from({ length: size }, newMember);
  let tasks = 0;
  return {
    size,
    bytes: (length) => new Uint8Array(new SharedArrayBuffer(length)),
    floats: (length) => new Float32Array(new SharedArrayBuffer(4 * length)),
    share: (values) => {
      if (values.buffer instanceof SharedArrayBuffer) return values;
      const shared = new (values.constructor as new (buffer: SharedArrayBuffer) => typeof values)(
        new SharedArrayBuffer(values.byteLength),
      );
      shared.set(values);
      return shared;
    },
    begin: (name, setup) => {
      const task = tasks++;
      for (const { tell } of members) tell({ kind: 'begin', task, name, setup });
      return {
        run: (member, from, to, news) =>
          new Promise((resolve, reject) => {
            members[member]?.ask({ kind: 'run', task, from, to, news }, { resolve: resolve as Answer['resolve'], reject });
          }),
        end: () => {
          for (const { tell } of members) tell({ kind: 'end', task });
        },
      };
    },
    close: async () => {
      await Promise.all(members.map(({ dismiss }) => dismiss()));
    },
  };
}

/** Who waits for the result of a piece of work. */
interface Answer {
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** A thread, which does one thing after the other. */
function newMember() {
  const worker = new Worker(new URL('./crewThread.js', import.meta.url));
  const waiting: Answer[] = [];
  worker.on('message', (result: unknown) => waiting.shift()?.resolve(result));
  let failure: unknown;
  worker.on('error', (reason) => {
    failure = reason;
    for (const { reject } of waiting.splice(0)) reject(reason);
  });
  const tell = (order: Order) => worker.postMessage(order);
  return {
    tell,
    ask: (order: Order, answer: Answer) => {
      if (failure !== undefined) return answer.reject(failure);
      waiting.push(answer);
      tell(order);
    },
    dismiss: () => worker.terminate(),
  };
}
