import { totalmem } from 'node:os';
import type { JobName, UpdateOf } from '../../networks/workers/jobs.js';
import { unpackState } from '../../state/stateFile.js';
import { type ThreadPool, threadsApart } from '../../threads/threadPool.js';
import { loadPieceData } from './pieceData.js';
import { type PieceExecutor, pieceExecutor } from './pieceExecutor.js';
import type { PieceData, PieceJob } from './pieceJob.js';
import type { PieceStore } from './pieceStore.js';
import type { Recipe } from './recipe.js';

/** What does the pieces of a worker: threads, the images that they see, and what they have made of them. */
export interface PieceThreads {
  /** @throws what goes wrong with a piece. */
  resultOf(job: PieceJob): Promise<unknown>;
  /** Bytes that were fetched since it was asked last. */
  fetched(): number;
  close(): Promise<void>;
}

/** Bytes of rows that are kept: half of what there is. */
const most = (): number => Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 2;

/** Hands of a worker, whose threads begin with the first piece. */
export function pieceThreads(
  store: Pick<PieceStore, 'get'>,
  { workers, data }: { readonly workers: number; readonly data?: string | undefined },
): PieceThreads {
  const executors = new Map<string, Promise<PieceExecutor>>();
  let threads: ThreadPool | undefined;
  let update: { readonly hash: string; readonly value: Promise<UpdateOf<JobName>> } | undefined;
  let bytesFetched = 0;

  const fetch = async (run: string, hash: string): Promise<unknown> => {
    const bytes = await store.get(run, hash);
    bytesFetched += bytes.length;
    return unpackState(bytes);
  };
  /** Of other images, what nobody is asking for goes. */
  const executorFor = async (images: PieceData): Promise<PieceExecutor> => {
    const key = JSON.stringify(images);
    const known = executors.get(key);
    if (known !== undefined) return known;
    threads ??= threadsApart(workers);
    const pool = threads;
    const made = loadPieceData(images, data, pool).then((set) => pieceExecutor(pool, set, most()));
    const others = [...executors];
    executors.set(key, made);
    made.catch(() => executors.delete(key));
    for (const [other, executor] of others) if (await (await executor).forget()) executors.delete(other);
    return made;
  };
  /** The last update, which is the same for many pieces. */
  const updateFor = (run: string, hash: string): Promise<UpdateOf<JobName>> => {
    if (update?.hash === hash) return update.value;
    const value = fetch(run, hash) as Promise<UpdateOf<JobName>>;
    update = { hash, value };
    value.catch(() => {
      update = undefined;
    });
    return value;
  };
  return {
    resultOf: async ({ run, recipe, update: hash, from, to, answer, data: images }) => {
      const executor = await executorFor(images);
      const asked = { recipe, from, to, fetch: (other: string) => fetch(run, other) as Promise<Recipe> };
      if (answer === 'rows') return executor.rows(asked);
      return executor.answer(asked, hash === undefined ? undefined : await updateFor(run, hash));
    },
    fetched: () => {
      const bytes = bytesFetched;
      bytesFetched = 0;
      return bytes;
    },
    close: async () => threads?.close(),
  };
}
