import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { newMemory } from '../../src/kernels/module/kernelMemory.js';
import { floatsOf } from '../../src/kernels/module/kernelModule.js';
import { ruleKernels } from '../../src/kernels/module/ruleKernels.js';
import { both, floatsAt, plainRules, sameBits, sparse } from './bothKernels.js';

const sizes = fc.record({ count: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 3000 })), seed: fc.nat() });
/** So many that only some are looked at. */
const manyGroups = fc.record({ count: fc.integer({ min: 2048, max: 5000 }), seed: fc.nat() });

describe('the plain kernels give the same bits as the SIMD module', () => {
  it('clampAll, copy, fill and zero write where they are told to and nowhere else', () =>
    sameBits(sizes, (kernels, room, { count, seed }) => {
      const values = room.place(randomUniform(count + 5, seed, -1, 1));
      const outs = [1, 2, 3, 4].map((use) => room.place(randomUniform(count + 5, seed + use)).byteOffset);
      const [clamped = 0, copied = 0, filled = 0, emptied = 0] = outs;
      kernels.clampAll(count, values.byteOffset, clamped, -0.3, 0.61);
      kernels.copy(count, values.byteOffset, copied);
      kernels.fill(count, filled, 0.7);
      kernels.zero(count, emptied);
      return outs.map((out) => floatsAt(room, out, count + 5));
    }));

  it('estimateSpikes', () => {
    const cases = fc.record({
      given: fc.oneof(sizes, manyGroups),
      density: fc.constantFrom(0, 0.01, 0.4, 1),
      graded: fc.boolean(),
    });
    sameBits(cases, (kernels, room, { given: { count, seed }, density, graded }) => {
      room.place(randomUniform(16, seed));
      const spikes = room.place(sparse(count, density, graded, seed)).byteOffset;
      room.place(randomUniform(16, seed));
      return kernels.estimateSpikes(count, spikes);
    });
  });

  it('listSamples', () => {
    const [simd, plain] = both(1 << 12, (kernels, room) => {
      const table = room.take(4 * 12);
      kernels.listSamples(table, 3, 1000, 7, 2000, 9);
      kernels.listSamples(table + 24, 2, 3000, 0, 4000, 5);
      return [...new Uint32Array(room.memory.buffer, table, 12)];
    });
    expect(plain).toEqual(simd);
    expect(plain).toEqual([1000, 2000, 1028, 2036, 1056, 2072, 3000, 4000, 3000, 4020, 0, 0]);
  });
});

describe('the memory of kernels', () => {
  it('is seen as it is now, grown or not', () => {
    const memory = newMemory(1);
    const kernels = ruleKernels.on(memory);
    if (kernels === undefined) throw new Error('there is no SIMD');
    expect(floatsOf(kernels).buffer).toBe(memory.buffer);
    memory.grow(1);
    expect(floatsOf(kernels).buffer).toBe(memory.buffer);
    expect(floatsOf(kernels).byteLength).toBe(2 * 65_536);
    expect(() => floatsOf({})).toThrow('have no memory');
  });

  it('gives kernels that were made before the room that came after', () => {
    const memory = newMemory(1);
    const kernels = plainRules.on(memory);
    memory.grow(1);
    kernels?.fill(2, 65_536, 3);
    expect([...new Float32Array(memory.buffer, 65_536, 3)]).toEqual([3, 3, 0]);
  });

  it('reaches beyond 2 GiB', () => {
    const memory = new WebAssembly.Memory({ initial: 32_769, maximum: 65_536 });
    const floats = new Float32Array(memory.buffer, 2 ** 31 - 16, 16);
    const kernels = plainRules.on(memory);
    kernels?.fill(8, floats.byteOffset, 0.7);
    kernels?.clampAll(6, floats.byteOffset, floats.byteOffset, 0, 0.5);
    kernels?.copy(5, floats.byteOffset + 12, floats.byteOffset + 32);
    kernels?.zero(1, floats.byteOffset + 20);
    const [most, held, none] = [0.7, 0.5, 0].map(Math.fround);
    expect([...floats]).toEqual([held, held, held, held, held, none, most, most, held, held, held, most, most, none, none, none]);
  });
});
