import { type Arena, aligned } from '../module/arena.js';

/** Bytes of a line of the processor's cache. */
const line = 64;

/** Memory of an arena at the beginning of a line; as many bytes behind it may be read and written by accident. */
export function takeLines(arena: Arena<unknown>, bytes: number): number {
  arena.reserve(aligned(bytes + 3 * line));
  arena.top = Math.ceil(arena.top / line) * line;
  return arena.take(bytes + line);
}

/** The address of a copy of values. */
export function placeLines(arena: Arena<unknown>, values: Float32Array | Uint8Array): number {
  const address = takeLines(arena, values.byteLength);
  copyInto(arena, address, values);
  return address;
}

/** Copies values to an address. */
export function copyInto(arena: Arena<unknown>, address: number, values: Float32Array | Uint8Array): void {
  new Uint8Array(arena.memory.buffer).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), address);
}
