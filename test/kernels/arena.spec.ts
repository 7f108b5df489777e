import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arena } from '../../src/kernels/module/arena.js';
import { ruleKernels } from '../../src/kernels/module/ruleKernels.js';

const refusal = /^kernels: memory (ends at 4 GiB, .* bytes more are needed|has \d+ bytes left, \d+ were not reserved)/;
const wrong = [-1, -(2 ** 31), 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 32, 2 ** 32 - 1, 2 ** 33, 2 ** 53, 1e300];

/** What can be asked of a room. */
type Ask = readonly [how: 'reserve' | 'reset' | 'take', bytes: number];

describe('a room', () => {
  it.each(wrong)('refuses %d bytes, and is as it was', (bytes) => {
    expect(() => new Arena(bytes, ruleKernels)).toThrow(refusal);
    const arena = new Arena(100, ruleKernels);
    const kept = arena.place(Float32Array.of(1, 2, 3));
    const before = { top: arena.top, bytes: arena.memory.buffer.byteLength };
    for (const how of ['reserve', 'reset', 'take'] as const) {
      expect(() => arena[how](bytes)).toThrow(refusal);
      expect({ top: arena.top, bytes: arena.memory.buffer.byteLength }).toEqual(before);
    }
    expect([...kept]).toEqual([1, 2, 3]);
    arena.kernels.fill(3, kept.byteOffset, 7);
    expect([...kept]).toEqual([7, 7, 7]);
  });

  it('hands out what it has, in order and apart, whatever is asked of it', () => {
    const bytes = fc.oneof(fc.nat(200_000), fc.constantFrom(...wrong));
    const ask = fc.tuple(fc.constantFrom('reserve', 'reset', 'take'), bytes) as fc.Arbitrary<Ask>;
    fc.assert(
      fc.property(fc.array(ask), (asked) => {
        const arena = new Arena(1000, ruleKernels);
        for (const [how, count] of asked) {
          const before = { top: arena.top, size: arena.memory.buffer.byteLength };
          try {
            const address = arena[how](count);
            if (how === 'take') {
              expect(address).toBe(before.top);
              expect(arena.top).toBeGreaterThanOrEqual(before.top + count);
              expect(arena.memory.buffer.byteLength).toBe(before.size);
            } else expect(arena.free).toBeGreaterThanOrEqual(count);
          } catch (reason) {
            expect(String(reason)).toMatch(/StdpError: kernels: memory /);
            expect({ top: arena.top, size: arena.memory.buffer.byteLength }).toEqual(before);
          }
          expect(arena.top % 16).toBe(0);
          expect(arena.top).toBeLessThanOrEqual(arena.memory.buffer.byteLength);
        }
      }),
      { numRuns: 200 },
    );
  });
});
