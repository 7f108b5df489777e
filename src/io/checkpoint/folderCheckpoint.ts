import { readdirSync } from 'node:fs';
import { readCarry, restoreTensors } from '../../core/carry/tensorValues.js';
import { ensure, inNameLater, StdpError } from '../../core/errors.js';
import { nothingMore } from '../../core/params/nothingMore.js';
import { errorCode, messageOf, show } from '../../core/show.js';
import { isOfCheckpoints, readCheckpoint, writeCheckpoint } from './checkpointFiles.js';

/**
 * Keeps a carry in a folder: any tree of plain records and lists of tensors (float32, int32, bool), numbers, typed arrays, texts, truth
 * values, null and undefined. Once the promise is kept it is safe on disk, whatever ends the program; {@link loadCheckpoint} brings
 * it back bit for bit. The last two stay. Await it before the carry is given away or disposed. In a page `tfjs-stdp/records` has the
 * same for IndexedDB.
 *
 * @param folder  is made if need be; one that holds other files is refused. One process writes into it.
 * @throws {StdpError} (as a rejection) that names what can't be kept, or why it can't be written; those before are still good then.
 * @example
 * await saveCheckpoint('kept', { step: 3, random: randomGenerator(7), w: tf.tensor1d([0.5, 1]) });
 * await loadCheckpoint('kept');   // => { step: 3, random: { seed: 7, stream: 0 }, w: [0.5, 1] }
 */
export async function saveCheckpoint(folder: string, carry: unknown, ...more: readonly never[]): Promise<void> {
  nothingMore(more, 'saveCheckpoint', 'saveCheckpoint(folder, carry)');
  await inNameLater('saveCheckpoint', async () => {
    ensureOfCheckpoints(folder);
    writeCheckpoint(folder, await readCarry(carry));
  });
}

/**
 * The last carry that {@link saveCheckpoint} kept in a folder, with tensors on the present backend, which are yours; undefined where
 * nothing was kept yet. Where the last one is damaged it is the one before.
 *
 * @throws {StdpError} (as a rejection) when the folder can't be read, holds something else, or nothing in it is whole.
 * @example
 * const start = (await loadCheckpoint('nowhere')) ?? { step: 0, w: tf.zeros([2]) };
 * start;   // => { step: 0, w: [0, 0] }
 */
export async function loadCheckpoint<Carry>(folder: string, ...more: readonly never[]): Promise<Carry | undefined> {
  nothingMore(more, 'loadCheckpoint', 'loadCheckpoint(folder)');
  return inNameLater('loadCheckpoint', async () => {
    ensureOfCheckpoints(folder);
    const found = readCheckpoint(folder);
    return found === undefined ? undefined : (restoreTensors(found.carry) as Carry);
  });
}

/** Throws where a folder holds other things and no checkpoint: it was meant for them. */
function ensureOfCheckpoints(folder: string): void {
  const isPath = typeof folder === 'string' && folder !== '' && !folder.includes('\0');
  ensure(isPath, 'checkpoint', 'folder', () => `must be the path of a folder, got ${show(folder)}`);
  const names = namesIn(folder);
  const isMeant = names.length === 0 || names.some(isOfCheckpoints);
  ensure(isMeant, 'checkpoint', folder, () => `holds something else (${names[0]}): take an empty or a new folder`);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (reason) {
    if (errorCode(reason) === 'ENOENT') return [];
    const problem = errorCode(reason) === 'ENOTDIR' ? 'is no folder' : `can't be read: ${messageOf(reason)}`;
    throw new StdpError('checkpoint', folder, problem, { cause: reason });
  }
}
