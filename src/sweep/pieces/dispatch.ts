import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '../../threads/messages.js';
import { closed, openQueueStore } from '../engines/queueStore.js';
import { watchPieces } from './lostPieces.js';
import type { Answer } from './pieceJob.js';
import { openPieceStore } from './pieceStore.js';
import { type Done, newWay, type OpenPiece, type Order, putOut, takeOut, type Way } from './way.js';

/** Hands pieces to workers on any machine and waits for what comes back. */
export interface Dispatch {
  /** Rejects with what went wrong with a piece, or what `stop` was told. */
  ask(order: Order): Promise<Done>;
  /** Lets go of all pieces. */
  stop(reason: unknown): void;
  close(): Promise<void>;
}

/**
 * Opens the way to the workers. A piece goes to the one that has what it needs, as long as that is there, else to whoever is free. It may
 * be done twice, when a worker was lost on the way; the first answer counts, the second is the same.
 *
 * @param onAlone  told once when pieces wait and no worker is there.
 */
export async function openDispatch(url: string, onAlone: () => void): Promise<Dispatch> {
  const queues = await openQueueStore(url);
  const store = await openPieceStore(url);
  const way = newWay(`p${randomBytes(8).toString('hex')}`, store, queues);
  const over = new AbortController();
  let pieces = 0;
  const stop = (reason: unknown): void => {
    const left = [...way.open.values()];
    way.open.clear();
    for (const piece of left) {
      piece.reject(reason);
      takeOut(way, piece);
    }
  };
  /** What goes wrong with the way goes wrong with all that is on it. */
  const fail = (reason: unknown): void => {
    if (over.signal.aborted) return;
    over.abort(reason);
    stop(reason);
  };
  takeAnswers(way, over.signal).catch(fail);
  watchPieces(way, onAlone, over.signal).catch(fail);
  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        over.signal.throwIfAborted();
        const worker = order.home === undefined ? undefined : way.homes.get(order.home);
        const piece: OpenPiece = { ...order, piece: pieces++, resolve, reject, sent: 0, worker, puts: 1, looks: 0 };
        way.open.set(piece.piece, piece);
        putOut(way, piece).catch((reason) => {
          way.open.delete(piece.piece);
          reject(reason);
        });
      }),
    stop,
    close: async () => {
      over.abort();
      await Promise.race([store.clear(way.run), pause(2000, undefined, { ref: false })]);
      queues.leave();
      await closed(way.common, ...way.own.values());
      await store.close();
    },
  };
}

async function takeAnswers(way: Way, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const { answer, bytes } = await way.store.next(way.run);
    take(way, answer, bytes);
  }
}

/** The first answer to a piece counts. Who gave it has its rows. */
function take({ open, homes }: Way, answer: Answer, received: number): void {
  const piece = open.get(answer.piece);
  if (piece === undefined) return;
  open.delete(answer.piece);
  if ('failure' in answer) {
    piece.reject(reasonOf(answer.failure));
    return;
  }
  if (piece.home !== undefined) homes.set(piece.home, answer.worker);
  piece.resolve({ result: answer.result, sent: piece.sent, received, fetched: answer.fetched });
}
