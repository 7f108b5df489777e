import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ensure, inNameLater, StdpError } from '../../core/errors.js';
import { nothingMore } from '../../core/params/nothingMore.js';
import { errorCode, messageOf, show } from '../../core/show.js';
import { readState } from '../../state/opened.js';
import { bytesOf, inPlace, type StateFormat, stateFormats, stateFrom } from '../../state/stateBytes.js';
import { isOfCheckpoints, readCheckpoint, writeCheckpoint } from './checkpointFiles.js';
import { writeWhole } from './writeWhole.js';

/**
 * Keeps a state in a file or in a folder: any tree of plain records and lists of tensors (float32, int32, bool), numbers, typed arrays,
 * texts, truth values, null and undefined, of rules, and of objects with `carry()` and `restore()`: the classes of `tfjs-stdp/learners`.
 * Once the promise is kept it is safe on disk, whatever ends the program; {@link loadState} brings it back bit for bit. Await it before
 * the state is given away or disposed. In a page `tfjs-stdp/records` has the same for IndexedDB, and `stateToBytes`.
 *
 * @param place  a file `….safetensors` or `….npz`, which other tools read, too: the new state takes the place of the old one. Any other name is
 *               that of a folder: it is made if need be, keeps the last two states, and one that holds other files is refused. One
 *               process writes into it.
 * @throws {StdpError} (as a rejection) that names what can't be kept, or why it can't be written; what was there is still good then.
 * @example
 * const rule = pairStdp({ etaPlus: 0.1 });
 * await saveState('kept.npz', { step: 3, random: randomGenerator(7), rule, w: tf.tensor1d([0.5, 1]) });
 * await loadState('kept.npz', { step: 0, random: randomGenerator(0), rule, w: tf.zeros([2]) });   // => { step: 3, random: { seed: 7, stream: 0 }, rule: rule, w: [0.5, 1] }
 */
export async function saveState(place: string, state: unknown, ...more: readonly never[]): Promise<void> {
  const where = 'saveState';
  nothingMore(more, where, 'saveState(place, state)');
  await inNameLater(where, async () => {
    const format = formatOf(place);
    if (format === undefined) {
      ensureOfCheckpoints(place);
      writeCheckpoint(place, await readState(state, where));
      return;
    }
    const bytes = await bytesOf(state, format, where);
    try {
      writeWhole(place, join(dirname(place), `.${basename(place)}.part`), bytes);
    } catch (reason) {
      throw new StdpError(where, place, `can't be written: ${messageOf(reason)}`, { cause: reason });
    }
  });
}

/**
 * The last state that {@link saveState} kept in a file or a folder, with tensors on the present backend, which are yours; undefined where
 * nothing was kept yet. Where the last one in a folder is damaged it is the one before.
 *
 * @param like  the state to go on with, such as the one to begin with: rules and objects in it are those that come back, the objects as
 *              they were when they were saved. What was saved must be of its form: the same fields, shapes and types, the same
 *              rules with the same parameters. Where it holds undefined or null, anything comes. Left out: rules are made anew, and in
 *              place of objects stands what their `carry()` gave.
 * @throws {StdpError} (as a rejection) when it can't be read, holds something else, nothing in it is whole or of this version, or it is not
 *   like `like`.
 * @example
 * const start = (await loadState('nowhere')) ?? { step: 0, w: tf.zeros([2]) };
 * start;   // => { step: 0, w: [0, 0] }
 */
export async function loadState<State>(place: string, like?: State, ...more: readonly never[]): Promise<State | undefined> {
  const where = 'loadState';
  nothingMore(more, where, 'loadState(place, like)');
  return inNameLater(where, async () => {
    if (formatOf(place) === undefined) {
      ensureOfCheckpoints(place);
      const found = readCheckpoint(place);
      return found === undefined ? undefined : inPlace(found.carry, like, where);
    }
    const bytes = bytesAt(place);
    return bytes === undefined ? undefined : stateFrom(bytes, like, where, place);
  });
}

/** The format of a file by its name; undefined: it is a folder. */
function formatOf(place: string): StateFormat | undefined {
  const isPath = typeof place === 'string' && place !== '' && !place.includes('\0');
  ensure(isPath, 'state', 'place', () => `must be the path of a file or a folder, got ${show(place)}`);
  const format = stateFormats.find((known) => place.toLowerCase().endsWith(`.${known}`));
  const isOther = format === undefined && /\.(npy|json|pt|pth|ckpt|bin|h5|hdf5|nir|zip|gz)$/i.test(place);
  ensure(!isOther, 'state', place, () => 'is no name of a file of a state: take .safetensors or .npz, or a folder');
  return format;
}

/** What a file holds; undefined where there is none. */
function bytesAt(place: string): Uint8Array | undefined {
  try {
    return readFileSync(place);
  } catch (reason) {
    if (errorCode(reason) === 'ENOENT') return undefined;
    throw new StdpError('state', place, `can't be read: ${messageOf(reason)}`, { cause: reason });
  }
}

/** Throws where a folder holds other things and no checkpoint: it was meant for them. */
function ensureOfCheckpoints(folder: string): void {
  const names = namesIn(folder);
  const isMeant = names.length === 0 || names.some(isOfCheckpoints);
  ensure(isMeant, 'state', folder, () => `holds something else (${names[0]}): take an empty or a new folder`);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (reason) {
    if (errorCode(reason) === 'ENOENT') return [];
    const problem = errorCode(reason) === 'ENOTDIR' ? 'is no folder' : `can't be read: ${messageOf(reason)}`;
    throw new StdpError('state', folder, problem, { cause: reason });
  }
}
