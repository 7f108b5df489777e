import { setTimeout as pause } from 'node:timers/promises';
import type * as BullMQ from 'bullmq';

/** Milliseconds until what could not begin is tried again. */
const delay = 500;

type Options = BullMQ.QueueBaseOptions<BullMQ.PostgresConnectionOptions> & Pick<BullMQ.WorkerOptions, 'name'>;

/**
 * BullMQ on PostgreSQL, where what failed to begin begins anew. BullMQ's own connections and backends keep the first refusal for good
 * and answer it at once ever after: a worker that came up while its server restarted would ask without end, and nothing else in its
 * process would run again.
 */
export const postgresBackend =
  ({ PostgresConnection, PostgresQueueBackend }: typeof BullMQ) =>
  (queue: string, options: Options, { withBlockingConnection = false }: { readonly withBlockingConnection?: boolean } = {}) => {
    const worker = options.name === undefined ? queue : `${queue}:w:${options.name}`; // by this name BullMQ counts workers
    const connection = new PostgresConnection(options.connection);
    const backend = new PostgresQueueBackend(connection, queue, options, true, withBlockingConnection ? worker : undefined);
    beginAnew(connection);
    beginAnew(backend);
    return backend;
  };

function beginAnew(once: { waitUntilReady(): Promise<void> }): void {
  const begin = once.waitUntilReady.bind(once);
  once.waitUntilReady = async () => {
    try {
      await begin();
    } catch (reason) {
      Object.assign(once, { readyPromise: undefined }); // where BullMQ keeps the refusal
      await pause(delay, undefined, { ref: false });
      throw reason;
    }
  };
}
