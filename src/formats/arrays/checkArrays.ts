import { kindOf } from '../../core/bytes/arrays.js';
import { ensure } from '../../core/errors.js';
import { isListOf } from '../../core/lists.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import { bytesOf, countOf, elements, isArrayType } from './elements.js';
import type { FileArray } from './fileArray.js';

/** Whether a value is the length of an axis. */
export const isLength = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

/** Throws unless it is the bytes of a file under a name. */
export function checkFile(bytes: unknown, name: unknown, where: string): void {
  ensure(bytes instanceof Uint8Array, where, 'bytes', () => `must be a Uint8Array, got ${show(bytes)}`);
  ensure(typeof name === 'string' && name.trim() !== '', where, 'name', () => `must be the name of the file, got ${show(name)}`);
}

/** An array and its bytes, once it is known to be one. */
export function checkArray(
  given: unknown,
  where: string,
  argument: string,
): { readonly array: FileArray; readonly bytes: Uint8Array } {
  ensure(isRecord(given), where, argument, () => `must be { dtype, shape, data }, got ${show(given)}`);
  ensureFields(given, ['dtype', 'shape', 'data'], where, argument);
  const { dtype, shape, data } = given;
  const known = Object.keys(elements).join(', ');
  ensure(isArrayType(dtype), where, `${argument}.dtype`, () => `must be one of ${known}, got ${show(dtype)}`);
  ensure(isListOf(shape, isLength), where, `${argument}.shape`, () => `must be a list of integers ≥ 0, got ${show(shape)}`);
  const array = given as unknown as FileArray;
  const count = countOf(array.shape);
  const { kind } = elements[dtype];
  ensure(
    kindOf(data) === kind && array.data.length === count,
    where,
    `${argument}.data`,
    () => `must be a ${kind} of ${count} values for ${show(array.shape)}, got ${showData(data)}`,
  );
  const bytes = bytesOf(array);
  ensure(bytes !== undefined, where, `${argument}.data`, () => `holds a value that ${dtype} doesn't have: choose a wider type`);
  return { array, bytes };
}

const showData = (data: unknown): string =>
  ArrayBuffer.isView(data) && 'length' in data ? `${data.constructor.name} of ${show(data.length)}` : show(data);

/** The arrays of a record with their bytes, by name. */
export function checkArrays(given: unknown, where: string): readonly (readonly [string, ReturnType<typeof checkArray>])[] {
  ensure(isRecord(given), where, 'arrays', () => `must be a record of { dtype, shape, data }, got ${show(given)}`);
  return Object.entries(given).map(([name, array]) => [name, checkArray(array, where, `arrays.${name}`)]);
}
