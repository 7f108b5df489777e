import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../errors.js';
import { isRecord, mapLeaves } from '../trees.js';

/** Numbers of which JSON knows nothing. */
export const unwritable: readonly string[] = ['Infinity', '-Infinity', 'NaN', '-0'];

/** A number as JSON, as a text where JSON would lose it: ±Infinity, NaN and −0. */
export const numberToJSON = (value: number): number | string =>
  Object.is(value, -0) ? '-0' : Number.isFinite(value) ? value : String(value);

/**
 * Parameters as plain JSON: ±Infinity and −0, of which JSON knows nothing, as a text.
 *
 * @throws {StdpError} that names a parameter which is a function or a tensor: these can't be stored.
 * @example
 * paramsToJSON('demo', { tau: Infinity, mode: 'sum' });   // => { tau: 'Infinity', mode: 'sum' }
 */
export function paramsToJSON(where: string, params: object): object {
  const plain = (name: string, value: unknown): unknown => {
    const kind = typeof value === 'function' ? 'a function' : value instanceof tf.Tensor ? 'a tensor' : undefined;
    ensure(kind === undefined, where, name, () => `is ${kind}, which JSON can't hold`);
    if (typeof value === 'number') return numberToJSON(value);
    if (Array.isArray(value)) return value.map((entry) => plain(name, entry));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, plain(`${name}.${field}`, inner)]));
  };
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, plain(name, value)]));
}

/**
 * The parameters that {@link paramsToJSON} wrote.
 *
 * @throws {StdpError} when they lie within themselves.
 * @example
 * paramsFromJSON({ tau: 'Infinity', mode: 'sum' });   // => { tau: Infinity, mode: 'sum' }
 */
export function paramsFromJSON(json: object): object {
  const revived = (value: unknown) => (typeof value === 'string' && unwritable.includes(value) ? Number(value) : value);
  return mapLeaves(json, revived) as object;
}
