import { ensure } from '../../core/errors.js';
import { ensureIs, integerFrom } from '../../core/params/validation.js';
import type { StageLog } from '../checkpoints.js';
import type { JobName, ResultOf, UpdateOf } from './jobs.js';
import type { Readers, Task, WorkerPool } from './workerPool.js';

/** How results of pieces are kept as bytes. */
export interface KeptPieces<R> extends StageLog {
  write(result: R, from: number, to: number): Uint8Array;
  /** The result that bytes are; undefined when they are not of such a piece, which is done again then. */
  read(bytes: Uint8Array, from: number, to: number): R | undefined;
}

/**
 * How the rows of images are made: in pieces that are kept here, or, where only workers on other machines read them, in whole shards
 * of which nothing comes here.
 */
export const rowsInPieces = (
  { shard }: WorkerPool,
  readers: Readers | undefined,
  stage: StageLog | undefined,
  rows: Uint8Array | Float32Array,
  size: number,
) =>
  shard === undefined || readers !== 'workers'
    ? { piece: 100, kept: keptRows(stage, rows, size) }
    : { piece: shard, kept: undefined };

/** Keeps pieces whose results are rows of an array that all workers see, `size` entries an image. */
const keptRows = (stage: StageLog | undefined, rows: Uint8Array | Float32Array, size: number): KeptPieces<number> | undefined => {
  if (stage === undefined) return undefined;
  const bytesOf = (from: number, to: number): Uint8Array => {
    const { buffer, byteOffset, byteLength } = rows.subarray(from * size, to * size);
    return new Uint8Array(buffer, byteOffset, byteLength);
  };
  return {
    ...stage,
    write: (_, from, to) => bytesOf(from, to),
    read: (bytes, from, to) => {
      const place = bytesOf(from, to);
      if (bytes.length !== place.length) return undefined;
      place.set(bytes);
      return to - from;
    },
  };
};

/** Images to work on, piece by piece. */
export interface Pieces<N extends JobName> {
  readonly count: number;
  /** Images of a piece. */
  readonly piece: number;
  readonly update: UpdateOf<N>;
  /** No new piece is begun after it. */
  readonly signal?: AbortSignal | undefined;
  /** Where results are kept, and those come from that were kept before. Default: nowhere. */
  readonly kept?: KeptPieces<ResultOf<N>> | undefined;
}

/**
 * Has a pool work on images piece by piece, each by whoever is free. Once a piece has failed no other is begun; the first
 * failure is thrown when nobody is at work any more.
 *
 * @param take  told of every piece, in any order: what came of it, its first image, and how many images are done.
 */
export async function inPieces<N extends JobName>(
  workers: WorkerPool,
  task: Task<N>,
  { count, piece, update, signal, kept }: Pieces<N>,
  take: (result: ResultOf<N>, from: number, done: number) => void,
): Promise<void> {
  ensureIs(integerFrom(0), count, 'pool', 'count');
  ensureIs(integerFrom(1), piece, 'pool', 'piece');
  ensureIs(integerFrom(1), workers.size, 'pool', 'size');
  const failures: unknown[] = [];
  const before = new Set<number>();
  let next = 0;
  let done = 0;
  for (const { from, to, bytes } of kept?.log.kept() ?? []) {
    const isPiece = from % piece === 0 && to === Math.min(count, from + piece) && !before.has(from);
    const result = isPiece ? kept?.read(bytes, from, to) : undefined;
    if (result === undefined) continue;
    before.add(from);
    done += to - from;
    take(result, from, done);
  }
  const work = async (worker: number): Promise<void> => {
    while (next < count && failures.length === 0 && !signal?.aborted) {
      const from = next;
      const to = Math.min(count, from + piece);
      next = to;
      if (before.has(from)) continue;
      try {
        const result = await task.run(worker, from, to, update);
        ensure(result !== undefined, 'pool', 'task', () => `has no answer for images ${from} … ${to - 1}`);
        done += to - from;
        kept?.log.add({ from, to, bytes: kept.write(result, from, to) });
        take(result, from, done);
        await kept?.keep();
      } catch (reason) {
        failures.push(reason);
      }
    }
  };
  await Promise.all(Array.from({ length: workers.size }, (_, worker) => work(worker)));
  if (failures.length > 0) throw failures[0];
}
