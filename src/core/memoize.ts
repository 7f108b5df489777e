import { isRecord } from './trees.js';

/**
 * A function of a params record that remembers its last results by the record, so that calling it in a loop with the same
 * params costs nothing. A record whose fields have changed in between is taken as new.
 *
 * @param long  lists of more entries are known by their identity: to look through them would take longer than what they are for.
 */
export function memoize<Params extends object, Result>(
  make: (params?: Params) => Result,
  long = Number.POSITIVE_INFINITY,
): (params?: Params) => Result {
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
    known.set(params, { fields: copied(params, long), result });
    return result;
  };
}

/** The fields as they are now, with what lists and records in them hold. */
const copied = <Params extends object>(params: Params, long: number): Params =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, copyOf(value, long)])) as Params;

function copyOf(value: unknown, long: number): unknown {
  if (Array.isArray(value)) return value.length > long ? value : value.map((entry) => copyOf(entry, long));
  return isRecord(value) ? copied(value, long) : value;
}

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
  if (Object.is(a, b)) return true; // records and lists that aren't long were copied: these are none
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((entry, index) => same(entry, b[index]));
  return isRecord(a) && isRecord(b) && sameFields(a, b);
}
