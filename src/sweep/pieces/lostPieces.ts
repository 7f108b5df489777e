import { pauseUnless } from '../engines/patiently.js';
import { pieceOptions } from './pieceJob.js';
import { dispatchAgain, leave, type PieceRouting } from './pieceRouting.js';

/** Milliseconds between two looks at pieces that are out, and how many it takes until one is missed that no queue knows any more. */
const [tick, patience] = [1000, 10];

/**
 * Sees to it that no piece is lost, until the signal.
 *
 * @param onAlone  told once when pieces wait and no worker is there.
 */
export async function watchPieces(routing: PieceRouting, onAlone: () => void, over: AbortSignal): Promise<void> {
  let told = false;
  while (!over.aborted) {
    await pauseUnless(over, tick);
    if (routing.open.size === 0) continue;
    for (const worker of [...routing.own.keys()]) if (!(await routing.store.isThere(worker))) await leave(routing, worker);
    await seekMissing(routing);
    if (told || (await routing.common.getWorkersCount()) > 0) continue;
    told = true;
    onAlone();
  }
}

/** Puts out again what the queue of all has lost, with its server for one. What workers have, that queue itself gives to others. */
async function seekMissing(routing: PieceRouting): Promise<void> {
  const { common, open, run } = routing;
  for (const piece of [...open.values()]) {
    if (piece.worker !== undefined || !open.has(piece.piece)) continue;
    const looks = piece.looks + 1;
    open.set(piece.piece, { ...piece, looks });
    if (looks % patience !== 0) continue;
    const { jobId } = pieceOptions({ ...piece.job, run, piece: piece.piece }, piece.puts, undefined);
    const isOver = ['completed', 'failed', 'unknown'].includes(await common.getJobState(jobId));
    if (isOver && open.has(piece.piece)) await dispatchAgain(routing, piece);
  }
}
