import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { StdpError } from '../core/errors.js';
import { fileCheckpoints } from '../io/progress/fileCheckpoints.js';
import { acquireLock, type Lock } from '../io/progress/lock.js';
import { clearProgress } from '../io/progress/progressFolder.js';
import type { Checkpoints, PieceRecord } from '../networks/checkpoints.js';

/** Checkpoints that end with a run. */
export interface LateCheckpoints extends Checkpoints<unknown> {
  /** Lets go of the folder; of a run that is done it is removed. */
  end(done: boolean): void;
}

/** A folder at work. */
interface Opened {
  readonly files: Checkpoints<unknown>;
  readonly lock: Lock;
}

/**
 * Checkpoints in a folder that is there only when there is something to keep: most runs of a sweep are over before. Where another
 * process does the same run, this one keeps nothing; what can't be written is not kept, and the run goes on.
 *
 * @param every  seconds between two checkpoints.
 */
export function lateCheckpoints(folder: string, every = 30): LateCheckpoints {
  let opened = existsSync(folder) ? open(folder, every) : undefined;
  let last = performance.now();
  const waiting = new Map<string, PieceRecord[]>();
  const keep = (state: unknown): void => {
    last = performance.now();
    opened ??= open(folder, every);
    for (const [stage, pieces] of waiting) for (const piece of pieces) opened?.files.pieces(stage).add(piece);
    waiting.clear();
    void opened?.files.keep(state);
  };
  return {
    state: opened?.files.state,
    due: () => performance.now() - last >= 1000 * every,
    keep: (state) => {
      try {
        keep(state);
      } catch {
        // A full disk: what was kept before is good.
      }
    },
    pieces: (stage) => ({
      kept: () => opened?.files.pieces(stage).kept() ?? [],
      add: (piece) => {
        if (opened !== undefined) opened.files.pieces(stage).add(piece);
        else waiting.set(stage, [...(waiting.get(stage) ?? []), piece]);
      },
    }),
    end: (done) => {
      if (opened !== undefined && done) clearProgress(folder);
      opened?.lock.release();
      if (opened !== undefined && done) removeEmpty(folder);
    },
  };
}

/** Takes a folder; undefined where another process has it. */
function open(folder: string, every: number): Opened | undefined {
  mkdirSync(folder, { recursive: true });
  const lock = lockOf(folder);
  if (lock === undefined) return undefined;
  try {
    return { files: fileCheckpoints(folder, { every }), lock };
  } catch (reason) {
    if (!(reason instanceof StdpError)) throw reason;
    clearProgress(folder); // damaged: from the beginning
    return { files: fileCheckpoints(folder, { every }), lock };
  }
}

function lockOf(folder: string): Lock | undefined {
  try {
    return acquireLock(folder, 'sweep', folder);
  } catch (reason) {
    if (reason instanceof StdpError) return undefined;
    throw reason;
  }
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something of somebody else lies there.
  }
}
