import type { DataSet } from '../../data/dataSet.js';
import { fingerprint } from '../../io/buildRun.js';
import { checksum } from '../../io/checksum.js';
import { checkGoesOn } from '../../networks/stopped.js';
import type { JobName, ResultOf, UpdateOf } from '../../networks/workers/jobs.js';
import { checkPiece, hasEnded, type Task, type WorkerPool } from '../../networks/workers/workerPool.js';
import { packState } from '../../state/stateFile.js';
import { type Dispatch, openDispatch } from './dispatch.js';
import { type Blob, type Noted, newLineage } from './lineage.js';
import { type PieceData, shard } from './pieceJob.js';
import { addTraffic, type Traffic } from './traffic.js';

/** Pieces that are out at a time, at most: as many as there may be workers, with some to spare. */
const out = 256;

/** A pool of workers on any machines, that has to be closed when its work is done. */
export interface PiecePool extends WorkerPool {
  /** What went over the network so far, by job. */
  traffic(): Traffic;
  close(): Promise<void>;
}

/** How pieces travel. */
export interface PiecePoolOptions {
  /** Where workers find the images, and `data`, the same ones here. */
  readonly request: Omit<PieceData, 'fingerprint'>;
  readonly data: DataSet;
  /** Who makes what is read here. */
  readonly local: WorkerPool;
  /** Lets go of all pieces. */
  readonly signal: AbortSignal;
  /** Told once when pieces wait and no worker is there. */
  readonly onAlone: () => void;
}

/**
 * The workers that `stdp worker` starts, as one pool. Images are named to them, not sent; what they make of them stays with them, and
 * comes about anew wherever it is needed when one is lost: the results are those of one machine, bit for bit.
 *
 * @throws {StdpError} when the store can't be used.
 */
export async function openPiecePool(url: string, options: PiecePoolOptions): Promise<PiecePool> {
  return piecePoolOver(await openDispatch(url, options.onAlone), options);
}

/** {@link openPiecePool} over queues that are open. */
export function piecePoolOver(dispatch: Dispatch, options: Omit<PiecePoolOptions, 'onAlone'>): PiecePool {
  const { request, data, local, signal } = options;
  const named: PieceData = { ...request, fingerprint: fingerprint(data) };
  const book = newLineage(data);
  let traffic: Traffic = {};
  const stop = (): void => dispatch.stop(stopReason(signal));
  signal.addEventListener('abort', stop);

  /** A job that workers elsewhere do, piece by piece. */
  const remote = <N extends JobName>(name: N, { hash, blobs, shards, own }: Noted, isRead: boolean): Task<N> => {
    let ended = false;
    return {
      run: async (_, from, to, update) => {
        checkPiece(from, to);
        if (ended) throw hasEnded();
        checkGoesOn('pieces', signal);
        const extra = packedUpdate(update);
        const done = await dispatch.ask({
          job: {
            recipe: hash,
            update: extra?.hash,
            from,
            to,
            answer: isRead && own !== undefined ? 'rows' : 'result',
            data: named,
          },
          blobs: extra === undefined ? blobs : [...blobs, extra],
          home: shards && `${shards}, ${Math.floor(from / shard)}`,
        });
        traffic = addTraffic(traffic, name, done);
        if (!isRead || own === undefined) return done.result as ResultOf<N>;
        const { first, rows } = done.result as { readonly first: number; readonly rows: Uint8Array };
        own.set(rows, first);
        return (to - from) as ResultOf<N>;
      },
      end: () => {
        ended = true;
      },
    };
  };
  return {
    size: out,
    shard,
    bytes: (length) => book.fresh(local.bytes(length)),
    floats: (length) => book.fresh(local.floats(length)),
    share: (values) => book.share(values, local.share(values)),
    begin: (name, setup, readers = 'all') => {
      const noted = book.note(name, setup, readers);
      return noted.here ? onFewer(local, local.begin(name, setup)) : remote(name, noted, readers === 'all');
    },
    traffic: () => traffic,
    close: async () => {
      signal.removeEventListener('abort', stop);
      await dispatch.close();
    },
  };
}

/** A job of a smaller pool, for whoever believes that it has more workers: each of them stands for several. */
const onFewer = <N extends JobName>({ size }: WorkerPool, { run, end }: Task<N>): Task<N> => ({
  run: (worker, from, to, update) => run(worker % size, from, to, update),
  end,
});

function packedUpdate(update: UpdateOf<JobName>): Blob | undefined {
  if (update === undefined) return undefined;
  const bytes = packState(update);
  return { hash: checksum(bytes), bytes };
}

/** That the work was stopped, as all who do it say it. */
function stopReason(signal: AbortSignal): unknown {
  try {
    checkGoesOn('pieces', signal);
    return signal.reason;
  } catch (reason) {
    return reason;
  }
}
