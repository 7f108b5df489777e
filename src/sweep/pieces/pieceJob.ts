import type { ImageChoice } from '../../data/chooseImages.js';
import type { DataReading } from '../../data/files/reading.js';
import type { Fingerprint } from '../../io/buildRun.js';
import { libraryVersion } from '../../io/libraryVersion.js';
import type { Failure } from '../../threads/messages.js';

/** Images that a worker reads where it is, and by what it knows that they are the same. */
export interface PieceData extends ImageChoice, DataReading {
  /** Directory or file of the images; undefined for the embedded digits that the seed draws. */
  readonly directory: string | undefined;
  readonly seed: number;
  readonly fingerprint: Fingerprint;
}

/** What travels through the queue: names of what else a worker needs. Arrays never do. */
export interface PieceJob {
  /** The run whose keys hold the recipe and the update. */
  readonly run: string;
  /** Number by which the answer is known. */
  readonly piece: number;
  /** Hash of the recipe, and `update` that of the update, where they are new in this piece. */
  readonly recipe: string;
  readonly update: string | undefined;
  readonly from: number;
  readonly to: number;
  /** What is to come back: what the job answers, or the rows that it has made. */
  readonly answer: 'result' | 'rows';
  readonly data: PieceData;
}

/**
 * What comes back, past the queue.
 *
 * @property worker   who did it.
 * @property fetched  bytes that it had to fetch for it.
 */
export type Answer = { readonly piece: number; readonly worker: string; readonly fetched: number } & (
  | { readonly result: unknown }
  | { readonly failure: Failure }
);

/** Whether a URL names a store that pieces can go through. */
export const isPieceUrl = (url: string): boolean => /^rediss?:\/\//.test(url);

/** Images that stay with one worker; a multiple of the pieces in which the read-out is fitted. */
export const shard = 4096;

/** The queue of pieces that any worker may do. Of each version its own: others might come to other bits. */
export const pieceQueueName = `stdp-pieces-${libraryVersion}`;

/** The queue of pieces for a worker that has what they need. */
export const ownQueueName = (worker: string): string => `${pieceQueueName}-${worker}`;

/** Where a worker tells that it is there. */
export const workerKey = (worker: string): string => `stdp-worker:${worker}`;

/** Where what is new for a piece lies, by its hash. */
export const blobKey = (run: string, hash: string): string => `stdp-pieces:${run}:blob:${hash}`;

/** Where the answers of a run lie, until they are fetched. */
export const answersKey = (run: string): string => `stdp-pieces:${run}:answers`;

/** Seconds that keys of a run stay when nobody takes them away. */
export const expiry = 24 * 3600;

/** How often a piece is tried that fails for a reason that may pass. */
const attempts = 4;

/** A piece as a job of BullMQ, which takes no `:` in ids, and mere digits for its own. Of those for any worker some stay to be looked at. */
export const pieceOptions = ({ run, piece }: PieceJob, put: number, worker: string | undefined) => ({
  jobId: `${run}-${piece}-${put}`,
  attempts,
  backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
  removeOnComplete: worker === undefined ? { age: 3600, count: 1000 } : true,
  removeOnFail: worker === undefined ? { age: 24 * 3600, count: 1000 } : true,
});
