import { isLeft } from 'fp-ts/lib/Either.js';
import { ensure, refuse } from '../../core/errors.js';
import { meant } from '../../core/params/closest.js';
import type { Check } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';

/** Where in a circuit something stands. */
export interface Place {
  /** The function in whose name messages speak. */
  readonly where: string;
  /** The names on the way to it: `projections.ie.delay`; '' is the circuit itself. */
  readonly path: string;
}

/** Fields of which nothing is known. */
export interface Fields {
  readonly [name: string]: unknown;
}

/** What has a name inside. */
export const within = ({ where, path }: Place, name: string | number): Place => ({
  where,
  path: path === '' ? String(name) : `${path}.${name}`,
});

/** @throws {StdpError} `where: path problem` unless a condition holds. */
export function ensureAt(holds: boolean, { where, path }: Place, problem: () => string): asserts holds {
  ensure(holds, where, path === '' ? 'it' : path, problem);
}

/** What is never right, refused. */
export function refusedAt({ where, path }: Place, problem: string): never {
  throw refuse(where, path === '' ? 'it' : path, problem).left;
}

/** A value that a check accepts. */
export function valueAt<T>(test: Check<T>, value: unknown, place: Place): T {
  const result = test(value);
  if (isLeft(result)) refusedAt(place, `must be ${result.left}, got ${show(value)}`);
  return result.right;
}

/** A record, whatever it holds. @param what  it must be. */
export function recordAt(value: unknown, place: Place, what = 'a record'): Fields {
  ensureAt(value !== undefined, place, () => 'is missing');
  ensureAt(isRecord(value), place, () => `must be ${what}, got ${show(value)}`);
  return value;
}

/** A record that has no other fields than these; undefined ones count as left out. */
export function fieldsAt(value: unknown, known: readonly string[], place: Place): Fields {
  const fields = recordAt(value, place, `{ ${known.join(', ')} }`);
  for (const name of Object.keys(fields))
    ensureAt(known.includes(name) || fields[name] === undefined, within(place, name), () => notKnown('field', name, known));
  return fields;
}

/** One of the names that are known. @param what  it is no name of. */
export function nameAt(value: unknown, known: readonly string[], place: Place, what: string): string {
  ensureAt(value !== undefined, place, () => `is missing; known are ${known.join(', ')}`);
  ensureAt(typeof value === 'string' && known.includes(value), place, () => `is ${show(value)}, ${noneOf(what, value, known)}`);
  return value;
}

const notKnown = (what: string, name: string, known: readonly string[]): string =>
  `is not a ${what}; known are ${known.join(', ')}.${meant(name, known)}`.replace(/\.$/, '');

const noneOf = (what: string, value: unknown, known: readonly string[]): string =>
  `which is no ${what}; known are ${known.join(', ')}.${typeof value === 'string' ? meant(value, known) : ''}`.replace(/\.$/, '');
