import type { DataSet } from '../../data/dataSet.js';
import { inPieces } from '../../networks/workers/inPieces.js';
import type { JobName, SetupOf, UpdateOf } from '../../networks/workers/jobs.js';
import type { SharedValues, Task, WorkerPool } from '../../networks/workers/workerPool.js';
import { shard } from './pieceJob.js';
import { type Recipe, rowsIn } from './recipe.js';

/** A recipe at work in a pool. */
export interface Work {
  readonly pool: WorkerPool;
  readonly recipe: Recipe;
  readonly task: Task<JobName>;
  /** What makes the rows that it reads. */
  readonly needs: readonly Work[];
  /** The rows that it makes, all of them: memory is taken as they are made. */
  readonly own: Uint8Array | Float32Array | undefined;
  /** The shards that are, or are being made. */
  readonly made: Map<number, Promise<unknown>>;
}

/** Images that one thread does at a time, of jobs in which no image knows of another; the others are done as they are asked for. */
const apart: { readonly [N in JobName]?: number } = { encode: 100, extract: 100, answer: 50 };

/**
 * Takes a recipe up; nothing is made yet.
 *
 * @param workOf  the work on a recipe that this one needs.
 */
export async function beginWork(
  pool: WorkerPool,
  data: DataSet,
  recipe: Recipe,
  workOf: (recipe: string) => Promise<Work>,
): Promise<Work> {
  const needs: Work[] = [];
  const rows: { [name: string]: SharedValues | undefined } = {};
  let own: Work['own'];
  for (const [name, source] of Object.entries(recipe.rows)) {
    if (source.kind === 'data') {
      rows[name] = rowsIn(data, source, recipe.count);
    } else if (source.kind === 'own') {
      own = pool[source.type](source.length);
      rows[name] = own;
    } else {
      const need = await workOf(source.recipe);
      needs.push(need);
      rows[name] = need.own;
    }
  }
  const task = pool.begin(recipe.name, { ...recipe.setup, ...rows } as SetupOf<JobName>);
  return { pool, recipe, task, needs, own, made: new Map() };
}

/** Makes the rows of the shards that hold these images, where they are missing. */
export async function makeRows(work: Work, from: number, to: number): Promise<void> {
  const shards: Promise<unknown>[] = [];
  for (let number = Math.floor(from / shard); number * shard < to; number++) {
    const first = number * shard;
    const rows = work.made.get(number) ?? doImages(work, first, Math.min(work.recipe.count, first + shard), undefined);
    work.made.set(number, rows);
    rows.catch(() => work.made.delete(number));
    shards.push(rows);
  }
  await Promise.all(shards);
}

let turn = 0;

/**
 * Does images of a recipe, by all threads where each image is for itself, when the rows that they need are made.
 *
 * @returns what the job answers for each part of them, in their order.
 */
export async function doImages(work: Work, from: number, to: number, update: UpdateOf<JobName>): Promise<readonly unknown[]> {
  const { pool, recipe, task, needs } = work;
  await Promise.all(needs.map((need) => makeRows(need, from, to)));
  const piece = apart[recipe.name];
  if (piece === undefined) return [await task.run(turn++ % pool.size, from, to, update)];
  const answers: unknown[] = [];
  const shifted: Task<JobName> = {
    run: (worker, first, end) => task.run(worker, from + first, from + end, update),
    end: task.end,
  };
  await inPieces(pool, shifted, { count: to - from, piece, update }, (answer, first) => {
    answers[first / piece] = answer;
  });
  return answers;
}

/** A work, and all whose rows it needs. */
export const withNeeds = (work: Work): readonly Work[] => [work, ...work.needs.flatMap(withNeeds)];

/** Bytes of the rows that are made. */
export function bytesMade({ own, made, recipe }: Work): number {
  return own === undefined ? 0 : (own.byteLength * Math.min(recipe.count, made.size * shard)) / recipe.count;
}
