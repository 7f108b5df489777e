import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '../../threads/messages.js';
import { closed, openQueueStore } from '../engines/queueStore.js';
import { watchPieces } from './lostPieces.js';
import type { Answer } from './pieceJob.js';
import { type Done, dispatchPiece, newRouting, type OpenPiece, type Order, type PieceRouting, takeOut } from './pieceRouting.js';
import { openPieceStore } from './pieceStore.js';

/** Hands pieces to workers on any machine and waits for what comes back. */
export interface Dispatch {
  /** Rejects with what went wrong with a piece, or what `stop` was told. */
  ask(order: Order): Promise<Done>;
  /** Lets go of all pieces. */
  stop(reason: unknown): void;
  close(): Promise<void>;
}

/**
 * Opens the queues to the workers. A piece goes to the one that has what it needs, as long as that is there, else to whoever is free. It may
 * be done twice, when a worker was lost on the way; the first answer counts, the second is the same.
 *
 * @param onAlone  told once when pieces wait and no worker is there.
 */
export async function openDispatch(url: string, onAlone: () => void): Promise<Dispatch> {
  const queues = await openQueueStore(url);
  const store = await openPieceStore(url);
  const routing = newRouting(`p${randomBytes(8).toString('hex')}`, store, queues);
  const over = new AbortController();
  let pieces = 0;
  const stop = (reason: unknown): void => {
    const left = [...routing.open.values()];
    routing.open.clear();
    for (const piece of left) {
      piece.reject(reason);
      takeOut(routing, piece);
    }
  };
  /** What goes wrong with the queues goes wrong with all pieces in them. */
  const fail = (reason: unknown): void => {
    if (over.signal.aborted) return;
    over.abort(reason);
    stop(reason);
  };
  takeAnswers(routing, over.signal).catch(fail);
  watchPieces(routing, onAlone, over.signal).catch(fail);
  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        over.signal.throwIfAborted();
        const worker = order.home === undefined ? undefined : routing.homes.get(order.home);
        const piece: OpenPiece = { ...order, piece: pieces++, resolve, reject, sent: 0, worker, puts: 1, looks: 0 };
        routing.open.set(piece.piece, piece);
        dispatchPiece(routing, piece).catch((reason) => {
          routing.open.delete(piece.piece);
          reject(reason);
        });
      }),
    stop,
    close: async () => {
      over.abort();
      await Promise.race([store.clear(routing.run), pause(2000, undefined, { ref: false })]);
      queues.leave();
      await closed(routing.common, ...routing.own.values());
      await store.close();
    },
  };
}

async function takeAnswers(routing: PieceRouting, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const { answer, bytes } = await routing.store.next(routing.run);
    take(routing, answer, bytes);
  }
}

/** The first answer to a piece counts. Who gave it has its rows. */
function take({ open, homes }: PieceRouting, answer: Answer, received: number): void {
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
