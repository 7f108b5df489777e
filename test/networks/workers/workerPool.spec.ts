import { describe, expect, it, vi } from 'vitest';
import { orThrow } from '../../../src/core/errors.js';
import { digitDataSet } from '../../../src/data/digits.js';
import { runExperiment } from '../../../src/networks/latency/runExperiment.js';
import { validateNetworkSpec } from '../../../src/networks/latency/spec/networkSpec.js';
import { inPieces } from '../../../src/networks/workers/inPieces.js';
import { localPool } from '../../../src/networks/workers/workerPool.js';
import { outOfOrderPool } from './outOfOrderPool.js';

const sums = (workers = localPool()) => workers.begin('moments', { values: Float32Array.of(1, 2, 3, 4, 5), size: 1 });

describe('inPieces', () => {
  it('works on every image once, the last piece being what is left', async () => {
    const seen: (readonly [number, number, number])[] = [];
    const workers = localPool();
    await inPieces(workers, sums(workers), { count: 5, piece: 2, update: undefined }, (result, from, done) =>
      seen.push([result.sums[0] ?? 0, from, done]),
    );
    expect(seen).toEqual([
      [3, 0, 2],
      [7, 2, 4],
      [5, 4, 5],
    ]);
  });

  it('gives pieces to whoever is free', async () => {
    const firsts: number[] = [];
    const workers = outOfOrderPool();
    await inPieces(workers, sums(workers), { count: 5, piece: 1, update: undefined }, (_, from) => firsts.push(from));
    expect([...firsts].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(firsts[0]).not.toBe(0);
  });

  it('has nothing to do without images, and after the signal', async () => {
    const none = { piece: 2, update: undefined };
    const told = vi.fn();
    await inPieces(localPool(), sums(), { ...none, count: 0 }, told);
    await inPieces(localPool(), sums(), { ...none, count: 5, signal: AbortSignal.abort() }, told);
    expect(told).not.toHaveBeenCalled();
  });

  it('refuses counts and pieces that are none, in place of doing nothing or spinning', async () => {
    for (const wrong of [Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY, undefined, null, '5']) {
      const count = inPieces(localPool(), sums(), { count: wrong as number, piece: 2, update: undefined }, () => undefined);
      await expect(count).rejects.toThrow('pool: count must be an integer ≥ 0, got ');
      const piece = inPieces(localPool(), sums(), { count: 5, piece: wrong as number, update: undefined }, () => undefined);
      await expect(piece).rejects.toThrow('pool: piece must be an integer ≥ 1, got ');
      const size = inPieces(
        { ...localPool(), size: wrong as number },
        sums(),
        { count: 5, piece: 1, update: undefined },
        () => undefined,
      );
      await expect(size).rejects.toThrow('pool: size must be an integer ≥ 1, got ');
    }
    await expect(inPieces(localPool(), sums(), { count: 5, piece: 0, update: undefined }, () => undefined)).rejects.toThrow(
      'piece',
    );
  });

  it('does not take silence for an answer', async () => {
    const silent = { ...sums(), run: async () => undefined as never };
    const work = inPieces(localPool(), silent, { count: 5, piece: 2, update: undefined }, () => expect.unreachable());
    await expect(work).rejects.toThrow('pool: task has no answer for images 0 … 1');
  });

  it('throws the first failure, and begins nothing after it', async () => {
    const begun: number[] = [];
    const workers = outOfOrderPool();
    const failing = {
      ...sums(),
      run: async (worker: number, from: number) => {
        begun.push(from);
        if (worker === 1) await Promise.resolve();
        throw new Error(`images from ${from}`);
      },
    };
    const work = inPieces(workers, failing, { count: 100, piece: 1, update: undefined }, () => expect.unreachable());
    await expect(work).rejects.toThrow('images from 0');
    expect(begun).toEqual([0, 1, 2]);
  });
});

it('an experiment comes to the same numbers whoever works on it', async () => {
  const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 4, images: 40 }], readout: { iterations: 5 } }));
  const data = digitDataSet(1, 230, 60);
  const run = (workers = localPool()) => runExperiment(spec, data, { seed: 1, control: true, workers });
  expect(await run(outOfOrderPool())).toEqual(await run());
});
