import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from 'bullmq';
import { StdpError } from '../../core/errors.js';
import { type Failure, failureOf } from '../../threads/messages.js';
import { pauseUnless, unlessAborted } from '../engines/patiently.js';
import { closed, openQueueStore } from '../engines/queueStore.js';
import { ownQueueName, type PieceJob, pieceQueueName } from './pieceJob.js';
import { openPieceStore } from './pieceStore.js';
import { pieceThreads } from './pieceThreads.js';

/** How a worker does pieces. */
export interface PieceWorkerOptions {
  /** Threads. */
  readonly workers: number;
  /** Where the images lie here. Default: as on the machine that asks. */
  readonly data?: string | undefined;
  /** Seconds after which the pieces of a worker that was lost are given to others. */
  readonly lock: number;
  /** Asks it to end when its present pieces are done. */
  readonly finish: AbortSignal;
  /** Asks it to end at once and to put its pieces back. */
  readonly leave: AbortSignal;
}

/** How often a piece may lose its worker before it counts as one that kills workers. */
const maxStalledCount = 10;

/** Seconds after which a worker that says nothing counts as gone, at most. */
const silence = 15;

/**
 * Does pieces of trainings until it is asked to end: those that it has rows for, and of the others one at a time. All threads do their part
 * of a piece; this one stays free, so that it can tell that it is there.
 *
 * @returns how many pieces it has done.
 * @throws {StdpError} when the store can't be used, or a thread breaks down.
 */
export async function workOnPieces(url: string, options: PieceWorkerOptions): Promise<number> {
  const { workers, lock, finish, leave } = options;
  const queues = await openQueueStore(url);
  const store = await openPieceStore(url);
  const name = `w${randomBytes(8).toString('hex')}`;
  const threads = pieceThreads(store, options);
  const broken = new AbortController();
  let done = 0;

  const work = async (job: Job<PieceJob, void>, token: string | undefined): Promise<void> => {
    const { run, piece } = job.data;
    const answer = (came: Came) => store.answer(run, { piece, worker: name, fetched: threads.fetched(), ...came });
    try {
      await answer({ result: await unlessAborted(threads.resultOf(job.data), leave) });
      done++;
    } catch (reason) {
      if (leave.aborted) {
        await job.moveToWait(token);
        throw new queues.WaitingError();
      }
      if (isBroken(reason)) broken.abort(reason);
      const isFinal = reason instanceof StdpError && !isBroken(reason);
      if (isFinal || job.attemptsMade + 1 >= Number(job.opts.attempts)) await answer({ failure: failureOf(reason) });
      throw isFinal ? new queues.UnrecoverableError(reason.message) : reason;
    }
  };
  const common = { lockDuration: 1000 * lock, stalledInterval: 500 * lock, maxStalledCount, runRetryDelay: 1000 };
  const expires = Math.min(lock, silence);
  await store.sign(name, expires);
  const own = queues.worker<PieceJob, void>(ownQueueName(name), work, { ...common, concurrency: workers + 1 });
  const all = queues.worker<PieceJob, void>(pieceQueueName, work, { ...common, name: hostname(), concurrency: 1 });
  const end = AbortSignal.any([finish, leave, broken.signal]);
  try {
    while (!end.aborted) {
      await pauseUnless(end, (1000 * expires) / 3);
      store.sign(name, expires).catch(() => undefined); // its server may be away
    }
    broken.signal.throwIfAborted();
    await unlessAborted(Promise.all([all.close(), own.close()]), leave); // their present pieces are done first
  } catch (reason) {
    if (!leave.aborted) throw reason;
  } finally {
    await closed(own, all);
    const queue = queues.queue(ownQueueName(name));
    await Promise.race([Promise.all([store.sign(name, 0), queue.obliterate({ force: true })]), pause(1000)]);
    queues.leave();
    await closed(queue);
    await threads.close();
    await store.close();
  }
  return done;
}

/** What came of a piece. */
type Came = { readonly result: unknown } | { readonly failure: Failure };

/** Whether a thread has broken down, and with it all that are left of its pool. */
const isBroken = (reason: unknown): boolean =>
  reason instanceof StdpError && reason.where === 'threadPool' && reason.argument.startsWith('thread ');
