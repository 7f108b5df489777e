import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StdpError } from '../../core/errors.js';
import { errorCode, messageOf } from '../../core/show.js';
import { packState, unpackState } from '../../state/stateFile.js';
import { writeWhole } from './writeWhole.js';

/** How many stay: were the last one damaged later, there would be the one before it. */
const kept = 2;

const nameOf = (number: number): string => `checkpoint-${String(number).padStart(12, '0')}.safetensors`;
const asideOf = (number: number): string => `.checkpoint-${String(number).padStart(12, '0')}.part`;
const isCheckpoint = (name: string): boolean => /^checkpoint-\d{12}\.safetensors$/.test(name);
const isAside = (name: string): boolean => /^\.checkpoint-\d{12}\.part$/.test(name);
const numberOf = (name: string): number => Number(name.slice('checkpoint-'.length, -'.safetensors'.length));

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
  const bytes = packState(carry);
  try {
    mkdirSync(folder, { recursive: true });
    const [newest] = checkpointsIn(folder);
    const number = newest === undefined ? 1 : numberOf(newest) + 1;
    writeWhole(join(folder, nameOf(number)), join(folder, asideOf(number)), bytes);
    for (const name of checkpointsIn(folder).slice(kept)) rmSync(join(folder, name), { force: true });
    for (const name of readdirSync(folder).filter(isAside)) rmSync(join(folder, name), { force: true });
    return number;
  } catch (reason) {
    throw new StdpError('writeCheckpoint', folder, `can't be written: ${messageOf(reason)}`, { cause: reason });
  }
}

/** Names of the checkpoints in a folder, newest first. */
const checkpointsIn = (folder: string): readonly string[] => readdirSync(folder).filter(isCheckpoint).sort().reverse();

/** What a folder keeps. */
export interface Checkpoint {
  /** See {@link unpackState}. */
  readonly carry: unknown;
  /** Number of the checkpoint. */
  readonly number: number;
  /** Names of newer ones that are not whole. */
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
      return { carry: unpackState(readFileSync(join(folder, name))), number: numberOf(name), damaged };
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
