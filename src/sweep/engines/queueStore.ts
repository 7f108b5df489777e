import { setTimeout as pause } from 'node:timers/promises';
import type * as BullMQ from 'bullmq';
import { type Importer, importPackage } from '../../backends/importer.js';
import { StdpError } from '../../core/errors.js';
import { errorCode, messageOf } from '../../core/show.js';
import { postgresBackend } from './postgresBackend.js';

/** BullMQ's queues in one store, Redis or PostgreSQL. */
export interface QueueStore {
  /** The end of a queue at which jobs are put in, counted and taken away. */
  queue<Job, Result>(name: string): Queue<Job, Result>;
  /** The end of a queue at which jobs are done. */
  worker<Job, Result>(
    name: string,
    work: (job: BullMQ.Job<Job, Result>, token: string | undefined, signal: AbortSignal | undefined) => Promise<Result>,
    options: Omit<BullMQ.WorkerOptions, 'connection'>,
  ): Worker<Job, Result>;
  /** Has no client connect again: what is closed afterwards keeps no process from ending, even while its server is away. */
  leave(): void;
  /** Makes a job fail for good. */
  readonly UnrecoverableError: typeof BullMQ.UnrecoverableError;
  /** Tells that a job was put back. */
  readonly WaitingError: typeof BullMQ.WaitingError;
}

export type Queue<Job, Result> = BullMQ.Queue<Job, Result, string, Job, Result, string, BullMQ.IQueueBackend, unknown>;
export type Worker<Job, Result> = BullMQ.Worker<Job, Result, string, BullMQ.IQueueBackend, BullMQ.JobProgress, unknown>;

type AnyBackend = BullMQ.BackendFactory<BullMQ.IQueueBackend, unknown>;

/** What a store needs besides BullMQ, by the beginning of its URL. */
const drivers = { redis: 'ioredis', rediss: 'ioredis', postgres: 'pg', postgresql: 'pg' } as const;

/** Whether a URL names a store of queues. */
export const isQueueUrl = (url: string): boolean => Object.hasOwn(drivers, schemeOf(url));

const schemeOf = (url: string): string => url.split(':', 1)[0] ?? url;

/** A URL as it may be shown and kept: without the password. */
export function shownUrl(url: string): string {
  try {
    const { protocol, username, host, pathname } = new URL(url);
    return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
  } catch {
    return schemeOf(url);
  }
}

/**
 * Connects to a store. What PostgreSQL lacks of BullMQ's tables is made first.
 *
 * @throws {StdpError} when a package is not installed, or nothing answers there.
 */
export async function openQueueStore(url: string, load: Importer = importPackage): Promise<QueueStore> {
  const driver = drivers[schemeOf(url) as keyof typeof drivers];
  const bullmq = (await optional('bullmq', driver, load)) as typeof BullMQ;
  await optional(driver, driver, load);
  const backend = driver === 'pg' ? postgresBackend(bullmq) : bullmq.createRedisBackend;
  const { Queue, Worker } = bullmq.withBackend(backend as AnyBackend);
  let leaving = false;
  // A client of Redis waits for its server however long that is away, until it is told to leave.
  const retryStrategy = (times: number) => (leaving ? null : Math.min(500 * times, 2000));
  const redis = { url, maxRetriesPerRequest: null, retryStrategy };
  const connection = driver === 'pg' ? { connectionString: url, migrate: true } : redis;
  const store: QueueStore = {
    queue: <Job, Result>(name: string) => quiet(new Queue<Job, Result>(name, { connection }) as Queue<Job, Result>),
    worker: (name, work, options) => quiet(new Worker(name, work, { ...options, connection })),
    leave: () => {
      leaving = true;
    },
    UnrecoverableError: bullmq.UnrecoverableError,
    WaitingError: bullmq.WaitingError,
  };
  const once = { ...connection, retryStrategy: () => null };
  await answers(new Queue('stdp', { connection: once }), url);
  return store;
}

async function optional(name: string, driver: string, load: Importer): Promise<unknown> {
  try {
    return await load(name);
  } catch (cause) {
    throw new StdpError('stdp', name, `is not installed here; npm install bullmq ${driver}`, { cause });
  }
}

/** Asks a client that doesn't try again; the others do so for ever. */
async function answers(queue: BullMQ.QueueBase<BullMQ.IQueueBackend, unknown>, url: string): Promise<void> {
  try {
    await Promise.race([queue.waitUntilReady(), new Promise((_, refuse) => queue.on('error', refuse))]);
    await queue.close();
  } catch (cause) {
    queue.disconnect().catch(() => undefined); // it would wait for a connection
    throw new StdpError('stdp', shownUrl(url), `can't be used: ${messageOf(cause) || String(errorCode(cause))}`, { cause });
  }
}

/** Closes what was opened; where the store doesn't answer, without its leave. */
export async function closed(...clients: readonly { close(): Promise<void> }[]): Promise<void> {
  const late = pause(2000, undefined, { ref: false });
  await Promise.race([Promise.all(clients.map((client) => client.close())), late]).catch(() => undefined);
}

/** A lost connection is no end: clients connect again, and what was asked is asked again. */
function quiet<T extends { on(event: 'error', listener: () => void): unknown }>(client: T): T {
  client.on('error', () => undefined);
  return client;
}
