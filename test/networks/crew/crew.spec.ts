import { describe, expect, it, vi } from 'vitest';
import { orThrow } from '../../../src/core/errors.js';
import { digitDataSet } from '../../../src/data/digits.js';
import { localCrew } from '../../../src/networks/crew/crew.js';
import { inPieces } from '../../../src/networks/crew/inPieces.js';
import { validateNetworkSpec } from '../../../src/networks/latency/networkSpec.js';
import { runExperiment } from '../../../src/networks/latency/runExperiment.js';
import { hastyCrew } from './hastyCrew.js';

const sums = (crew = localCrew()) => crew.begin('moments', { values: Float32Array.of(1, 2, 3, 4, 5), size: 1 });

describe('inPieces', () => {
  it('works on every image once, the last piece being what is left', async () => {
    const seen: (readonly [number, number, number])[] = [];
    const crew = localCrew();
    await inPieces(crew, sums(crew), { count: 5, piece: 2, news: undefined }, (result, from, done) =>
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
    const crew = hastyCrew();
    await inPieces(crew, sums(crew), { count: 5, piece: 1, news: undefined }, (_, from) => firsts.push(from));
    expect([...firsts].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(firsts[0]).not.toBe(0);
  });

  it('has nothing to do without images, and after the signal', async () => {
    const none = { piece: 2, news: undefined };
    const told = vi.fn();
    await inPieces(localCrew(), sums(), { ...none, count: 0 }, told);
    await inPieces(localCrew(), sums(), { ...none, count: 5, signal: AbortSignal.abort() }, told);
    expect(told).not.toHaveBeenCalled();
  });

  it('refuses counts and pieces that are none, in place of doing nothing or spinning', async () => {
    for (const wrong of [Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY, undefined, null, '5']) {
      const count = inPieces(localCrew(), sums(), { count: wrong as number, piece: 2, news: undefined }, () => undefined);
      await expect(count).rejects.toThrow('crew: count must be an integer ≥ 0, got ');
      const piece = inPieces(localCrew(), sums(), { count: 5, piece: wrong as number, news: undefined }, () => undefined);
      await expect(piece).rejects.toThrow('crew: piece must be an integer ≥ 1, got ');
      const size = inPieces(
        { ...localCrew(), size: wrong as number },
        sums(),
        { count: 5, piece: 1, news: undefined },
        () => undefined,
      );
      await expect(size).rejects.toThrow('crew: size must be an integer ≥ 1, got ');
    }
    await expect(inPieces(localCrew(), sums(), { count: 5, piece: 0, news: undefined }, () => undefined)).rejects.toThrow(
      'piece',
    );
  });

  it('does not take silence for an answer', async () => {
    const silent = { ...sums(), run: async () => undefined as never };
    const work = inPieces(localCrew(), silent, { count: 5, piece: 2, news: undefined }, () => expect.unreachable());
    await expect(work).rejects.toThrow('crew: task has no answer for images 0 … 1');
  });

  it('throws the first failure, and begins nothing after it', async () => {
    const begun: number[] = [];
    const crew = hastyCrew();
    const failing = {
      ...sums(),
      run: async (member: number, from: number) => {
        begun.push(from);
        if (member === 1) await Promise.resolve();
        throw new Error(`images from ${from}`);
      },
    };
    const work = inPieces(crew, failing, { count: 100, piece: 1, news: undefined }, () => expect.unreachable());
    await expect(work).rejects.toThrow('images from 0');
    expect(begun).toEqual([0, 1, 2]);
  });
});

it('an experiment comes to the same numbers whoever works on it', async () => {
  const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 4, images: 40 }], readout: { iterations: 5 } }));
  const data = digitDataSet(1, 230, 60);
  const run = (crew = localCrew()) => runExperiment(spec, data, { seed: 1, control: true, crew });
  expect(await run(hastyCrew())).toEqual(await run());
});
