import { join } from 'node:path';
import type { Checkpoints } from '../../networks/checkpoints.js';
import { readCheckpoint, writeCheckpoint } from '../checkpoint/checkpointFiles.js';
import { type PieceFile, pieceFile } from './pieceFile.js';
import { piecesName } from './progressFolder.js';

/**
 * How checkpoints are written.
 *
 * @property every      seconds between two of them.
 * @property onKept     told of each.
 * @property onFailure  told what the file system refused: the work goes on, and the last checkpoint stays.
 */
export interface FileCheckpointOptions {
  readonly every: number;
  readonly onKept?: () => void;
  readonly onFailure: (reason: unknown) => void;
}

/** {@link Checkpoints} as files of a folder, which exists; and `flush`, which keeps a state at once. */
export function fileCheckpoints<S>(
  folder: string,
  state: S | undefined,
  { every, onKept, onFailure }: FileCheckpointOptions,
): Checkpoints<S> {
  const logs = new Map<string, PieceFile>();
  let last = performance.now();
  return {
    state,
    due: () => performance.now() - last >= 1000 * every,
    keep: (next) => {
      try {
        for (const log of logs.values()) log.flush();
        writeCheckpoint(folder, next);
        onKept?.();
      } catch (reason) {
        onFailure(reason);
      }
      last = performance.now();
    },
    pieces: (stage) => {
      const log = logs.get(stage) ?? pieceFile(join(folder, piecesName(stage)));
      logs.set(stage, log);
      return log;
    },
  };
}

/** The state that was kept last in a folder; undefined when there is none that is whole. */
export const keptState = (folder: string): unknown => readCheckpoint(folder)?.carry;
