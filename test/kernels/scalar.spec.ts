import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fork, randomUniform } from '../../src/core/random.js';
import { dependenceCodes } from '../../src/kernels/laws.js';
import { applyTerms, changeScratch } from '../../src/kernels/memory/change.js';
import { Room } from '../../src/kernels/room.js';
import { scalarKernels } from '../../src/kernels/scalar/index.js';
import type { Kernels } from '../../src/kernels/wasm/binary.js';
import { instantiate } from '../../src/kernels/wasm/module.js';
import { anyLayer } from './layers.js';

/** Runs the same work with the SIMD module and with the plain kernels, each in a memory of its own. */
function both(work: (kernels: Kernels, room: Room) => Float32Array): readonly [Float32Array, Float32Array] {
  const [simd, plain] = [new Room(1 << 21), new Room(1 << 21)];
  return [work(simd.kernels, simd).slice(), work(scalarKernels(plain.memory), plain).slice()];
}

const view = (room: Room, address: number, length: number) => new Float32Array(room.memory.buffer, address, length);
const sparse = (length: number, density: number, graded: boolean, seed: number) => {
  const [fired, sizes] = [randomUniform(length, fork(seed, 0)), randomUniform(length, fork(seed, 1), -1, 1)];
  return fired.map((value, index) => (value < density ? (graded ? (sizes[index] ?? 0) : 1) : 0));
};
const density = fc.constantFrom(0, 0.03, 0.3, 1);
const check = <T>(arbitrary: fc.Arbitrary<T>, law: (value: T) => void) =>
  fc.assert(fc.property(arbitrary, law), { numRuns: 120, seed: 1 });

it('runs with SIMD here', () => {
  expect(instantiate(new WebAssembly.Memory({ initial: 1, maximum: 2 }))).toBeDefined();
});

it('works in a shared memory', () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
  const floats = new Float32Array(memory.buffer);
  instantiate(memory)?.fill(3, 16, 2.5);
  expect([...floats.subarray(4, 8)]).toEqual([2.5, 2.5, 2.5, 0]);
});

it('is not available on a memory that it cannot import', () => {
  expect(instantiate({} as WebAssembly.Memory)).toBeUndefined();
});

describe('the plain kernels give the same bits as the SIMD module', () => {
  it('traceStep', () =>
    check(fc.record({ count: fc.integer({ min: 1, max: 40 }), density, nearest: fc.boolean(), seed: fc.nat() }), (given) => {
      const [simd, plain] = both((kernels, room) => {
        const trace = room.place(randomUniform(given.count, given.seed));
        const spikes = room.place(sparse(given.count, given.density, true, given.seed));
        kernels.traceStep(given.count, trace.byteOffset, spikes.byteOffset, trace.byteOffset, 0.951, 0.3, given.nearest);
        return trace;
      });
      expect(plain).toEqual(simd);
    }));

  const change = fc.record({
    layer: anyLayer,
    code: fc.constantFrom(...Object.values(dependenceCodes)),
    mu: fc.constantFrom(0.3, 2.7),
    plus: fc.integer({ min: 0, max: 2 }),
    minus: fc.integer({ min: 0, max: 2 }),
    preDensity: density,
    postDensity: density,
    graded: fc.boolean(),
    mean: fc.boolean(),
    inPlace: fc.boolean(),
    seed: fc.nat(),
  });

  it('changes of weights', () =>
    check(change, ({ layer: { topology, pre, post, w: shape }, code, mu, mean, seed, ...given }) => {
      const batch = pre[0] ?? 1;
      const length = (sizes: readonly number[]) => sizes.reduce((product, size) => product * size, 1);
      const columns = shape.at(-1) ?? 1;
      const sizes = {
        batch,
        inputs: length(pre) / batch,
        outputs: length(post) / batch,
        rows: length(shape) / columns,
        columns,
        geometry: topology.geometry(pre, shape),
      };
      const law = { code, mu, etaPlus: 0.05, etaMinus: 0.03, wMin: 0.1, wMax: 0.9, low: 0, high: 1 };
      const [simd, plain] = both((kernels, room) => {
        const term = (index: number) => ({
          pre: room.place(sparse(length(pre), given.preDensity, given.graded, seed + 2 * index)).byteOffset,
          post: room.place(sparse(length(post), given.postDensity, given.graded, seed + 2 * index + 1)).byteOffset,
        });
        const plus = Array.from({ length: given.plus }, (_, index) => term(index));
        const minus = Array.from({ length: given.minus }, (_, index) => term(10 + index));
        const w = room.place(randomUniform(length(shape), seed)).byteOffset;
        const out = given.inPlace ? w : room.take(4 * length(shape));
        const scratch = room.take(changeScratch(room.kernels, sizes, given.plus, given.minus));
        applyTerms(kernels, sizes, law, mean, { w, out }, { plus, minus }, scratch);
        return view(room, out, length(shape));
      });
      expect(plain).toEqual(simd);
    }));
});
