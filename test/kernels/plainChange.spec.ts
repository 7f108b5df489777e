import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { dependenceCodes } from '../../src/kernels/dependences.js';
import { ruleKernels } from '../../src/kernels/module/ruleKernels.js';
import { applyTerms, changeScratch } from '../../src/kernels/tensors/change.js';
import type { KernelGeometry } from '../../src/topologies/topology.js';
import { floatsAt, sameBits, sparse } from './bothKernels.js';
import { convLayer, denseLayer } from './layers.js';

/** The sizes of a convolution; a dense layer has none. */
const convolutionOf = (geometry: KernelGeometry | undefined) => (geometry?.kind === 'conv' ? geometry.sizes : undefined);

const density = fc.constantFrom(0, 0.03, 0.3, 1);

it('runs with SIMD here', () => {
  expect(ruleKernels.on(new WebAssembly.Memory({ initial: 1, maximum: 2 }))).toBeDefined();
});

it('works in a shared memory', () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
  const floats = new Float32Array(memory.buffer);
  ruleKernels.on(memory)?.fill(3, 16, 2.5);
  expect([...floats.subarray(4, 8)]).toEqual([2.5, 2.5, 2.5, 0]);
});

it('is not available on a memory that it cannot import', () => {
  expect(ruleKernels.on({} as WebAssembly.Memory)).toBeUndefined();
});

describe('the plain kernels give the same bits as the SIMD module', () => {
  const change = fc.record({
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

  it.each([
    ['dense', denseLayer],
    ['convolutional', convLayer],
  ])('changes of the weights of a %s layer', (_, layer) =>
    sameBits(
      fc.record({ layer, given: change }),
      (kernels, room, { layer: { topology, pre, post, w: shape }, given: { code, mu, mean, seed, ...given } }) => {
        const batch = pre[0] ?? 1;
        const length = (sizes: readonly number[]) => sizes.reduce((product, size) => product * size, 1);
        const columns = shape.at(-1) ?? 1;
        const sizes = {
          batch,
          inputs: length(pre) / batch,
          outputs: length(post) / batch,
          rows: length(shape) / columns,
          columns,
          geometry: convolutionOf(topology.geometry(pre, shape)),
        };
        const constants = { code, mu, etaPlus: 0.05, etaMinus: 0.03, wMin: 0.1, wMax: 0.9, low: 0, high: 1 };
        const term = (index: number) => ({
          pre: room.place(sparse(length(pre), given.preDensity, given.graded, seed + 2 * index)).byteOffset,
          post: room.place(sparse(length(post), given.postDensity, given.graded, seed + 2 * index + 1)).byteOffset,
        });
        const plus = Array.from({ length: given.plus }, (_, index) => term(index));
        const minus = Array.from({ length: given.minus }, (_, index) => term(10 + index));
        const w = room.place(randomUniform(length(shape), seed)).byteOffset;
        const out = given.inPlace ? w : room.take(4 * length(shape));
        const scratch = room.take(changeScratch(kernels, sizes, given.plus, given.minus));
        applyTerms(kernels, sizes, constants, mean, { w, bounded: true, out }, { plus, minus }, scratch);
        return floatsAt(room, out, length(shape));
      },
      120,
    ),
  );
});
