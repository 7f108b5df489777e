import { kindOf } from '../core/bytes/arrays.js';
import { difference } from '../core/carry/difference.js';
import { Part } from '../core/carry/part.js';
import { TensorValues } from '../core/carry/tensorValues.js';
import { ensure } from '../core/errors.js';
import { show, showShape } from '../core/show.js';
import { isRecord } from '../core/trees.js';

/**
 * Throws unless what was saved is of the form of what is given: the same fields, types and shapes, the same rules. Lists of numbers may
 * be of any length. Where nothing is given (undefined, null) anything fits.
 *
 * @param saved, given  states whose tensors were read.
 */
export function ensureFits(saved: unknown, given: unknown, where: string, argument = 'state'): void {
  if (given === undefined || given === null) return;
  const [there, here] = [formOf(saved), formOf(given)];
  ensure(there === here, where, argument, () => `is ${there} there, ${here} here`);
  if (given instanceof Part) ensureSameRule(saved as Part, given, where, argument);
  else if (isList(saved) && isList(given)) {
    const mayGrow = given.every((entry) => typeof entry === 'number');
    if (mayGrow && saved.every((entry) => typeof entry === 'number')) return;
    ensure(saved.length === given.length, where, argument, () => `has ${saved.length} entries there, ${given.length} here`);
    for (const [index, entry] of given.entries()) ensureFits(saved[index], entry, where, `${argument}.${index}`);
  } else if (isRecord(saved) && isRecord(given)) ensureFieldsFit(saved, given, where, argument);
}

type Fields = { readonly [name: string]: unknown };

function ensureFieldsFit(saved: Fields, given: Fields, where: string, argument: string): void {
  const names = (fields: Fields) => Object.keys(fields).join(', ') || 'nothing';
  for (const name of Object.keys(saved))
    ensure(
      Object.hasOwn(given, name),
      where,
      `${argument}.${name}`,
      () => `is not asked for: what is given holds ${names(given)}`,
    );
  for (const [name, field] of Object.entries(given)) {
    const isThere = Object.hasOwn(saved, name) || field === undefined;
    ensure(isThere, where, `${argument}.${name}`, () => `is missing: what was saved holds ${names(saved)}`);
    ensureFits(saved[name], field, where, `${argument}.${name}`);
  }
}

/** An object looks at what it gets by itself. */
function ensureSameRule(saved: Part, given: Part, where: string, argument: string): void {
  const found = given.of === 'rule' ? difference(saved.content, given.content) : undefined;
  ensure(found === undefined, where, argument, () => `is another rule: ${found}`);
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** What a value is, as far as it has to be the same. */
function formOf(value: unknown): string {
  if (value instanceof TensorValues) return `a tensor ${value.dtype} ${showShape(value.shape)}`;
  if (value instanceof Part) return value.of === 'rule' ? 'a rule' : 'an object with carry()';
  if (Array.isArray(value)) return 'a list';
  if (isRecord(value)) return 'a record';
  if (ArrayBuffer.isView(value)) return `${kindOf(value)} of ${show(Reflect.get(value, 'length'))}`;
  return value === null ? 'null' : typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`;
}
