import { type CircuitRecords, circuitRecords } from '../../kernels/circuitRecords.js';
import { type Arena, aligned } from '../../kernels/module/arena.js';
import type { CircuitKernels } from '../../kernels/module/circuitKernels.js';
import type { Arrays } from '../circuitState.js';

/** A memory with the kernels of circuits in it. */
export type CircuitArena = Arena<CircuitKernels>;

/** Kernels read whole vectors, and draw noise for 16 neurons at a time. */
const block = 64;

/** The address of so many bytes, all 0, filled up to whole blocks. */
export function room(arena: CircuitArena, bytes: number): number {
  const whole = block * Math.ceil(bytes / block);
  arena.reserve(aligned(whole));
  const address = arena.take(whole);
  new Uint8Array(arena.memory.buffer, address, whole).fill(0);
  return address;
}

/** Numbers as a state and its wiring hold them. */
export type Numbers = Arrays[string] | Uint16Array;

/** Numbers in the memory of kernels. */
export interface Held<T extends Numbers = Numbers> {
  readonly address: number;
  /** The numbers as they are now, until the memory grows. */
  view(): T;
}

/** Numbers of a kind at an address. */
export function heldAt<T extends Numbers>(arena: CircuitArena, kind: T, address: number, length: number): Held<T> {
  const make = kind.constructor as new (buffer: ArrayBufferLike, at: number, count: number) => T;
  return { address, view: () => new make(arena.memory.buffer, address, length) };
}

/** Takes numbers into memory. */
export function hold<T extends Numbers>(arena: CircuitArena, numbers: T): Held<T> {
  const held = heldAt(arena, numbers, room(arena, numbers.byteLength), numbers.length);
  held.view().set(numbers);
  return held;
}

type RecordName = keyof CircuitRecords;
type Fields<N extends RecordName> = { readonly [field in keyof CircuitRecords[N]]?: number };

/** A record of the kernels in memory. */
export interface CircuitRecord<N extends RecordName> {
  readonly address: number;
  set(fields: Fields<N>): void;
  get(field: keyof CircuitRecords[N]): number;
}

/** The bytes of a record. */
export const bytesOf = (name: RecordName): number => 4 * Object.keys(circuitRecords[name]).length;

/** The record at an address. */
export function recordAt<N extends RecordName>(arena: CircuitArena, name: N, address: number): CircuitRecord<N> {
  const [names, types] = [Object.keys(circuitRecords[name]), Object.values<string>(circuitRecords[name])];
  const view = () => new DataView(arena.memory.buffer, address);
  return {
    address,
    set: (fields) => {
      const bytes = view();
      for (const [field, value] of Object.entries<number | undefined>(fields)) {
        if (value === undefined) continue;
        const index = names.indexOf(field);
        if (types[index] === 'f32') bytes.setFloat32(4 * index, value, true);
        else bytes.setUint32(4 * index, value, true);
      }
    },
    get: (field) => {
      const index = names.indexOf(String(field));
      const type = types[index];
      if (type === 'f32') return view().getFloat32(4 * index, true);
      return type === 'i32' ? view().getInt32(4 * index, true) : view().getUint32(4 * index, true);
    },
  };
}

/** A new record; what isn't given is 0. */
export function newRecord<N extends RecordName>(arena: CircuitArena, name: N, fields: Fields<N>): CircuitRecord<N> {
  const record = recordAt(arena, name, room(arena, bytesOf(name)));
  record.set(fields);
  return record;
}

/** So many records in a row. */
export function newTable<N extends RecordName>(arena: CircuitArena, name: N, count: number): readonly CircuitRecord<N>[] {
  const address = room(arena, count * bytesOf(name));
  return Array.from({ length: count }, (_, index) => recordAt(arena, name, address + index * bytesOf(name)));
}
