import { isRecord } from './trees.js';

/**
 * A function of a params record that remembers its last results by the record, so that calling it in a loop with the same
 * params costs nothing. A record whose fields have changed in between is taken as new.
 */
export function memoize<Params extends object, Result>(make: (params?: Params) => Result): (params?: Params) => Result {
  const known = new WeakMap<object, { readonly fields: Params; readonly result: Result }>();
  let ofDefaults: { readonly result: Result } | undefined;
  return (params) => {
    if (params === undefined) {
      ofDefaults ??= { result: make() };
      return ofDefaults.result;
    }
    if (typeof params !== 'object' || params === null) return make(params); // which refuses it
    const last = known.get(params);
    if (last !== undefined && sameFields(last.fields, params)) return last.result;
    const result = make(params);
    known.set(params, { fields: copied(params), result });
    return result;
  };
}

/** The fields as they are now, with what lists and records in them hold. */
const copied = <Params extends object>(params: Params): Params =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, copyOf(value)])) as Params;

const copyOf = (value: unknown): unknown => (Array.isArray(value) ? value.map(copyOf) : isRecord(value) ? copied(value) : value);

function sameFields<Params extends object>(a: Params, b: Params): boolean {
  let count = 0;
  for (const name in b) {
    if (!same(a[name], b[name])) return false;
    count++;
  }
  for (const _ in a) count--;
  return count === 0;
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true; // lists and records were copied: these are none
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((entry, index) => same(entry, b[index]));
  return isRecord(a) && isRecord(b) && sameFields(a, b);
}
