import { ensure } from '../../core/errors.js';
import { type Check, ensureIs, integerFrom } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { checkLength, strictBytes } from '../checked/arrays.js';
import { fieldsOf } from '../checked/images.js';

// A job may be asked for directly, and a thread that computes with what isn't there answers nonsense.

const where = 'pool';

/** What reads the setup of a job, part by part, and refuses what it can't compute with. */
export interface SetupReader {
  /** The setup of a part: `encode.encoding`. */
  part(name: string): SetupReader;
  /** A field that a check accepts. */
  is(name: string, test: Check): void;
  /** A number ≥ `least`. */
  count(name: string, least?: number): number;
  /** Bytes that are looked at where they are. */
  bytes(name: string, length?: number): Uint8Array;
  /** Floats that are looked at where they are. */
  floats(name: string, length?: number): Float32Array;
  /** Whether rows of so many entries are whole; answers how many there are. */
  rows(name: string, size: number): number;
  /** A list, not empty. */
  list(name: string): readonly unknown[];
}

/** @throws {StdpError} when the setup is no record; and from its methods, when a field isn't what it must be. */
export function setupReader(job: string, setup: unknown): SetupReader {
  const fields = fieldsOf(setup, where, job);
  const ofLength = <T extends Uint8Array | Float32Array>(values: T, name: string, length?: number): T => {
    if (length !== undefined) checkLength(values, length, where, `${job}.${name}`, 'the job');
    return values;
  };
  const reader: SetupReader = {
    part: (name) => setupReader(`${job}.${name}`, fields[name]),
    is: (name, test) => ensureIs(test, fields[name], where, `${job}.${name}`),
    count: (name, least = 1) => {
      reader.is(name, integerFrom(least));
      return fields[name] as number;
    },
    bytes: (name, length) => ofLength(strictBytes(fields[name], where, `${job}.${name}`, 'all workers'), name, length),
    floats: (name, length) => {
      const values = fields[name];
      const isFloats = Object.prototype.toString.call(values) === '[object Float32Array]';
      ensure(isFloats, where, `${job}.${name}`, () => `must be a Float32Array, got ${show(values)}`);
      return ofLength(values as Float32Array, name, length);
    },
    rows: (name, size) => {
      const { length } = fields[name] as ArrayLike<number>;
      const count = length / size;
      const problem = () => `has ${length} entries, which are no whole rows of ${size}`;
      ensure(Number.isInteger(count), where, `${job}.${name}`, problem);
      return count;
    },
    list: (name) => {
      const given = fields[name];
      ensure(
        Array.isArray(given) && given.length > 0,
        where,
        `${job}.${name}`,
        () => `must be a list of at least one, got ${show(given)}`,
      );
      return given;
    },
  };
  return reader;
}

/** @throws {StdpError} when a piece goes beyond the images that there are. */
export function checkWithin(to: number, count: number): void {
  ensure(to <= count, where, 'images', () => `up to ${to - 1} are asked for, there are ${count}`);
}

/** @throws {StdpError} unless weights `[size, classes]` and after them the bias are as many as a read-out has. */
export function checkPoint(point: unknown, length: number, argument: string): void {
  const isPoint = Object.prototype.toString.call(point) === '[object Float64Array]';
  ensure(isPoint, where, argument, () => `must be a Float64Array, got ${show(point)}`);
  checkLength(point as Float64Array, length, where, argument, 'the read-out');
}
