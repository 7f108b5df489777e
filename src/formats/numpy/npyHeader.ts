import { ensure, StdpError } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { countOf, elements } from '../arrays/elements.js';
import type { ArrayType } from '../arrays/fileArray.js';

/** What begins every `.npy` file. */
export const magic: readonly number[] = [0x93, ...new TextEncoder().encode('NUMPY')];

/** The letters of types, without the order of bytes. */
export const typeLetters: { readonly [Type in Exclude<ArrayType, 'bfloat16'>]: string } = {
  bool: 'b1',
  int8: 'i1',
  uint8: 'u1',
  int16: 'i2',
  uint16: 'u2',
  int32: 'i4',
  uint32: 'u4',
  int64: 'i8',
  uint64: 'u8',
  float16: 'f2',
  float32: 'f4',
  float64: 'f8',
};

/** What the header tells. */
export interface NpyHeader {
  readonly dtype: ArrayType;
  readonly shape: readonly number[];
  /** Whether values begin with their highest byte. */
  readonly isBig: boolean;
  /** Whether the first axis is the fastest. */
  readonly isFortran: boolean;
  /** Where the values begin. */
  readonly end: number;
  /** Bytes of the whole file. */
  readonly length: number;
}

/**
 * The header of a file, or of its beginning.
 *
 * @param bytes  at least as many as the header has.
 */
export function parseNpyHeader(bytes: Uint8Array, where: string, file: string): NpyHeader {
  const { text, end } = headerText(bytes, where, file);
  const { descr, isFortran, shape } = fieldsOf(text, where, file);
  ensure(shape.length <= mostAxes, where, file, () => `has ${shape.length} axes, NumPy has at most ${mostAxes}`);
  const { dtype, isBig } = typeOf(descr, where, file);
  const length = end + countOf(shape) * elements[dtype].bytes;
  ensure(Number.isSafeInteger(length), where, file, () => `has shape ${show(shape)}, more values than can be counted`);
  return { dtype, shape, isBig, isFortran, end, length };
}

function headerText(bytes: Uint8Array, where: string, file: string): { readonly text: string; readonly end: number } {
  const require = (condition: boolean, problem: () => string) => ensure(condition, where, file, problem);
  const truncated = (needed: number) => () => `is truncated: ${bytes.length} bytes, its header ends at ${needed}`;
  require(magic.every((byte, index) => bytes[index] === byte), () => 'is no npy file: it begins in another way');
  require(bytes.length >= 10, truncated(10));
  const [major, minor] = [bytes[6], bytes[7]];
  const isKnown = major !== undefined && major >= 1 && major <= 3 && minor === 0;
  require(isKnown, () => `is of version ${major}.${minor} of npy, read are 1.0, 2.0 and 3.0`);
  const start = major === 1 ? 10 : 12;
  require(bytes.length >= start, truncated(start));
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = start + (major === 1 ? words.getUint16(8, true) : words.getUint32(8, true));
  require(end <= bytes.length, truncated(end));
  require(end - start <= longest, () => `has a header of ${end - start} bytes, at most ${longest} are read`);
  return { text: new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(start, end)), end };
}

/** The longest header that is looked at. */
const longest = 2 ** 16;

/** What NumPy has of axes. */
export const mostAxes = 64;

/** A field of the header, which is a dictionary of Python: its name, its value as it is written, and what follows. */
const field = /\s*(?:'(?<single>\w+)'|"(?<double>\w+)")\s*:\s*(?<value>'[^']*'|"[^"]*"|True|False|\([\dL,\s]*\))\s*(?:,|$)/y;

interface Fields {
  readonly descr: string;
  readonly isFortran: boolean;
  readonly shape: readonly number[];
}

function fieldsOf(given: string, where: string, file: string): Fields {
  const text = given.trim();
  const isStructured = /['"]descr['"]\s*:\s*[[(]/.test(text);
  ensure(!isStructured, where, file, () => 'holds records of several fields: save each field as an array of its own');
  const inner = text.slice(1, -1).trimEnd();
  const found = new Map<string, string>();
  for (let at = 0; at < inner.length; at = field.lastIndex) {
    field.lastIndex = at;
    const { single, double, value } = field.exec(inner)?.groups ?? {};
    const name = single ?? double;
    if (name === undefined || value === undefined || found.has(name)) throw noHeader(text, where, file);
    found.set(name, value);
  }
  const [descr, order, shape] = [found.get('descr'), found.get('fortran_order'), lengthsOf(found.get('shape'))];
  const isWhole = text.startsWith('{') && text.endsWith('}') && found.size === 3;
  const areTypes = descr !== undefined && /^['"]/.test(descr) && (order === 'True' || order === 'False');
  if (!isWhole || !areTypes || shape === undefined) throw noHeader(text, where, file);
  return { descr: descr.slice(1, -1), isFortran: order === 'True', shape };
}

const noHeader = (text: string, where: string, file: string): StdpError =>
  new StdpError(where, file, `has a header that tells no descr, fortran_order and shape: ${show(text)}`);

/** The numbers of a tuple, `()`, `(3,)` or `(2, 3)`, an old one with an L behind each; undefined where it is another value. */
function lengthsOf(tuple: string | undefined): readonly number[] | undefined {
  const [, inner] = /^\(((?:\s*\d+L?\s*,)*\s*(?:\d+L?\s*)?)\)$/.exec(tuple ?? '') ?? [];
  const numbers = inner?.match(/\d+/g) ?? [];
  // A single number without a comma is no tuple in Python.
  if (inner === undefined || (numbers.length === 1 && !inner.includes(','))) return undefined;
  const lengths = numbers.map(Number);
  return lengths.every(Number.isSafeInteger) ? lengths : undefined;
}

const otherTypes: { readonly [letter: string]: string | undefined } = {
  O: 'objects of Python, which are never unpacked here: they may run code',
  V: 'records or raw bytes',
  U: 'texts',
  S: 'texts',
  a: 'texts',
  c: 'complex numbers',
  M: 'dates',
  m: 'spans of time',
};

function typeOf(descr: string, where: string, file: string): { readonly dtype: ArrayType; readonly isBig: boolean } {
  const [, order, letters = '', letter = ''] = /^([<>|=]?)(([a-zA-Z])\d*)/.exec(descr) ?? [];
  const whole = `${order}${letters}` === descr ? letters : '';
  const [dtype] = Object.entries(typeLetters).find(([, known]) => known === whole) ?? [];
  const held = otherTypes[letter] ?? 'values of another type';
  const read = Object.keys(typeLetters).join(', ');
  ensure(dtype !== undefined, where, file, () => `holds ${held} (${show(descr)}); read are ${read}`);
  return { dtype: dtype as ArrayType, isBig: order === '>' };
}
