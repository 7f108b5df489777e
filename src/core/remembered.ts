/**
 * A function of a params record that remembers its last results by the record, so that calling it in a loop with the same
 * params costs nothing. A record whose fields have changed in between is taken as new.
 */
export function remembered<Params extends object, Result>(make: (params?: Params) => Result): (params?: Params) => Result {
  const known = new WeakMap<object, { readonly fields: Params; readonly result: Result }>();
  let ofDefaults: { readonly result: Result } | undefined;
  return (params) => {
    if (params === undefined) {
      ofDefaults ??= { result: make() };
      return ofDefaults.result;
    }
    const last = known.get(params);
    if (last !== undefined && sameFields(last.fields, params)) return last.result;
    const result = make(params);
    known.set(params, { fields: { ...params }, result });
    return result;
  };
}

/** Field by field; arrays inside are compared by identity, as params are readonly. */
function sameFields<Params extends object>(a: Params, b: Params): boolean {
  let count = 0;
  for (const name in b) {
    if (!Object.is(a[name], b[name])) return false;
    count++;
  }
  for (const _ in a) count--;
  return count === 0;
}
