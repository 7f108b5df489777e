import * as tf from '@tensorflow/tfjs-core';
import { ensure, inNameLater, StdpError } from '../core/errors.js';
import { nothingMore } from '../core/params/nothingMore.js';
import { messageOf, show } from '../core/show.js';
import { bytesOf, stateFrom } from './stateBytes.js';

/**
 * Where a state is kept: a name, under which the browser's IndexedDB has it, as `indexeddb://state/NAME`; another address of
 * tfjs, such as `localstorage://NAME`; or what reads and writes for tfjs.
 */
export type StatePlace = string | tf.io.IOHandler;

/** What states call themselves among what tfjs keeps. */
const format = 'tfjs-stdp state';

/**
 * Keeps a state, whole or not at all, in the place of the one that was kept there: any tree of plain records and lists of tensors
 * (float32, int32, bool), numbers, typed arrays, texts, truth values, null and undefined, of rules, and of objects with `carry()` and
 * `restore()`: the classes of `tfjs-stdp/learners`. {@link loadState} brings it back bit for bit. Await it before the state is given
 * away or disposed. In Node `tfjs-stdp/node` has the same for files and folders; {@link stateToBytes} gives the bytes of a file.
 *
 * @param place  a name, or see {@link StatePlace}. `tf.io.removeModel('indexeddb://state/NAME')` lets go of it.
 * @throws {StdpError} (as a rejection) that names what can't be kept, or when there is no such place or no room.
 * @example
 * const shelf = new Map();   // in a page a name will do: saveState('my run', state)
 * const place = tf.io.withSaveHandler(async (made) => shelf.set('run', made).get('run'));
 * await saveState(place, { step: 3, random: randomGenerator(7), w: tf.tensor1d([0.5, 1]) });
 * await loadState({ load: async () => shelf.get('run') });   // => { step: 3, random: { seed: 7, stream: 0 }, w: [0.5, 1] }
 */
export async function saveState(place: StatePlace, state: unknown, ...more: readonly never[]): Promise<void> {
  nothingMore(more, 'saveState', 'saveState(place, state)');
  await inNameLater('saveState', async () => {
    const handler = handlerOf(place, 'save', tf.io.getSaveHandlers);
    const bytes = await bytesOf(state, 'safetensors', 'saveState');
    const weightSpecs = [{ name: 'state', shape: [bytes.length], dtype: 'bool' as const }]; // a byte each
    const artifacts = { format, modelTopology: {}, weightSpecs, weightData: bytes.buffer as ArrayBuffer };
    await asked(place, "can't be written", async () => handler.save?.(artifacts));
  });
}

/**
 * What {@link saveState} kept last, with tensors on the present backend, which are yours; undefined where a name, or an address of
 * IndexedDB or of the local storage, has nothing.
 *
 * @param like  the state to go on with, as in {@link stateFromBytes}: rules and objects in it are those that come back, the objects as they
 *              were when they were saved; other fields, shapes or rules are refused.
 * @throws {StdpError} (as a rejection) when what is there is damaged, something else, of a later version, or not like `like`.
 * @example
 * const shelf = new Map();
 * await saveState({ save: async (made) => shelf.set('run', made).get('run') }, [tf.zeros([2]), new Float64Array(2)]);
 * await loadState({ load: async () => shelf.get('run') });   // => [[0, 0], [0, 0]]
 */
export async function loadState<State>(place: StatePlace, like?: State, ...more: readonly never[]): Promise<State | undefined> {
  const where = 'loadState';
  nothingMore(more, where, 'loadState(place, like)');
  return inNameLater(where, async () => {
    const handler = handlerOf(place, 'load', tf.io.getLoadHandlers);
    const artifacts = await asked(place, "can't be read", async () =>
      (await isMissing(place)) ? undefined : await handler.load?.(),
    );
    if (artifacts === undefined) return undefined;
    const isOurs = artifacts?.format === format && artifacts.weightData !== undefined;
    ensure(isOurs, where, nameOf(place), () => 'holds something else than a state of tfjs-stdp');
    return stateFrom(await joined(artifacts.weightData), like, where, nameOf(place));
  });
}

const addressOf = (name: string): string => (name.includes('://') ? name : `indexeddb://state/${name}`);
const nameOf = (place: StatePlace): string => (typeof place === 'string' ? `'${place}'` : 'the place');

function handlerOf(
  place: unknown,
  does: 'save' | 'load',
  find: (address: string) => readonly tf.io.IOHandler[],
): tf.io.IOHandler {
  if (typeof place === 'string' && place !== '') {
    const [handler] = find(addressOf(place));
    const problem = () => 'is not known to tfjs here; names are kept by browsers, folders by tfjs-stdp/node';
    ensure(handler !== undefined, 'state', nameOf(place), problem);
    return handler;
  }
  const isHandler =
    typeof place === 'object' && place !== null && does in place && typeof Reflect.get(place, does) === 'function';
  ensure(isHandler, 'state', 'place', () => `must be a name, or what ${does}s for tfjs, got ${show(place)}`);
  return place as tf.io.IOHandler;
}

/** Whether what tfjs lists has nothing at an address; where it doesn't list, whoever reads has to tell. */
async function isMissing(place: StatePlace): Promise<boolean> {
  if (typeof place !== 'string' || !/^(indexeddb|localstorage):/.test(addressOf(place))) return false;
  return !Object.hasOwn(await tf.io.listModels(), addressOf(place));
}

/** What a handler answers; what it fails by is a refusal. */
async function asked<T>(place: StatePlace, failing: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    throw new StdpError('state', nameOf(place), `${failing}: ${messageOf(cause)}`, { cause });
  }
}

/** What handlers give may be in pieces. */
const joined = async (data: tf.io.WeightData | undefined): Promise<Uint8Array> =>
  new Uint8Array(await new Blob([data ?? []].flat()).arrayBuffer());
