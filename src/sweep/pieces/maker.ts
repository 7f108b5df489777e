import type { DataSet } from '../../data/dataSet.js';
import { inPieces } from '../../networks/workers/inPieces.js';
import type { JobName, ResultOf, SetupOf, UpdateOf } from '../../networks/workers/jobs.js';
import type { Task, WorkerPool } from '../../networks/workers/workerPool.js';
import { shard } from './pieceJob.js';
import { type Recipe, rowsIn } from './recipe.js';

/** Images `from` … `to − 1` of a recipe, and where recipes are told by their hash. */
export interface Asked {
  readonly recipe: string;
  readonly from: number;
  readonly to: number;
  fetch(recipe: string): Promise<Recipe>;
}

/** Does pieces by recipes, and keeps the rows that they make. */
export interface Maker {
  /** What a job answers for images, whose rows are made first where they are missing. */
  answer(asked: Asked, update: UpdateOf<JobName>): Promise<unknown>;
  /** The rows of images, and the entry that is the first of them. */
  rows(asked: Asked): Promise<{ readonly first: number; readonly rows: Uint8Array | Float32Array }>;
  /** Forgets all that nobody is asking for. Answers whether that is all there was. */
  forget(): Promise<boolean>;
}

/**
 * A recipe at work here.
 *
 * @property needs  what makes the rows that it reads.
 * @property own    the rows that it makes itself, all of them; those of no shard in `made` are still 0.
 */
interface Work {
  readonly recipe: Recipe;
  readonly task: Task<JobName>;
  readonly needs: readonly Work[];
  readonly own: Uint8Array | Float32Array | undefined;
  readonly made: Map<number, Promise<void>>;
}

/** Images that one thread does at a time, of jobs in which no image knows of another; the others are done as they are asked for. */
const apart: { readonly [N in JobName]?: number } = { encode: 100, extract: 100, answer: 50 };

/**
 * A maker on a pool. Memory for rows is taken as they are made.
 *
 * @param most   bytes of rows that are kept. Of recipes that go beyond it, those that were asked for longest ago are forgotten, and
 *   made anew when they are needed again.
 */
export function makerOn(pool: WorkerPool, data: DataSet, most: number): Maker {
  const works = new Map<string, Promise<Work>>();
  const busy = new Map<string, number>();
  let turn = 0;

  const workOf = (hash: string, fetch: Asked['fetch']): Promise<Work> => {
    const work = works.get(hash) ?? begin(hash, fetch);
    works.delete(hash);
    works.set(hash, work); // the last is the one that was asked for last
    work.catch(() => works.delete(hash));
    return work;
  };
  const begin = async (hash: string, fetch: Asked['fetch']): Promise<Work> => {
    const recipe = await fetch(hash);
    const needs: Work[] = [];
    const rows: { [name: string]: Uint8Array | Float32Array | undefined } = {};
    for (const [name, source] of Object.entries(recipe.rows)) {
      if (source.kind === 'data') rows[name] = rowsIn(data, source, recipe.count);
      else if (source.kind === 'own') rows[name] = pool[source.type](source.length);
      else {
        const work = await workOf(source.recipe, fetch);
        needs.push(work);
        rows[name] = work.own;
      }
    }
    const own = Object.entries(recipe.rows).find(([, source]) => source.kind === 'own')?.[0];
    const task = pool.begin(recipe.name, { ...recipe.setup, ...rows } as SetupOf<JobName>);
    return { recipe, task, needs, own: own === undefined ? undefined : rows[own], made: new Map() };
  };
  /** Makes the rows of the shards that hold these images. */
  const make = async (work: Work, from: number, to: number): Promise<void> => {
    const shards = Array.from(
      { length: Math.ceil(to / shard) - Math.floor(from / shard) },
      (_, at) => Math.floor(from / shard) + at,
    );
    await Promise.all(
      shards.map((number) => {
        const known = work.made.get(number);
        if (known !== undefined) return known;
        const rows = makeShard(work, number);
        work.made.set(number, rows);
        rows.catch(() => work.made.delete(number));
        return rows;
      }),
    );
  };
  const makeShard = async (work: Work, number: number): Promise<void> => {
    const from = number * shard;
    await spread(work, from, Math.min(work.recipe.count, from + shard), undefined);
  };
  /** Has all threads do their part of some images. Answers what comes of each part, in the order of the images. */
  const spread = async (work: Work, from: number, to: number, update: UpdateOf<JobName>): Promise<readonly unknown[]> => {
    const { recipe, task, needs } = work;
    await Promise.all(needs.map((need) => make(need, from, to)));
    const piece = apart[recipe.name];
    if (piece === undefined) return [await task.run(turn++ % pool.size, from, to, update)];
    const parts: unknown[] = [];
    const shifted: Task<JobName> = {
      run: (worker, first, end) => task.run(worker, from + first, from + end, update),
      end: task.end,
    };
    await inPieces(pool, shifted, { count: to - from, piece, update }, (part, first) => {
      parts[first / piece] = part;
    });
    return parts;
  };
  /** Does something with a recipe that nobody forgets meanwhile. */
  const withWork = async <T>({ recipe: hash, fetch }: Asked, act: (work: Work) => Promise<T>): Promise<T> => {
    busy.set(hash, (busy.get(hash) ?? 0) + 1);
    try {
      const result = await act(await workOf(hash, fetch));
      await forgetBeyond(most);
      return result;
    } finally {
      busy.set(hash, (busy.get(hash) ?? 1) - 1);
    }
  };
  /** Forgets what nobody uses, the oldest first and with it what needs it, until less than so many bytes are kept. */
  const forgetBeyond = async (bytes: number): Promise<void> => {
    const begun = await Promise.allSettled([...works].map(async ([hash, work]) => ({ hash, work: await work })));
    const all = begun.flatMap((entry) => (entry.status === 'fulfilled' ? [entry.value] : []));
    const inUse = new Set(all.filter(({ hash }) => (busy.get(hash) ?? 0) > 0).flatMap(({ work }) => withNeeds(work)));
    let kept = all.reduce((sum, { work }) => sum + bytesOf(work), 0);
    for (const { work: oldest } of all) {
      if (kept < bytes) return;
      if (inUse.has(oldest)) continue;
      for (const { hash, work } of all) {
        if (!works.has(hash) || !withNeeds(work).includes(oldest)) continue;
        kept -= bytesOf(work);
        works.delete(hash);
        work.task.end();
      }
    }
  };
  return {
    answer: (asked, update) =>
      withWork(asked, async (work) => {
        const { from, to } = asked;
        if (work.own === undefined) return joined(await spread(work, from, to, update));
        await make(work, from, to);
        return to - from;
      }),
    rows: (asked) =>
      withWork(asked, async (work) => {
        const { from, to } = asked;
        await make(work, from, to);
        const { own, recipe } = work;
        if (own === undefined) throw new Error(`${recipe.name} makes no rows`);
        const size = own.length / recipe.count;
        return { first: from * size, rows: own.slice(from * size, to * size) };
      }),
    forget: async () => {
      await forgetBeyond(0);
      return works.size === 0;
    },
  };
}

const withNeeds = (work: Work): readonly Work[] => [work, ...work.needs.flatMap(withNeeds)];

/** Bytes of the rows that are there; others take none. */
function bytesOf({ own, made, recipe }: Work): number {
  return own === undefined ? 0 : (own.byteLength * Math.min(recipe.count, made.size * shard)) / recipe.count;
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
