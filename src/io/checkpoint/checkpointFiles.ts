import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { packCarry } from '../../core/carry/packCarry.js';
import { unpackCarry } from '../../core/carry/unpackCarry.js';
import { StdpError } from '../../core/errors.js';
import { errorCode, messageOf } from '../../core/show.js';
import { syncFolder } from '../syncFolder.js';

/** How many stay: were the last one damaged later, there would be the one before it. */
const kept = 2;

const nameOf = (number: number): string => `checkpoint-${String(number).padStart(12, '0')}.ckpt`;
const isCheckpoint = (name: string): boolean => /^checkpoint-\d{12}\.ckpt$/.test(name);
const isAside = (name: string): boolean => /^\.checkpoint-\d{12}\.part$/.test(name);
const numberOf = (name: string): number => Number(name.slice('checkpoint-'.length, -'.ckpt'.length));

/** Whether a name in a folder is of a checkpoint, whole or in the making. */
export const isOfCheckpoints = (name: string): boolean => isCheckpoint(name) || isAside(name);

/**
 * Writes a carry as the newest checkpoint of a folder, which is made if need be, and safe on disk when this returns; all but the last
 * two go. One process writes into a folder.
 *
 * @returns its number.
 * @throws {StdpError} when it can't be packed or written; those that were there are still good.
 */
export function writeCheckpoint(folder: string, carry: unknown): number {
  const bytes = packCarry(carry);
  try {
    mkdirSync(folder, { recursive: true });
    const [newest] = checkpointsIn(folder);
    const number = newest === undefined ? 1 : numberOf(newest) + 1;
    writeWhole(folder, number, bytes);
    for (const name of checkpointsIn(folder).slice(kept)) rmSync(join(folder, name), { force: true });
    for (const name of readdirSync(folder).filter(isAside)) rmSync(join(folder, name), { force: true });
    return number;
  } catch (reason) {
    throw new StdpError('writeCheckpoint', folder, `can't be written: ${messageOf(reason)}`, { cause: reason });
  }
}

function writeWhole(folder: string, number: number, bytes: Uint8Array): void {
  const aside = join(folder, `.checkpoint-${String(number).padStart(12, '0')}.part`);
  try {
    const file = openSync(aside, 'w');
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(aside, join(folder, nameOf(number)));
  } catch (reason) {
    rmSync(aside, { force: true });
    throw reason;
  }
  syncFolder(folder);
}

/** Names of the checkpoints in a folder, newest first. */
const checkpointsIn = (folder: string): readonly string[] => readdirSync(folder).filter(isCheckpoint).sort().reverse();

/**
 * What a folder keeps.
 *
 * @property carry    see {@link unpackCarry}.
 * @property number   of the checkpoint.
 * @property damaged  names of newer ones that are not whole.
 */
export interface Checkpoint {
  readonly carry: unknown;
  readonly number: number;
  readonly damaged: readonly string[];
}

/**
 * The newest checkpoint of a folder that is whole; undefined when there is none at all.
 *
 * @throws {StdpError} when the folder can't be read, or none of its checkpoints is whole.
 */
export function readCheckpoint(folder: string): Checkpoint | undefined {
  const names = namesIn(folder);
  const damaged: string[] = [];
  let first: unknown;
  for (const name of names) {
    try {
      return { carry: unpackCarry(readFileSync(join(folder, name))), number: numberOf(name), damaged };
    } catch (reason) {
      first ??= reason;
      damaged.push(name);
    }
  }
  if (first === undefined) return undefined;
  const why = first instanceof StdpError ? first.problem : `can't be read: ${messageOf(first)}`;
  const problem = `holds no whole checkpoint: ${damaged[0]} ${why}`;
  throw new StdpError('readCheckpoint', folder, problem, { cause: first });
}

function namesIn(folder: string): readonly string[] {
  try {
    return checkpointsIn(folder);
  } catch (reason) {
    if (errorCode(reason) === 'ENOENT') return [];
    throw new StdpError('readCheckpoint', folder, `can't be read: ${messageOf(reason)}`, { cause: reason });
  }
}
