/** The kinds of typed arrays, by name. */
export const arrayKinds = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;

export type ArrayKind = keyof typeof arrayKinds;

/** A typed array of any kind, whose entries nobody asks for. */
export interface AnyArray extends ArrayBufferView {
  readonly length: number;
}

/** The kind of a typed array, whatever class extends it (a Buffer is a Uint8Array); of anything else, undefined. */
export function kindOf(value: unknown): ArrayKind | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  const tag = (value as { readonly [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  return typeof tag === 'string' && isKind(tag) ? tag : undefined;
}

export const isKind = (name: string): name is ArrayKind => Object.hasOwn(arrayKinds, name);
