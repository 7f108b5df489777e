import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fork, randomUint32, randomUniform } from '../../src/core/random.js';
import { type Field, filledMaps, patternSums, weightBlocks, weightRuns, weightsOfRuns } from '../../src/kernels/host/layouts.js';
import type { Arena } from '../../src/kernels/module/arena.js';
import type { NetworkKernels } from '../../src/kernels/module/networkKernels.js';
import { bothNetworks, placeBytes } from './bothKernels.js';

const megabytes = 2 ** 20;
const sizes = fc
  .record({
    height: fc.integer({ min: 1, max: 7 }),
    width: fc.integer({ min: 1, max: 8 }),
    channels: fc.constantFrom(1, 2, 3, 17, 66),
    kernelSize: fc.integer({ min: 1, max: 7 }),
    pad: fc.oneof(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 9 })),
    maps: fc.constantFrom(1, 3, 16, 17, 32, 33, 50),
  })
  .filter(({ height, width, kernelSize, pad }) => Math.min(height, width) + 2 * pad >= kernelSize);
const layer = fc.record({
  field: sizes,
  steps: fc.constantFrom(1, 4, 15, 255),
  pool: fc.integer({ min: 1, max: 4 }),
  grid: fc.integer({ min: 1, max: 5 }),
  share: fc.integer({ min: 0, max: 6 }).map((of) => of / 5),
  silent: fc.constantFrom(0, 3, 30),
  seed: fc.nat(),
});
type Layer = typeof layer extends fc.Arbitrary<infer T> ? T : never;

const outputsOf = ({ height, width, kernelSize, pad }: Field) => ({
  rows: height + 2 * pad - kernelSize + 1,
  columns: width + 2 * pad - kernelSize + 1,
});

/** Spike times of which `silent` in `silent + steps` are never. */
const timesOf = ({ field: { height, width, channels }, steps, silent, seed }: Layer): Uint8Array =>
  Uint8Array.from(randomUint32(height * width * channels, seed), (word) => Math.min(steps, word % (steps + silent)));
/** Any, or quarters, whose sums may be just the threshold, or whole ones, whose sums are often the same. */
function weightsOf({ field: { kernelSize, channels, maps }, seed }: Layer): Float32Array {
  const parts = [4, 1][seed % 3];
  const weights = randomUniform(kernelSize ** 2 * channels * maps, fork(seed, 1));
  return parts === undefined ? weights : weights.map((w) => Math.round(parts * w) / parts);
}
/** About what the strongest neuron reaches half-way. */
const thresholdOf = ({ field: { kernelSize, channels } }: Layer): number => Math.floor((2 * kernelSize ** 2 * channels) / 3) / 4;

const floats = (arena: Arena<NetworkKernels>, address: number, length: number) =>
  new Float32Array(arena.memory.buffer, address, length).slice();
const bytes = (arena: Arena<NetworkKernels>, address: number, length: number) =>
  new Uint8Array(arena.memory.buffer, address, length).slice();

function enter(kernels: NetworkKernels, arena: Arena<NetworkKernels>, given: Layer) {
  const { height, width, channels, kernelSize, pad, maps } = given.field;
  kernels.setField(height, width, channels, kernelSize, pad, maps);
  const { rows, columns } = outputsOf(given.field);
  const place = (values: Float32Array) => arena.place(values).byteOffset;
  return { rows, columns, place, times: placeBytes(arena, timesOf(given)), w: weightsOf(given) };
}

const check = (work: (kernels: NetworkKernels, arena: Arena<NetworkKernels>, given: Layer) => unknown) =>
  fc.assert(
    fc.property(layer, (given) => {
      const [simd, plain] = bothNetworks(24 * megabytes, (kernels, arena) => work(kernels, arena, given));
      expect(plain).toEqual(simd);
    }),
    { numRuns: 40, seed: 1 },
  );

