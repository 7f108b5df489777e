import { Room } from '../../src/kernels/room.js';
import { scalarKernels } from '../../src/kernels/scalar/index.js';
import type { Kernels } from '../../src/kernels/wasm/binary.js';

/** Runs the same work with the SIMD module and with the plain kernels, each in a memory of its own. */
export function both<T>(bytes: number, work: (kernels: Kernels, room: Room) => T): readonly [simd: T, plain: T] {
  const [simd, plain] = [new Room(bytes), new Room(bytes)];
  return [work(simd.kernels, simd), work(scalarKernels(plain.memory), plain)];
}

/** The address of a copy of bytes, with room behind them that kernels may read. */
export function placeBytes(room: Room, bytes: Uint8Array): number {
  const address = room.take(bytes.length + 64);
  new Uint8Array(room.memory.buffer, address, bytes.length).set(bytes);
  return address;
}
