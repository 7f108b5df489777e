import { viewOf } from './eventInput.js';

/**
 * The table that is the root of a flat buffer; every place is checked before it is read.
 *
 * Source: Google, "FlatBuffer internals".
 */
export interface FlatTable {
  /** The four letters that say what it is. */
  readonly name: string;
  /** View of all of it. */
  readonly view: DataView;
  /** Where a field stands; `undefined`: it has its default. */
  field(index: number, bytes: number): number | undefined;
  /** The vector that a field points to: where it begins, and how many entries of so many bytes it has. */
  vector(index: number, bytes: number): { readonly begin: number; readonly count: number } | undefined;
}

/** @throws {Error} when it points outside of itself. */
export function flatTable(bytes: Uint8Array): FlatTable {
  const view = viewOf(bytes);
  const within = (at: number, count: number): number => {
    if (at < 0 || at + count > bytes.length) throw new Error(`${bytes.length}: its flat buffer points outside of itself`);
    return at;
  };
  const root = within(view.getUint32(within(0, 8), true), 4);
  const fields = within(root - view.getInt32(root, true), 4);
  const known = (view.getUint16(within(fields, 2), true) - 4) / 2;
  const field = (index: number, count: number): number | undefined => {
    const offset = index < known ? view.getUint16(within(fields + 4 + 2 * index, 2), true) : 0;
    return offset === 0 ? undefined : within(root + offset, count);
  };
  return {
    name: String.fromCharCode(...bytes.subarray(4, 8)),
    view,
    field,
    vector(index, entry) {
      const at = field(index, 4);
      if (at === undefined) return undefined;
      const begin = within(at + view.getUint32(at, true), 4);
      const count = view.getUint32(begin, true);
      return { begin: within(begin + 4, count * entry), count };
    },
  };
}
