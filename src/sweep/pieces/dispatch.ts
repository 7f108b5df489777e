import { randomBytes } from 'node:crypto';
import { ensure, StdpError } from '../../core/errors.js';
import { reasonOf } from '../../threads/messages.js';
import { pauseUnless } from '../engines/patiently.js';
import { closed, openQueueStore, type Queue } from '../engines/queueStore.js';
import { type Answer, ownQueueName, type PieceJob, pieceOptions, pieceQueueName } from './pieceJob.js';
import { openPieceStore } from './pieceStore.js';
import type { Blob } from './recipeBook.js';

/** A piece to be done: its job, what a worker needs for it by hash, and by what a worker that has some of its rows is known. */
export interface Order {
  readonly job: Omit<PieceJob, 'run' | 'piece'>;
  readonly blobs: readonly Blob[];
  readonly home: string | undefined;
}

/** What came of a piece, and the bytes that went to the store, came from there, and that its worker fetched. */
export interface Done {
  readonly result: unknown;
  readonly sent: number;
  readonly received: number;
  readonly fetched: number;
}

/** Hands pieces to workers on any machine and waits for what comes back. */
export interface Dispatch {
  /** Rejects with what went wrong with a piece, or what `stop` was told. */
  ask(order: Order): Promise<Done>;
  /** Lets go of all pieces. */
  stop(reason: unknown): void;
  close(): Promise<void>;
}

/** A piece that is not answered yet: where it was put, how often, and since when it waits there. */
interface Open extends Order {
  readonly piece: number;
  readonly resolve: (done: Done) => void;
  readonly reject: (reason: unknown) => void;
  readonly sent: number;
  readonly worker: string | undefined;
  readonly put: number;
  readonly looks: number;
}

type PieceQueue = Queue<PieceJob, void>;

/** Milliseconds between two looks at pieces that are out, and how many it takes until one is missed that no queue knows any more. */
const [tick, patience] = [1000, 10];

/** How often a piece is put out before it counts as one that kills workers. */
const mostPuts = 10;

/**
 * Opens the way to the workers. A piece goes to the one that has what it needs, as long as that is there, else to whoever is free. It may
 * be done twice, when a worker was lost on the way; the first answer counts, the second is the same.
 *
 * @param onAlone  told once when pieces wait and no worker is there.
 */
export async function openDispatch(url: string, onAlone: () => void): Promise<Dispatch> {
  const store = await openPieceStore(url);
  const queues = await openQueueStore(url);
  const run = `p${randomBytes(8).toString('hex')}`;
  const common: PieceQueue = queues.queue(pieceQueueName);
  const own = new Map<string, PieceQueue>();
  const homes = new Map<string, string>();
  const open = new Map<number, Open>();
  const over = new AbortController();
  let [pieces, tellAlone]: [number, boolean] = [0, true];

  const queueOf = (worker: string | undefined): PieceQueue => {
    if (worker === undefined) return common;
    const queue = own.get(worker) ?? queues.queue<PieceJob, void>(ownQueueName(worker));
    own.set(worker, queue);
    return queue;
  };
  const putOut = async (order: Omit<Open, 'sent'> & { readonly sent: number }): Promise<void> => {
    const { piece, worker, put, blobs, job } = order;
    const lengths = await Promise.all(blobs.map(({ hash, bytes }) => store.put(run, hash, bytes)));
    const data: PieceJob = { ...job, run, piece };
    const sent = lengths.reduce((sum, length) => sum + length, order.sent + JSON.stringify(data).length);
    open.set(piece, { ...order, sent });
    await queueOf(worker).add(job.answer, data, pieceOptions(data, put, worker));
  };
  /** Puts a piece out once more, for any worker. */
  const again = async (waiting: Open): Promise<void> => {
    if (waiting.put >= mostPuts) {
      open.delete(waiting.piece);
      waiting.reject(new StdpError('pieces', 'piece', `was given to workers ${mostPuts} times, and none came back with it`));
      return;
    }
    store.forget();
    await putOut({ ...waiting, worker: undefined, put: waiting.put + 1, looks: 0 });
  };
  const take = (answer: Answer, bytes: number): void => {
    const waiting = open.get(answer.piece);
    if (waiting === undefined) return; // it came a second time
    open.delete(answer.piece);
    const { home, sent, resolve, reject } = waiting;
    if ('failure' in answer) {
      reject(reasonOf(answer.failure));
      return;
    }
    if (home !== undefined) homes.set(home, answer.worker);
    resolve({ result: answer.result, sent, received: bytes, fetched: answer.fetched });
  };
  const listen = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const { answer, bytes } = await store.next(run);
      take(answer, bytes);
    }
  };
  /** Takes back what was given to workers that have gone. */
  const leaveLost = async (): Promise<void> => {
    for (const [worker, queue] of own) {
      if (await store.isThere(worker)) continue;
      for (const [home, other] of homes) if (other === worker) homes.delete(home);
      own.delete(worker);
      for (const waiting of open.values()) if (waiting.worker === worker) await again(waiting);
      await queue.obliterate({ force: true });
      await closed(queue);
    }
  };
  /** Puts out again what the common queue has lost, with its server for one. */
  const seekMissing = async (): Promise<void> => {
    for (const waiting of open.values()) {
      if (waiting.worker !== undefined) continue;
      open.set(waiting.piece, { ...waiting, looks: waiting.looks + 1 });
      if ((waiting.looks + 1) % patience !== 0) continue;
      const state = await common.getJobState(
        pieceOptions({ ...waiting.job, run, piece: waiting.piece }, waiting.put, undefined).jobId,
      );
      const isOver = ['completed', 'failed', 'unknown'].includes(state);
      if (isOver && open.has(waiting.piece)) await again(waiting);
    }
  };
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await pauseUnless(over.signal, tick);
      if (open.size === 0) continue;
      await leaveLost();
      await seekMissing();
      if (tellAlone && (await common.getWorkersCount()) === 0) {
        tellAlone = false;
        onAlone();
      }
    }
  };
  const stop = (reason: unknown): void => {
    const left = [...open.values()];
    open.clear();
    for (const { reject, worker, job, piece, put } of left) {
      reject(reason);
      const { jobId } = pieceOptions({ ...job, run, piece }, put, worker);
      queueOf(worker)
        .remove(jobId)
        .catch(() => undefined); // it is being done, or its server is away
    }
  };
  /** What goes wrong with the way itself goes wrong with all that are on it. */
  const stopAfter = (reason: unknown): void => {
    if (!over.signal.aborted) stop(reason);
  };
  listen().catch(stopAfter);
  watch().catch(stopAfter);
  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        const worker = order.home === undefined ? undefined : homes.get(order.home);
        const waiting = { ...order, piece: pieces++, resolve, reject, sent: 0, worker, put: 1, looks: 0 };
        ensure(!over.signal.aborted, 'pieces', 'pool', () => 'was closed');
        open.set(waiting.piece, waiting);
        putOut(waiting).catch((reason) => {
          open.delete(waiting.piece);
          reject(reason);
        });
      }),
    stop,
    close: async () => {
      over.abort();
      await Promise.race([store.clear(run), pauseUnless(AbortSignal.timeout(2000), 2000)]);
      await closed(common, ...own.values());
      await store.close();
    },
  };
}
