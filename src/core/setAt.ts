import { isRecord } from './trees.js';

/** The value that comes to a place, or why none can: of the value that stands there, `undefined` where none does. */
export type Change = (present: unknown) => unknown;

/**
 * A copy of plain data with one place changed: `['layers', '0', 'threshold']`. New names are added where a record stands, so that
 * validation can name them; an index must exist.
 *
 * @param refuse  throws; it is told why the place can't be.
 */
export function setAt(
  data: unknown,
  [name, ...rest]: readonly string[],
  change: Change,
  refuse: (problem: string) => never,
): unknown {
  if (name === undefined) return change(data);
  if (Array.isArray(data)) {
    const index = /^\d+$/.test(name) ? Number(name) : -1;
    if (index < 0 || index >= data.length) return refuse(`there is no ${name}, ${placesOf(data)}`);
    return data.map((entry, at) => (at === index ? setAt(entry, rest, change, refuse) : entry));
  }
  if (!isRecord(data) && data !== undefined) return refuse(`nothing has a part called ${name} there`);
  const present = data !== undefined && Object.hasOwn(data, name) ? data[name] : undefined;
  return { ...data, [name]: setAt(present, rest, change, refuse) };
}

const placesOf = ({ length }: readonly unknown[]): string => (length === 0 ? 'the list is empty' : `only 0 … ${length - 1}`);
