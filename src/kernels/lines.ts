import { aligned, type Room } from './room.js';

/** Bytes of a line of the processor's cache. */
const line = 64;

/** Memory of a room at the beginning of a line; as many bytes behind it may be read and written by accident. */
export function takeLines(room: Room, bytes: number): number {
  room.reserve(aligned(bytes + 3 * line));
  room.top = Math.ceil(room.top / line) * line;
  return room.take(bytes + line);
}

/** The address of a copy of values. */
export function placeLines(room: Room, values: Float32Array | Uint8Array): number {
  const address = takeLines(room, values.byteLength);
  copyInto(room, address, values);
  return address;
}

/** Copies values to an address. */
export function copyInto(room: Room, address: number, values: Float32Array | Uint8Array): void {
  new Uint8Array(room.memory.buffer).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), address);
}
