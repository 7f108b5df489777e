import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { orThrow } from '../../core/errors.js';
import { aText, ensureIs, nonNegativeScalar, nothingMore, validateParams } from '../../core/params/validation.js';
import type { Checkpoints } from '../../networks/checkpoints.js';
import { readCheckpoint, writeCheckpoint } from '../checkpoint/checkpointFiles.js';
import { type PieceFile, pieceFile } from './pieceFile.js';
import { piecesName } from './progressFolder.js';

/** How checkpoints are written. */
export interface FileCheckpointOptions {
  /** Seconds between two of them; 0 keeps after each piece of work. Default 30. */
  readonly every?: number;
}

/**
 * {@link Checkpoints} of an experiment as files of a folder, each written aside, synced and renamed; the last two stay. An experiment
 * with them goes on from what the folder holds, killed at any moment, to the same bits. One process works on a folder, for one
 * experiment: one with another network, seed, data or backend is refused.
 *
 * @throws {StdpError} when the folder can't be written, or all it holds is damaged; later, when a checkpoint can't be written: what was
 *   kept before is still good.
 * @example
 * const network = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2 }] }));
 * const data = digitDataSet(1, 10, 5);
 * const run = () => runExperiment(network, data, { seed: 1, checkpoints: fileCheckpoints('tiny-progress', { every: 0 }) });
 * const { score } = await run();
 * (await run()).score;   // => score
 */
export function fileCheckpoints<S>(
  folder: string,
  options: FileCheckpointOptions = {},
  ...more: readonly never[]
): Checkpoints<S> {
  const where = 'fileCheckpoints';
  nothingMore(more, where, 'fileCheckpoints(folder, options)');
  ensureIs(aText, folder, where, 'folder');
  const { every } = orThrow(validateParams(where, { every: 30 }, options, { every: nonNegativeScalar }, 'options'));
  const state = readCheckpoint(folder)?.carry as S | undefined;
  mkdirSync(folder, { recursive: true });
  return checkpointsIn(folder, state, every);
}

/** {@link fileCheckpoints} of a folder that exists, from a state on. */
export function checkpointsIn<S>(folder: string, state: S | undefined, every: number): Checkpoints<S> {
  const logs = new Map<string, PieceFile>();
  let last = performance.now();
  return {
    state,
    due: () => performance.now() - last >= 1000 * every,
    keep: (next) => {
      try {
        writeState(folder, next, [...logs.values()]);
        for (const log of logs.values()) log.flush();
      } finally {
        last = performance.now(); // of the next attempt, too
      }
    },
    pieces: (stage) => {
      const log = logs.get(stage) ?? pieceFile(join(folder, piecesName(stage)));
      logs.set(stage, log);
      return log;
    },
  };
}

/** Writes a state; where the disk has no room for it, in place of the pieces, which can be computed again. */
function writeState(folder: string, state: unknown, logs: readonly PieceFile[]): void {
  try {
    writeCheckpoint(folder, state);
  } catch (reason) {
    if (!logs.some((log) => log.drop())) throw reason;
    writeCheckpoint(folder, state);
  }
}
