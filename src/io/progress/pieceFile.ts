import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import type { PieceLog, PieceRecord } from '../../networks/checkpoints.js';

/** Before the bytes of a piece: its first image, the one after its last, the number of bytes, and a part of their SHA-256. */
const header = 24;

/** {@link PieceLog} in a file. What was added is written by `flush`; a record that is cut off or changed ends what is kept. */
export interface PieceFile extends PieceLog {
  /** Writes what was added since, and waits until the disk has it; where it has no room, all of it goes. */
  flush(): void;
  /** Gives its room back, and keeps nothing any more. Answers whether there was any. */
  drop(): boolean;
}

/** The log in a file that may exist already. */
export function pieceFile(file: string): PieceFile {
  let pending: readonly PieceRecord[] = [];
  let end: number | undefined; // of what is whole
  let dropped = false;
  function* kept(): Generator<PieceRecord> {
    end = 0;
    if (!existsSync(file)) return;
    const handle = openSync(file, 'r');
    try {
      for (let piece = read(handle, end); piece !== undefined; piece = read(handle, end)) {
        end += header + piece.bytes.length;
        yield piece;
      }
    } finally {
      closeSync(handle);
    }
  }
  const endOfWhole = (): number => {
    let whole = 0;
    for (const { bytes } of kept()) whole += header + bytes.length;
    return whole;
  };
  const drop = (): boolean => {
    const had = existsSync(file);
    rmSync(file, { force: true });
    [pending, dropped] = [[], true];
    return had;
  };
  return {
    kept,
    add: (piece) => {
      if (!dropped) pending = [...pending, piece];
    },
    flush: () => {
      if (pending.length === 0) return;
      try {
        end = writeAll(file, end ?? endOfWhole(), pending);
        pending = [];
      } catch {
        drop();
      }
    },
    drop,
  };
}

/** Writes records behind what is whole; answers where they end. */
function writeAll(file: string, end: number, pieces: readonly PieceRecord[]): number {
  let next = end;
  const handle = openSync(file, existsSync(file) ? 'r+' : 'w');
  try {
    ftruncateSync(handle, next);
    for (const piece of pieces) next = write(handle, next, piece);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return next;
}

const sumOf = (numbers: Uint8Array, bytes: Uint8Array): Buffer =>
  createHash('sha256')
    .update(numbers)
    .update(bytes)
    .digest()
    .subarray(0, header - 12);

/** Writes a record; answers where the next one goes. */
function write(handle: number, at: number, { from, to, bytes }: PieceRecord): number {
  const numbers = Buffer.alloc(12);
  [from, to, bytes.length].forEach((value, index) => {
    numbers.writeUInt32LE(value, 4 * index);
  });
  // A copy: other threads see the memory of a piece, and not every call of the system takes that.
  const own = Uint8Array.from(bytes);
  const record = Buffer.concat([numbers, sumOf(numbers, own), own]);
  for (let done = 0; done < record.length; ) done += writeSync(handle, record, done, record.length - done, at + done);
  return at + record.length;
}

/** The record that begins there; undefined when it isn't whole. */
function read(handle: number, at: number): PieceRecord | undefined {
  const head = Buffer.alloc(header);
  if (readSync(handle, head, 0, header, at) < header) return undefined;
  const [from, to, length] = [head.readUInt32LE(0), head.readUInt32LE(4), head.readUInt32LE(8)];
  if (to <= from || length > mostBytes) return undefined;
  const bytes = Buffer.alloc(length);
  if (readSync(handle, bytes, 0, length, at + header) < length) return undefined;
  return sumOf(head.subarray(0, 12), bytes).equals(head.subarray(12)) ? { from, to, bytes } : undefined;
}

/** No piece is larger: a length that was damaged isn't taken for one. */
const mostBytes = 2 ** 30;
