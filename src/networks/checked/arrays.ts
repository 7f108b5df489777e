import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';

// Whoever computes with these reads past their end, and takes other numbers for bytes or floats, without a word.

/** A list of numbers of any kind. */
type Numbers = readonly unknown[] | ArrayLike<number>;

/** The name of the class of a typed array, in whatever realm it was made. */
const kindOf = (given: unknown): string => (ArrayBuffer.isView(given) ? Object.prototype.toString.call(given).slice(8, -1) : '');

/** Whether it is a list, or a typed array of numbers. */
export const isNumbers = (given: unknown): given is Numbers =>
  Array.isArray(given) || /^(Int|Uint|Float)(8|16|32|64)(Clamped)?Array$/.test(kindOf(given));

/** Only bytes as they are, where other numbers could be meant in another scale. */
export function strictBytes(given: unknown, where: string, argument: string, what: string): Uint8Array {
  const problem = () => `must be a Uint8Array of ${what}, got ${show(given)}`;
  ensure(kindOf(given) === 'Uint8Array', where, argument, problem);
  return given as Uint8Array;
}

/**
 * Whole numbers 0 … 255 as bytes: a Uint8Array as it is, other lists (those that went through JSON) as a copy.
 *
 * @throws {StdpError} that tells the first entry which is none.
 */
export const checkedBytes = (given: unknown, where: string, argument: string): Uint8Array =>
  kindOf(given) === 'Uint8Array'
    ? (given as Uint8Array)
    : Uint8Array.from(wholeNumbers(given, 255, 'a Uint8Array', where, argument));

/** {@link checkedBytes} of whole numbers 0 … 65535; a Uint16Array as it is, too. */
export function checkedWords(given: unknown, where: string, argument: string): Uint8Array | Uint16Array {
  const kind = kindOf(given);
  if (kind === 'Uint8Array' || kind === 'Uint16Array') return given as Uint8Array | Uint16Array;
  return Uint16Array.from(wholeNumbers(given, 65535, 'a Uint16Array, a Uint8Array', where, argument));
}

function wholeNumbers(given: unknown, most: number, kinds: string, where: string, argument: string): ArrayLike<number> {
  ensure(isNumbers(given), where, argument, () => `must be ${kinds} or a list, got ${show(given)}`);
  const isWhole = (entry: unknown): boolean => Number.isInteger(entry) && Number(entry) >= 0 && Number(entry) <= most;
  const odd = firstOf(given, (entry) => !isWhole(entry));
  ensure(odd < 0, where, argument, () => `holds ${show(given[odd])} at ${odd}, which is no integer in [0, ${most}]`);
  return given as ArrayLike<number>;
}

/** Where the first entry is that something holds of, −1 where of none. */
function firstOf(entries: ArrayLike<unknown>, holds: (entry: unknown) => boolean): number {
  for (let index = 0; index < entries.length; index++) if (holds(entries[index])) return index;
  return -1;
}

/** Where the first number is that isn't finite, or out of range; −1 where none is. A loop without closures: arrays are long. */
function firstOutside(values: Float32Array, least: number, most: number): number {
  const { length } = values;
  for (let index = 0; index < length; index++) {
    const value = values[index] as number;
    // NaN is in no range; Infinity less itself is NaN.
    if (!(value >= least && value <= most && value - value === 0)) return index;
  }
  return -1;
}

/** What numbers may be. Default: anything finite. */
export interface Range {
  readonly least?: number;
  readonly most?: number;
}

/**
 * Numbers as float32: a Float32Array as it is, other lists (those that went through JSON) as a copy.
 *
 * @throws {StdpError} that tells the first entry which is no number, not finite or out of range.
 */
export function checkedFloats(
  given: unknown,
  where: string,
  argument: string,
  { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Range = {},
): Float32Array {
  const isFloats = kindOf(given) === 'Float32Array';
  const problem = () => `must be a Float32Array or a list of numbers, got ${show(given)}`;
  ensure(isFloats || isNumbers(given), where, argument, problem);
  const listed = given as ArrayLike<unknown>;
  const stray = isFloats ? -1 : firstOf(listed, (entry) => typeof entry !== 'number');
  ensure(stray < 0, where, argument, () => `holds ${show(listed[stray])} at ${stray}, no number`);
  const values = isFloats ? (given as Float32Array) : Float32Array.from(listed as ArrayLike<number>);
  const odd = firstOutside(values, least, most);
  ensure(odd < 0, where, argument, () => `holds ${show(listed[odd])} at ${odd}, ${needed(least, most)}`);
  return values;
}

function needed(least: number, most: number): string {
  if (most < Number.POSITIVE_INFINITY) return `must be in [${least}, ${most}]`;
  return least === Number.NEGATIVE_INFINITY ? 'must be finite' : `must be finite and ≥ ${least}`;
}

/** @throws {StdpError} unless there are as many entries as there have to be. */
export function checkLength(
  values: { readonly length: number },
  length: number,
  where: string,
  argument: string,
  why: string,
): void {
  ensure(values.length === length, where, argument, () => `has ${values.length} entries, ${why} needs ${length}`);
}
