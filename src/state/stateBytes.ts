import { ensure, inNameLater } from '../core/errors.js';
import { ensureFields } from '../core/params/ensureFields.js';
import { nothingMore } from '../core/params/nothingMore.js';
import { show } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import { checkFile } from '../formats/arrays/checkArrays.js';
import type { FileArray } from '../formats/arrays/fileArray.js';
import { readNpz } from '../formats/numpy/readNpz.js';
import { writeNpz } from '../formats/numpy/writeNpz.js';
import { metadataName } from './arrayName.js';
import { ensureFits } from './ensureFits.js';
import { readState } from './opened.js';
import { revived, revivedInto } from './revived.js';
import { packState, partsOf, stateOf, unpackState } from './stateFile.js';

/** The kinds of files that hold states. */
export const stateFormats = ['safetensors', 'npz'] as const;

/** What kind of file a state is written as. */
export type StateFormat = (typeof stateFormats)[number];

/** How a state becomes bytes. */
export interface StateBytesOptions {
  /** Form of the file: `'safetensors'`, or `'npz'`, which is NumPy's. Default `'safetensors'`. */
  readonly format?: StateFormat | undefined;
}

/**
 * A state as the bytes of a file: of a page that a user downloads, or for a store of your own. {@link stateFromBytes} brings it back
 * bit for bit, on any backend. In Node `saveState('run.safetensors', state)` (`tfjs-stdp/node`) writes the file.
 *
 * A state is any tree of plain records and lists of tensors (float32, int32, bool), numbers, texts, truth values, typed arrays, null and
 * undefined, of rules, and of objects with `carry()` and `restore()`: the classes of `tfjs-stdp/learners`. Other tools read the arrays, by
 * the names on the way to them (`trainer.cells.a.w`); what else there is stands in the metadata of the file (in npz an array
 * `__metadata__` of bytes).
 *
 * @throws {StdpError} (as a rejection) that names what can't be kept: a function, a tensor that was disposed, an object of another class.
 * @example
 * const rule = pairStdp({ etaPlus: 0.1 });
 * const start = { step: 0, rule, w: tf.tensor2d([[0.5]]), state: rule.init({ pre: [1], post: [1] }) };
 * const bytes = await stateToBytes({ ...start, step: 3 });
 * const { step, w } = await stateFromBytes(bytes, start);
 * step;        // => 3
 * w.print();   // => [[0.5]]
 */
export async function stateToBytes(
  state: unknown,
  options: StateBytesOptions = {},
  ...more: readonly never[]
): Promise<Uint8Array> {
  const where = 'stateToBytes';
  nothingMore(more, where, 'stateToBytes(state, options)');
  ensure(isRecord(options), where, 'options', () => `must be a record of options, got ${show(options)}`);
  ensureFields(options, ['format'], where, 'options');
  const { format: name = 'safetensors' } = options;
  const format = stateFormats.find((known) => known === name);
  ensure(format !== undefined, where, 'format', () => `must be one of ${stateFormats.join(', ')}, got ${show(name)}`);
  return bytesOf(state, format, where);
}

/**
 * The state that {@link stateToBytes} wrote, or `saveState`, of either format. Tensors are new, on the present backend, and yours.
 *
 * @param like  the state to go on with, such as the one to begin with: rules and objects in it are those that come back, the objects as
 *              they were when they were saved. What was saved must be of its form: the same fields, shapes and types, the same
 *              rules with the same parameters. Where it holds undefined or null, anything comes. Left out: rules are made anew, and in
 *              place of objects stands what their `carry()` gave.
 * @param name  of the file, for messages. Default `'bytes'`.
 * @throws {StdpError} (as a rejection) that names the file, when it is damaged, of something else or of a later version; or what in it is
 *         not like `like`. Objects go on as they did then.
 * @example
 * const trainer = new STDP({ etaPost: 0.1 });
 * trainer.registerCell('a', { w: [[0.5]], pre: [1], post: [1] });
 * const bytes = await stateToBytes({ seed: 7, trainer }, { format: 'npz' });
 * trainer.step('a', { pre: [1], post: [1] });
 * const { seed } = await stateFromBytes(bytes, { seed: 0, trainer });   // the trainer has forgotten the step
 * seed;   // => 7
 * trainer.dispose();
 */
export async function stateFromBytes<State>(
  bytes: Uint8Array,
  like?: State,
  name = 'bytes',
  ...more: readonly never[]
): Promise<State> {
  const where = 'stateFromBytes';
  nothingMore(more, where, 'stateFromBytes(bytes, like, name)');
  checkFile(bytes, name, where);
  return stateFrom(bytes, like, where, name);
}

/** {@link stateToBytes} in the name of another function. */
export async function bytesOf(state: unknown, format: StateFormat, where: string): Promise<Uint8Array> {
  return inNameLater(where, async () => {
    const read = await readState(state, where);
    if (format === 'safetensors') return packState(read, where);
    const { arrays, metadata } = partsOf(read, where);
    const data = new TextEncoder().encode(JSON.stringify(metadata));
    return writeNpz({ ...arrays, [metadataName]: { dtype: 'uint8', shape: [data.length], data } });
  });
}

/** {@link stateFromBytes} in the name of another function. */
export async function stateFrom<State>(bytes: Uint8Array, like: State | undefined, where: string, file: string): Promise<State> {
  return inNameLater(where, async () => {
    const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b;
    return inPlace(isArchive ? await ofArchive(bytes, where, file) : unpackState(bytes, where, file), like, where);
  });
}

/** A state that was read, as programs have it. */
export async function inPlace<State>(saved: unknown, like: State | undefined, where: string): Promise<State> {
  if (like === undefined) return revived(saved, where) as State;
  ensureFits(saved, await readState(like, where), where);
  return revivedInto(saved, like, where) as State;
}

/** Stored entries take no more than the archive; deflated ones are bounded all the same. */
const mostUnpacked = 2 ** 30;

async function ofArchive(bytes: Uint8Array, where: string, file: string): Promise<unknown> {
  const { [metadataName]: told, ...arrays } = await readNpz(bytes, file, { mostBytes: mostUnpacked + bytes.length });
  return stateOf({ arrays, metadata: metadataOf(told) }, where, file);
}

/** Texts by name; none where there are others. */
function metadataOf(array: FileArray | undefined): { readonly [name: string]: string } {
  try {
    const metadata: unknown = JSON.parse(new TextDecoder().decode(array?.data));
    return isRecord(metadata) && Object.values(metadata).every((text) => typeof text === 'string')
      ? (metadata as { readonly [name: string]: string })
      : {};
  } catch {
    return {};
  }
}
