import type { Redis } from 'ioredis';
import { type Importer, importPackage } from '../../backends/importer.js';
import { checksum } from '../../io/checksum.js';
import { packState, unpackState } from '../../state/stateFile.js';
import { type Answer, answersKey, blobKey, expiry, workerKey } from './pieceJob.js';

/** What of pieces lies in Redis beside the queue; whoever opens it closes it. */
export interface PieceStore {
  /** Puts bytes where workers find them, unless they are there since lately. Answers how many went there. */
  put(run: string, hash: string, bytes: Uint8Array): Promise<number>;
  /** @throws {Error} when they are not there. */
  get(run: string, hash: string): Promise<Uint8Array>;
  answer(run: string, answer: Answer): Promise<void>;
  /** The next answer, with its length in bytes; waits for one. */
  next(run: string): Promise<{ readonly answer: Answer; readonly bytes: number }>;
  /** Tells that a worker is there, for so many seconds; with 0, that it has gone. */
  sign(worker: string, seconds: number): Promise<void>;
  /** Whether a worker has told lately that it is there. */
  isThere(worker: string): Promise<boolean>;
  /** Forgets what was put for a run, so that it is put again. */
  forget(): void;
  /** Takes all keys of a run away. */
  clear(run: string): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds after which what was put is put again: long before it expires. */
const lately = 250 * expiry;

/** Connects to Redis. */
export async function openPieceStore(url: string, load: Importer = importPackage): Promise<PieceStore> {
  const { Redis: Client } = (await load('ioredis')) as { readonly Redis: typeof Redis };
  const client = () => new Client(url, { maxRetriesPerRequest: null }).on('error', () => undefined);
  const redis = client();
  let waiting: Redis | undefined;
  const since = new Map<string, number>();
  return {
    put: async (run, hash, bytes) => {
      const key = blobKey(run, hash);
      if (performance.now() - (since.get(key) ?? Number.NEGATIVE_INFINITY) < lately) return 0;
      since.set(key, performance.now());
      await redis.set(key, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 'EX', expiry);
      return bytes.length;
    },
    get: async (run, hash) => {
      const bytes = await redis.getBuffer(blobKey(run, hash));
      if (bytes === null || checksum(bytes) !== hash) throw new Error(`what a piece of ${run} needs is no longer there`);
      return bytes;
    },
    answer: async (run, answer) => {
      const bytes = packState(answer);
      await redis.multi().rpush(answersKey(run), Buffer.from(bytes.buffer)).expire(answersKey(run), expiry).exec();
    },
    next: async (run) => {
      waiting ??= client();
      for (;;) {
        const popped = await waiting.blpopBuffer(answersKey(run), 0);
        if (popped !== null) return { answer: unpackState(popped[1]) as Answer, bytes: popped[1].length };
      }
    },
    sign: async (worker, seconds) => {
      if (seconds > 0) await redis.set(workerKey(worker), '', 'PX', Math.round(1000 * seconds));
      else await redis.del(workerKey(worker));
    },
    isThere: async (worker) => (await redis.exists(workerKey(worker))) === 1,
    forget: () => since.clear(),
    clear: async (run) => {
      const keys = [...since.keys(), answersKey(run)];
      since.clear();
      await redis.unlink(...keys);
    },
    close: async () => {
      redis.disconnect();
      waiting?.disconnect();
    },
  };
}
