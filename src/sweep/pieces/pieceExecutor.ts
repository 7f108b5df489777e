import { ensure } from '../../core/errors.js';
import type { DataSet } from '../../data/dataSet.js';
import type { JobName, ResultOf, UpdateOf } from '../../networks/workers/jobs.js';
import type { WorkerPool } from '../../networks/workers/workerPool.js';
import type { Recipe } from './recipe.js';
import { beginWork, bytesMade, doImages, makeRows, type Work, withNeeds } from './work.js';

/** Images `from` … `to − 1` of a recipe, and who tells the recipe of a hash. */
export interface Asked {
  readonly recipe: string;
  readonly from: number;
  readonly to: number;
  fetch(recipe: string): Promise<Recipe>;
}

/** Does pieces by recipes, and keeps the rows that they make. */
export interface PieceExecutor {
  /** What a job answers for images, whose rows are made first where they are missing. */
  answer(asked: Asked, update: UpdateOf<JobName>): Promise<unknown>;
  /** The rows of images, and the entry that is the first of them. */
  rows(asked: Asked): Promise<{ readonly first: number; readonly rows: Uint8Array | Float32Array }>;
  /** Forgets all that nobody is asking for. Answers whether that is all there was. */
  forget(): Promise<boolean>;
}

/**
 * A executor on a pool.
 *
 * @param most  bytes of rows that are kept. Beyond them the recipes that were asked for longest ago are forgotten; what they made is made
 *   anew when it is needed again.
 */
export function pieceExecutor(pool: WorkerPool, data: DataSet, most: number): PieceExecutor {
  const works = new Map<string, Promise<Work>>();
  const users = new Map<string, number>();

  const workOf = (hash: string, fetch: Asked['fetch']): Promise<Work> => {
    const begin = async () => beginWork(pool, data, await fetch(hash), (needed) => workOf(needed, fetch));
    const work = works.get(hash) ?? begin();
    works.delete(hash);
    works.set(hash, work); // the last is the one that was asked for last
    work.catch(() => works.delete(hash));
    return work;
  };
  /** Does something with a recipe that nobody forgets meanwhile. */
  const using = async <T>({ recipe, fetch }: Asked, act: (work: Work) => Promise<T>): Promise<T> => {
    const count = (change: number) => users.set(recipe, (users.get(recipe) ?? 0) + change);
    count(1);
    try {
      const result = await act(await workOf(recipe, fetch));
      await forgetBeyond(most);
      return result;
    } finally {
      count(-1);
    }
  };
  /** Forgets what nobody uses, the oldest first and with it what needs it, until less than so many bytes are kept. */
  const forgetBeyond = async (bytes: number): Promise<void> => {
    const begun = await Promise.allSettled([...works].map(async ([hash, work]) => ({ hash, work: await work })));
    const all = begun.flatMap((entry) => (entry.status === 'fulfilled' ? [entry.value] : []));
    const used = new Set(all.filter(({ hash }) => users.get(hash)).flatMap(({ work }) => withNeeds(work)));
    let kept = all.reduce((sum, { work }) => sum + bytesMade(work), 0);
    for (const { work: oldest } of all) {
      if (kept < bytes) return;
      if (used.has(oldest)) continue;
      for (const { hash, work } of all) {
        if (!works.has(hash) || !withNeeds(work).includes(oldest)) continue;
        kept -= bytesMade(work);
        works.delete(hash);
        work.task.end();
      }
    }
  };
  return {
    answer: (asked, update) =>
      using(asked, async (work) => {
        const { from, to } = asked;
        if (work.own === undefined) return joined(await doImages(work, from, to, update));
        await makeRows(work, from, to);
        return to - from;
      }),
    rows: (asked) =>
      using(asked, async (work) => {
        const { from, to } = asked;
        await makeRows(work, from, to);
        const { own, recipe } = work;
        ensure(own !== undefined, 'pieces', recipe.name, () => 'makes no rows');
        const size = own.length / recipe.count;
        return { first: from * size, rows: own.slice(from * size, to * size) };
      }),
    forget: async () => {
      await forgetBeyond(0);
      return works.size === 0;
    },
  };
}

/** What all parts of a piece answer as one. */
function joined(parts: readonly unknown[]): unknown {
  const [first] = parts;
  if (parts.length === 1) return first;
  const rasters = parts as readonly ResultOf<'answer'>[];
  const all = new Int32Array(rasters.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const raster of rasters) {
    all.set(raster, at);
    at += raster.length;
  }
  return all;
}
