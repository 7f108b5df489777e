import { ensure, StdpError } from '../../core/errors.js';
import { isListOf } from '../../core/lists.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import { isLength } from '../arrays/checkArrays.js';
import { countOf, elements } from '../arrays/elements.js';
import type { ArrayType } from '../arrays/fileArray.js';
import { repeatedName } from './repeatedName.js';
import { longestHeader, metadataName, typeNames, typeOrder } from './safetensorsTypes.js';

/** Where an array lies, counted from the end of the header. */
export interface Placed {
  readonly name: string;
  readonly dtype: ArrayType;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** What the header tells, and where it ends. */
export interface Header {
  readonly placed: readonly Placed[];
  readonly metadata: { readonly [name: string]: string };
  readonly end: number;
}

/** The header of a file, once its arrays are known to fill what follows it without a gap. */
export function parseHeader(bytes: Uint8Array, where: string, file: string): Header {
  const require = (condition: boolean, problem: () => string) => ensure(condition, where, file, problem);
  require(bytes.length >= 8, () => `is truncated: ${bytes.length} bytes, the length of the header alone takes 8`);
  const told = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  require(told <= longestHeader, () =>
    `tells of a header of ${told} bytes, the format allows ${longestHeader}: is it safetensors?`);
  const end = 8 + Number(told);
  require(end <= bytes.length, () => `is truncated: ${bytes.length} bytes, its header ends at ${end}`);
  const header = jsonOf(bytes.subarray(8, end), where, file);
  const placed = Object.entries(header).flatMap(([name, entry]) =>
    name === metadataName ? [] : [placeOf(name, entry, where, file)],
  );
  const inOrder = [...placed].sort((a, b) => a.from - b.from || a.to - b.to);
  const filled = inOrder.reduce((last, { name, from, to }) => {
    require(from === last, () => `has ${show(name)} at ${from}, its arrays before that end at ${last}: there must be no gap`);
    return to;
  }, 0);
  const held = bytes.length - end;
  require(held >= filled, () => `is truncated: its arrays take ${filled} bytes, ${held} are there`);
  require(held <= filled, () => `is too long: its arrays take ${filled} bytes, ${held} are there`);
  return { placed, metadata: metadataOf(header[metadataName], where, file), end };
}

function jsonOf(bytes: Uint8Array, where: string, file: string): { readonly [name: string]: unknown } {
  const text = decoded(bytes, where, file);
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (cause) {
    throw new StdpError(where, file, 'has a header that is no JSON', { cause });
  }
  ensure(isRecord(header), where, file, () => `has a header that is ${show(header)}, no record of arrays`);
  const twice = repeatedName(text);
  ensure(twice === undefined, where, file, () => `has the name ${show(twice)} twice in its header`);
  return header;
}

function decoded(bytes: Uint8Array, where: string, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new StdpError(where, file, 'has a header that is not UTF-8', { cause });
  }
}

function placeOf(name: string, entry: unknown, where: string, file: string): Placed {
  const require = (condition: boolean, problem: () => string) =>
    ensure(condition, where, file, () => `has an array ${show(name)} ${problem()}`);
  require(isRecord(entry), () => `that is told as ${show(entry)}, not as { dtype, shape, data_offsets }`);
  const { dtype, shape, data_offsets: offsets } = entry as { readonly [field: string]: unknown };
  const type = typeOrder.find((known) => typeNames[known] === dtype);
  require(type !== undefined, () => `of type ${show(dtype)}, read are ${Object.values(typeNames).join(', ')}`);
  require(isListOf(shape, isLength), () => `whose shape is no list of integers in [0, 2⁵³): ${show(shape)}`);
  require(isListOf(offsets, isLength) && offsets.length === 2, () =>
    `whose data_offsets are no two integers ≥ 0: ${show(offsets)}`);
  return placed(name, type as ArrayType, shape as readonly number[], offsets as readonly [number, number], require);
}

function placed(
  name: string,
  dtype: ArrayType,
  shape: readonly number[],
  [from, to]: readonly [number, number],
  require: (condition: boolean, problem: () => string) => void,
): Placed {
  const size = countOf(shape) * elements[dtype].bytes;
  require(Number.isSafeInteger(size), () => `of shape ${show(shape)}, which takes more bytes than can be counted`);
  require(to - from === size, () => `at ${from} … ${to}, ${show(shape)} of ${dtype} takes ${size} bytes`);
  return { name, dtype, shape, from, to };
}

function metadataOf(given: unknown, where: string, file: string): { readonly [name: string]: string } {
  if (given === undefined) return {};
  const fits = isRecord(given) && Object.values(given).every((text) => typeof text === 'string');
  ensure(fits, where, file, () => `has ${metadataName} that is no record of texts: ${show(given)}`);
  return given as { readonly [name: string]: string };
}
