import fc from 'fast-check';
import { expect } from 'vitest';
import { fork, randomUniform } from '../../src/core/random.js';
import { Arena } from '../../src/kernels/module/arena.js';
import type { Kernels } from '../../src/kernels/module/binary.js';
import { scalarKernels } from '../../src/kernels/scalar/index.js';

/** Runs the same work with the SIMD module and with the plain kernels, each in a memory of its own. */
export function both<T>(bytes: number, work: (kernels: Kernels, arena: Arena) => T): readonly [simd: T, plain: T] {
  const [simd, plain] = [new Arena(bytes), new Arena(bytes)];
  return [work(simd.kernels, simd), work(scalarKernels(plain.memory), plain)];
}

/** That what kernels are given and give is the same, bit by bit, with SIMD and without, in any case. */
export const sameBits = <T>(cases: fc.Arbitrary<T>, work: (kernels: Kernels, arena: Arena, given: T) => unknown, numRuns = 60) =>
  fc.assert(
    fc.property(cases, (given) => {
      const [simd, plain] = both(1 << 21, (kernels, arena) => work(kernels, arena, given));
      expect(plain).toEqual(simd);
    }),
    { numRuns, seed: 1 },
  );

/** The address of a copy of bytes, with room behind them that kernels may read. */
export function placeBytes(arena: Arena, bytes: Uint8Array): number {
  const address = arena.take(bytes.length + 64);
  new Uint8Array(arena.memory.buffer, address, bytes.length).set(bytes);
  return address;
}

/** A copy of what lies at an address. */
export const floatsAt = (arena: Arena, address: number, length: number): Float32Array =>
  new Float32Array(arena.memory.buffer, address, length).slice();

/** Spikes of a density; with `graded` their sizes differ, and half of them are negative. */
export function sparse(length: number, density: number, graded: boolean, seed: number): Float32Array {
  const [fired, sizes] = [randomUniform(length, fork(seed, 0)), randomUniform(length, fork(seed, 1), -1, 1)];
  return fired.map((value, index) => (value < density ? (graded ? (sizes[index] ?? 0) : 1) : 0));
}
