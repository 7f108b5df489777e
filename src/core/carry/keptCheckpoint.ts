import * as tf from '@tensorflow/tfjs-core';
import { ensure, inNameLater, StdpError } from '../errors.js';
import { nothingMore } from '../params/nothingMore.js';
import { messageOf, show } from '../show.js';
import { packCarry } from './packCarry.js';
import { readCarry, restoreTensors } from './tensorValues.js';
import { unpackCarry } from './unpackCarry.js';

/**
 * Where a checkpoint is kept: a name, under which the browser's IndexedDB has it, as `indexeddb://checkpoint/NAME`; another address of
 * tfjs, such as `localstorage://NAME`; or what reads and writes for tfjs.
 */
export type CheckpointPlace = string | tf.io.IOHandler;

/** What checkpoints call themselves among what tfjs keeps. */
const format = 'tfjs-stdp checkpoint';

/**
 * Keeps a carry, whole or not at all, in the place of the one that was kept there: any tree of plain records and lists of tensors
 * (float32, int32, bool), numbers, typed arrays, texts, truth values, null and undefined. {@link loadCheckpoint} brings it back bit for bit. Await it
 * before the carry is given away or disposed. In Node `tfjs-stdp/node` has the same for folders.
 *
 * @param place  a name, or see {@link CheckpointPlace}. `tf.io.removeModel('indexeddb://checkpoint/NAME')` lets go of it.
 * @throws {StdpError} (as a rejection) that names what can't be kept, or when there is no such place or no room.
 * @example
 * const shelf = new Map();   // in a page a name will do: saveCheckpoint('my run', carry)
 * const place = tf.io.withSaveHandler(async (made) => shelf.set('run', made).get('run'));
 * await saveCheckpoint(place, { step: 3, random: randomGenerator(7), w: tf.tensor1d([0.5, 1]) });
 * await loadCheckpoint({ load: async () => shelf.get('run') });   // => { step: 3, random: { seed: 7, stream: 0 }, w: [0.5, 1] }
 */
export async function saveCheckpoint(place: CheckpointPlace, carry: unknown, ...more: readonly never[]): Promise<void> {
  nothingMore(more, 'saveCheckpoint', 'saveCheckpoint(place, carry)');
  await inNameLater('saveCheckpoint', async () => {
    const handler = handlerOf(place, 'save', tf.io.getSaveHandlers);
    const bytes = packCarry(await readCarry(carry));
    const weightSpecs = [{ name: 'checkpoint', shape: [bytes.length / 4], dtype: 'int32' as const }];
    const artifacts = { format, modelTopology: {}, weightSpecs, weightData: bytes.buffer as ArrayBuffer };
    await asked(place, "can't be written", async () => handler.save?.(artifacts));
  });
}

/**
 * What {@link saveCheckpoint} kept last, with tensors on the present backend, which are yours; undefined where a name, or an address of
 * IndexedDB or of the local storage, has nothing.
 *
 * @throws {StdpError} (as a rejection) when what is there is damaged, or something else.
 * @example
 * const shelf = new Map();
 * await saveCheckpoint({ save: async (made) => shelf.set('run', made).get('run') }, [tf.zeros([2]), new Float64Array(2)]);
 * await loadCheckpoint({ load: async () => shelf.get('run') });   // => [[0, 0], [0, 0]]
 */
export async function loadCheckpoint<Carry>(place: CheckpointPlace, ...more: readonly never[]): Promise<Carry | undefined> {
  nothingMore(more, 'loadCheckpoint', 'loadCheckpoint(place)');
  return inNameLater('loadCheckpoint', async () => {
    const handler = handlerOf(place, 'load', tf.io.getLoadHandlers);
    const artifacts = await asked(place, "can't be read", async () =>
      (await isMissing(place)) ? undefined : await handler.load?.(),
    );
    if (artifacts === undefined) return undefined;
    const isOurs = artifacts?.format === format && artifacts.weightData !== undefined;
    ensure(isOurs, 'loadCheckpoint', nameOf(place), () => 'holds something else than a checkpoint');
    return restoreTensors(unpackCarry(await bytesOf(artifacts.weightData))) as Carry;
  });
}

const addressOf = (name: string): string => (name.includes('://') ? name : `indexeddb://checkpoint/${name}`);
const nameOf = (place: CheckpointPlace): string => (typeof place === 'string' ? `'${place}'` : 'the place');

function handlerOf(
  place: unknown,
  does: 'save' | 'load',
  find: (address: string) => readonly tf.io.IOHandler[],
): tf.io.IOHandler {
  if (typeof place === 'string' && place !== '') {
    const [handler] = find(addressOf(place));
    const problem = () => 'is not known to tfjs here; names are kept by browsers, folders by tfjs-stdp/node';
    ensure(handler !== undefined, 'checkpoint', nameOf(place), problem);
    return handler;
  }
  const isHandler =
    typeof place === 'object' && place !== null && does in place && typeof Reflect.get(place, does) === 'function';
  ensure(isHandler, 'checkpoint', 'place', () => `must be a name, or what ${does}s for tfjs, got ${show(place)}`);
  return place as tf.io.IOHandler;
}

/** Whether what tfjs lists has nothing at an address; where it doesn't list, whoever reads has to tell. */
async function isMissing(place: CheckpointPlace): Promise<boolean> {
  if (typeof place !== 'string' || !/^(indexeddb|localstorage):/.test(addressOf(place))) return false;
  return !Object.hasOwn(await tf.io.listModels(), addressOf(place));
}

/** What a handler answers; what it fails by is a refusal. */
async function asked<T>(place: CheckpointPlace, failing: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    throw new StdpError('checkpoint', nameOf(place), `${failing}: ${messageOf(cause)}`, { cause });
  }
}

/** What handlers give may be in pieces. */
const bytesOf = async (data: tf.io.WeightData | undefined): Promise<Uint8Array> =>
  new Uint8Array(await new Blob([data ?? []].flat()).arrayBuffer());
