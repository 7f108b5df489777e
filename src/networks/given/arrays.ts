import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';

// Whoever computes with these reads past their end, and takes other numbers for bytes or floats, without a word.

/** A list of numbers of any kind. */
type Numbers = readonly unknown[] | ArrayLike<number>;

/** The name of the class of a typed array, in whatever realm it was made. */
const kindOf = (given: unknown): string => (ArrayBuffer.isView(given) ? Object.prototype.toString.call(given).slice(8, -1) : '');

const isNumbers = (given: unknown): given is Numbers =>
  Array.isArray(given) || /^(Int|Uint|Float)(8|16|32|64)(Clamped)?Array$/.test(kindOf(given));

/** Only bytes as they are, where other numbers could be meant in another scale. */
export function strictBytes(given: unknown, where: string, argument: string, what: string): Uint8Array {
  const problem = () => `must be a Uint8Array of ${what}, got ${show(given)}`;
  ensure(kindOf(given) === 'Uint8Array', where, argument, problem);
  return given as Uint8Array;
}

/**
 * Whole numbers 0 … `most` as bytes: a Uint8Array as it is, other lists (those that went through JSON) as a copy.
 *
 * @throws {StdpError} that tells the first entry which is none.
 */
export function givenBytes(given: unknown, where: string, argument: string, most = 255): Uint8Array {
  const isBytes = kindOf(given) === 'Uint8Array';
  if (isBytes && most === 255) return given as Uint8Array;
  ensure(isBytes || isNumbers(given), where, argument, () => `must be a Uint8Array or a list, got ${show(given)}`);
  const numbers = given as ArrayLike<unknown>;
  for (let index = 0; index < numbers.length; index++) {
    const entry = numbers[index];
    if (typeof entry === 'number' && entry >= 0 && entry <= most && Number.isInteger(entry)) continue;
    ensure(false, where, argument, () => `holds ${show(entry)} at ${index}, which is no integer in [0, ${most}]`);
  }
  return isBytes ? (given as Uint8Array) : Uint8Array.from(numbers as ArrayLike<number>);
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
export function givenFloats(
  given: unknown,
  where: string,
  argument: string,
  { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Range = {},
): Float32Array {
  const isFloats = kindOf(given) === 'Float32Array';
  const problem = () => `must be a Float32Array or a list of numbers, got ${show(given)}`;
  ensure(isFloats || isNumbers(given), where, argument, problem);
  const listed = given as ArrayLike<unknown>;
  const odd = isFloats ? -1 : Array.from(listed).findIndex((entry) => typeof entry !== 'number');
  ensure(odd < 0, where, argument, () => `holds ${show(listed[odd])} at ${odd}, no number`);
  const values = isFloats ? (given as Float32Array) : Float32Array.from(listed as ArrayLike<number>);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    // NaN is in no range; Infinity less itself is NaN.
    if (value >= least && value <= most && value - value === 0) continue;
    ensure(false, where, argument, () => `holds ${show(listed[index])} at ${index}, ${needed(least, most)}`);
  }
  return values;
}

function needed(least: number, most: number): string {
  if (most < Number.POSITIVE_INFINITY) return `must be in [${least}, ${most}]`;
  return least === Number.NEGATIVE_INFINITY ? 'must be finite' : `must be finite and ≥ ${least}`;
}

/** @throws {StdpError} unless there are as many entries as there have to be. */
export function checkLength(values: ArrayLike<number>, length: number, where: string, argument: string, why: string): void {
  ensure(values.length === length, where, argument, () => `has ${values.length} entries, ${why} needs ${length}`);
}
