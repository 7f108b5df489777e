/**
 * Notes what is read of a case: no recorded value that a spec could check is to stay unread.
 */
export interface Meter<T extends object> {
  /** The case; whatever is read of it is noted. */
  readonly read: T;
  /** The places that nobody has read, as paths; neighbours in a list are named together: `expected.w.data[4…7]`. */
  unread(): readonly string[];
}

const originals = new WeakMap<object, object>();

/** What stands behind a meter: reading it is not noted. For what is computed apart from the library. */
export const unmetered = <T extends object>(read: T): T => (originals.get(read) as T | undefined) ?? read;

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
/** A value, or an empty list, which says that there is none. */
const isLeaf = (value: unknown): boolean => !isContainer(value) || (Array.isArray(value) && value.length === 0);

export function metered<T extends object>(whole: T): Meter<T> {
  const seen = new Map<object, Set<string>>();
  const proxies = new WeakMap<object, object>();
  const watch = <C extends object>(container: C): C => {
    const known = proxies.get(container);
    if (known !== undefined) return known as C;
    const keys = new Set<string>();
    seen.set(container, keys);
    const proxy = new Proxy(container, {
      get(target, key, receiver) {
        const value: unknown = Reflect.get(target, key, receiver);
        if (typeof key === 'string' && Object.hasOwn(target, key)) {
          keys.add(key);
          if (isContainer(value)) return watch(value);
        }
        return value;
      },
    });
    proxies.set(container, proxy);
    originals.set(proxy, container);
    return proxy;
  };
  const missing = (container: object, path: string): string[] => {
    const keys = seen.get(container);
    const entries = Object.entries(container);
    const inside = entries.flatMap(([key, value]) => (isLeaf(value) ? [] : missing(value, joined(path, key, container))));
    const leaves = entries.filter(([key, value]) => isLeaf(value) && keys?.has(key) !== true).map(([key]) => key);
    return [
      ...(Array.isArray(container) ? runs(path, leaves.map(Number)) : leaves.map((key) => joined(path, key, container))),
      ...inside,
    ];
  };
  return { read: watch(whole), unread: () => missing(whole, '') };
}

function joined(path: string, key: string, container: object): string {
  if (Array.isArray(container)) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** Neighbouring places of a list as one. */
function runs(path: string, places: readonly number[]): string[] {
  const firsts = places.filter((place, index) => places[index - 1] !== place - 1);
  const lasts = places.filter((place, index) => places[index + 1] !== place + 1);
  return firsts.map((first, index) => `${path}[${first === lasts[index] ? first : `${first}…${lasts[index]}`}]`);
}