describe('the plain kernels of latency-coded layers give the same bits as the SIMD module', () => {
  it('potentials, and whether neurons spike at all', () =>
    check((kernels, arena, given) => {
      const { rows, columns, times, place, w } = enter(kernels, arena, given);
      const { maps } = given.field;
      const sums = place(patternSums(w, given.field));
      const views = arena.take(4 * kernels.viewsWords());
      kernels.viewAll(times, given.steps, views);
      const potentials = arena.take(4 * rows * columns * filledMaps(maps));
      kernels.finalPotentials(views, sums, potentials);
      const squares = Math.ceil(rows / given.pool) * Math.ceil(columns / given.pool);
      const out = placeBytes(arena, new Uint8Array((squares + given.pool) * maps).fill(255));
      const scratch = arena.take(4 * kernels.everSpikesWords(given.pool));
      kernels.everSpikes(views, sums, thresholdOf(given), given.pool, out, scratch);
      return [floats(arena, potentials, rows * columns * filledMaps(maps)), bytes(arena, out, (squares + given.pool) * maps)];
    }));

  it('first spikes', () =>
    check((kernels, arena, given) => {
      const { rows, columns, times, place, w } = enter(kernels, arena, given);
      const blocks = place(weightBlocks(w, given.field));
      const views = arena.take(4 * kernels.timedViewsWords(given.steps));
      kernels.viewInTime(times, given.steps, views);
      const squares = Math.ceil(rows / given.pool) * Math.ceil(columns / given.pool);
      const length = (squares + given.pool) * given.field.maps;
      const [out, scratch] = [
        placeBytes(arena, new Uint8Array(length).fill(255)),
        arena.take(4 * kernels.firstSpikesWords(given.pool)),
      ];
      const threshold = thresholdOf(given);
      const fewest = given.seed % 2 === 0 ? 1 : Math.floor(threshold) + 1;
      kernels.firstSpikes(views, blocks, threshold, fewest, given.steps, given.pool, out, scratch);
      return bytes(arena, out, length);
    }));

  it('winners and what they learn', () =>
    check((kernels, arena, given) => {
      const { times, place, w } = enter(kernels, arena, given);
      const runs = place(weightRuns(w, given.field));
      const [winners, scratch] = [arena.take(16 * 6), arena.take(4 * kernels.findWinnersWords(given.steps))];
      const radius = given.grid - 1;
      const count = kernels.findWinners(times, given.steps, runs, 0, thresholdOf(given), 6, radius, winners, scratch);
      kernels.learnWinners(times, runs, winners, count, 0.3, 0.2);
      const learned = floats(arena, runs, weightRuns(w, given.field).length);
      return [count, new Int32Array(arena.memory.buffer, winners, 4 * count).slice(), learned];
    }));

  it('readings on a grid', () =>
    check((kernels, arena, given) => {
      const { rows, columns, place } = enter(kernels, arena, given);
      const { maps } = given.field;
      const [count, filled] = [rows * columns, filledMaps(maps)];
      const potentials = place(
        randomUniform(count * filled, given.seed, -1, 1).map((value, index) => (index % filled < maps ? Math.max(0, value) : 0)),
      );
      const times = placeBytes(
        arena,
        Uint8Array.from(randomUint32(count * maps, given.seed), (word) => word % (given.steps + 1)),
      );
      const scratch = arena.take(4 * kernels.readingWords(given.grid));
      const outs = [0, 1, 2].map((use) => place(randomUniform(given.grid ** 2 * maps, use))) as [number, number, number];
      kernels.readPotentials(potentials, given.grid, outs[0], scratch);
      kernels.readContrast(potentials, given.share, given.grid, outs[1], scratch);
      kernels.readSpikes(times, given.steps, given.grid, outs[2], scratch);
      return outs.map((out) => floats(arena, out, given.grid ** 2 * maps));
    }));

  it('encoding', () =>
    fc.assert(
      fc.property(
        fc.record({
          height: fc.integer({ min: 1, max: 12 }),
          width: fc.integer({ min: 1, max: 12 }),
          size: fc.constantFrom(1, 3, 5, 9),
          radius: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 14 })),
          bins: fc.constantFrom(1, 7, 255),
          cutoff: fc.constantFrom(0, 90, 100),
          colours: fc.constantFrom([1, 1], [3, 1], [3, 3]),
          seed: fc.nat(),
        }),
        ({ height, width, size, radius, bins, cutoff, colours: [channels = 1, planes = 1], seed }) => {
          const [simd, plain] = bothNetworks(megabytes, (kernels, arena) => {
            const pixels = placeBytes(
              arena,
              Uint8Array.from(randomUint32(height * width * channels, seed), (word) => (word % 3) * 90),
            );
            const mix = arena.place(randomUniform(planes * channels, fork(seed, 2), -1, 1)).byteOffset;
            const filters = arena.place(
              randomUniform(2 * size ** 2, fork(seed, 1), -1, 1).map((weight) =>
                cutoff === 90 ? Math.round(4 * weight) / 4 : weight,
              ),
            ).byteOffset;
            const values = 2 * planes * height * width;
            const [out, scratch] = [arena.take(values), arena.take(4 * kernels.encodeWords(height, width, planes, size))];
            kernels.encode(pixels, height, width, channels, mix, planes, filters, size, cutoff, radius, bins, out, scratch);
            return bytes(arena, out, values);
          });
          expect(plain).toEqual(simd);
        },
      ),
      { numRuns: 60, seed: 1 },
    ));
});

it('weights come back from the layout that learning needs', () => {
  fc.assert(
    fc.property(layer, (given) => {
      const w = weightsOf(given);
      expect(weightsOfRuns(weightRuns(w, given.field), given.field)).toEqual(w);
    }),
  );
});
