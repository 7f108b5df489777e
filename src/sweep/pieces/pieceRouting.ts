import { StdpError } from '../../core/errors.js';
import { closed, type Queue, type QueueStore } from '../engines/queueStore.js';
import type { Blob } from './lineage.js';
import { ownQueueName, type PieceJob, pieceOptions, pieceQueueName } from './pieceJob.js';
import type { PieceStore } from './pieceStore.js';
import type { JobTraffic } from './traffic.js';

/** A piece to be done: its job, what a worker needs for it, and by what a worker that has some of its rows is known. */
export interface Order {
  readonly job: Omit<PieceJob, 'run' | 'piece'>;
  readonly blobs: readonly Blob[];
  readonly home: string | undefined;
}

/** What came of a piece, and what went over the network for it. */
export interface Done extends Omit<JobTraffic, 'pieces'> {
  readonly result: unknown;
}

/** A piece that is not answered yet. */
export interface OpenPiece extends Order {
  readonly piece: number;
  readonly resolve: (done: Done) => void;
  readonly reject: (reason: unknown) => void;
  readonly sent: number;
  /** The worker in whose own queue it is; undefined: in that of all. */
  readonly worker: string | undefined;
  /** How often it was put into a queue, and `looks`, how often it was looked at since it is there. */
  readonly puts: number;
  readonly looks: number;
}

type PieceQueue = Queue<PieceJob, void>;

/** Where the pieces of one training go, and which are out. */
export interface PieceRouting {
  readonly run: string;
  readonly store: PieceStore;
  readonly queues: QueueStore;
  /** The queue of pieces for any worker. */
  readonly common: PieceQueue;
  /** Queues of those for a worker that has what they need. */
  readonly own: Map<string, PieceQueue>;
  /** Who has which rows. */
  readonly homes: Map<string, string>;
  /** Pieces that are not answered yet, by number. */
  readonly open: Map<number, OpenPiece>;
}

/** No piece is out yet. */
export const newRouting = (run: string, store: PieceStore, queues: QueueStore): PieceRouting => ({
  ...{ run, store, queues, common: queues.queue(pieceQueueName) },
  ...{ own: new Map(), homes: new Map(), open: new Map() },
});

/** How often a piece is put out before it counts as one that kills workers. */
const mostPuts = 10;

/** Puts a piece into the queue of its worker, or that of all, and what it needs where workers find it. */
export async function dispatchPiece(routing: PieceRouting, piece: OpenPiece): Promise<void> {
  const { run, store, open } = routing;
  const { worker, puts, blobs, job } = piece;
  const lengths = await Promise.all(blobs.map(({ hash, bytes }) => store.put(run, hash, bytes)));
  const data: PieceJob = { ...job, run, piece: piece.piece };
  const sent = lengths.reduce((sum, length) => sum + length, piece.sent + JSON.stringify(data).length);
  open.set(piece.piece, { ...piece, sent });
  await queueOf(routing, worker).add(job.answer, data, pieceOptions(data, puts, worker));
}

/** Puts a piece out once more, for any worker, and all that it needs. */
export async function dispatchAgain(routing: PieceRouting, piece: OpenPiece): Promise<void> {
  if (piece.puts < mostPuts) {
    routing.store.forget();
    await dispatchPiece(routing, { ...piece, worker: undefined, puts: piece.puts + 1, looks: 0 });
    return;
  }
  routing.open.delete(piece.piece);
  piece.reject(new StdpError('pieces', 'piece', `was given to workers ${mostPuts} times, and none came back with it`));
}

/** Takes a piece out of its queue, unless somebody is at it. */
export function takeOut(routing: PieceRouting, { job, piece, puts, worker }: OpenPiece): void {
  const { jobId } = pieceOptions({ ...job, run: routing.run, piece }, puts, worker);
  queueOf(routing, worker)
    .remove(jobId)
    .catch(() => undefined); // it is being done, or its server is away
}

function queueOf({ common, own, queues }: PieceRouting, worker: string | undefined): PieceQueue {
  if (worker === undefined) return common;
  const queue = own.get(worker) ?? queues.queue<PieceJob, void>(ownQueueName(worker));
  own.set(worker, queue);
  return queue;
}

/** Leaves a worker that has gone, whose pieces are for any other. */
export async function leave(routing: PieceRouting, worker: string): Promise<void> {
  const { own, homes, open } = routing;
  const queue = own.get(worker);
  own.delete(worker);
  for (const [home, other] of homes) if (other === worker) homes.delete(home);
  for (const piece of [...open.values()]) if (piece.worker === worker) await dispatchAgain(routing, piece);
  if (queue === undefined) return;
  await queue.obliterate({ force: true });
  await closed(queue);
}
