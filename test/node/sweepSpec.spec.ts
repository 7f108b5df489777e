import { describe, expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import { countPoints, points } from '../../src/sweep/points.js';
import { sweepDataOf } from '../../src/sweep/sweepData.js';
import { validateSweepSpec } from '../../src/sweep/sweepSpec.js';
import { specOf } from './sweeps.js';

const refusalOf = (given: unknown): string => {
  const validated = validateSweepSpec(given);
  return validated._tag === 'Left' ? validated.left.message : 'none';
};

describe('the spec of a sweep', () => {
  it('is completed', () => {
    expect(specOf({ seeds: 3 })).toMatchObject({ seeds: [1, 2, 3], mode: 'grid', holdout: 0, keep: 'none', backend: 'wasm' });
    expect(orThrow(validateSweepSpec(specOf({ seeds: [7, 5] })))).toEqual(specOf({ seeds: [7, 5] }));
  });

  it('asks for times only of events', async () => {
    await expect(sweepDataOf(specOf({ times: 'shuffled' }))).rejects.toThrow(
      /^sweep: times shuffled: is for events, .* holds images$/,
    );
  });

  it.each<[string, unknown, RegExp]>([
    ['no record', [], /^sweep: spec must be a record/],
    ['nothing', {}, /^sweep: preset or network must say what is trained/],
    ['both', { preset: 'digits', network: {} }, /^sweep: preset or network/],
    ['an unknown preset', { preset: 'digit' }, /^sweep: preset must be one of 'digits'/],
    ['an unknown field', { preset: 'digits', seed: 3 }, /^sweep: seed is not a parameter; known are name, preset/],
    ['a kind of a preset', { preset: 'digits', kind: 'latency' }, /^sweep: kind goes with network/],
    ['neurons of convolution', { preset: 'digits', neurons: 3 }, /^sweep: neurons is for presets of a competitive layer/],
    ['no seeds', { preset: 'digits', seeds: [] }, /^sweep: seeds must be/],
    ['a seed twice', { preset: 'digits', seeds: [1, 1] }, /^sweep: seeds must be/],
    ['half a seed', { preset: 'digits', seeds: [0.5] }, /^sweep: seeds must be/],
    ['no train', { preset: 'digits', train: 0 }, /^sweep: train must be an integer ≥ 1/],
    ['an unknown mode', { preset: 'digits', mode: 'all' }, /^sweep: mode must be one of 'grid'/],
    ['an unknown keep', { preset: 'digits', keep: true }, /^sweep: keep must be one of 'none'/],
    ['no values', { preset: 'digits', set: { a: [] } }, /^sweep: set\.a must be a list of values/],
    ['one value', { preset: 'digits', set: { a: 3 } }, /^sweep: set\.a must be a list of values/],
    ['a broken path', { preset: 'digits', set: { 'a..b': [3] } }, /^sweep: set\.a\.\.b must be a path/],
    ['a range on a grid', { preset: 'digits', set: { a: { from: 1, to: 2 } } }, /^sweep: set\.a is a range/],
    ['no draws', { preset: 'digits', mode: 'random' }, /^sweep: draws must say how many/],
    ['draws on a grid', { preset: 'digits', draws: 3 }, /^sweep: draws is for mode 'random'/],
    [
      'a range backwards',
      { preset: 'digits', mode: 'random', draws: 1, set: { a: { from: 2, to: 1 } } },
      /^sweep: set\.a must have from < to/,
    ],
    [
      'a logarithmic range from 0',
      { preset: 'digits', mode: 'random', draws: 1, set: { a: { from: 0, to: 1, scale: 'log' } } },
      /^sweep: set\.a must have from > 0/,
    ],
    [
      'an unknown field of a range',
      { preset: 'digits', mode: 'random', draws: 1, set: { a: { from: 0, to: 1, step: 2 } } },
      /^sweep: set\.a: step is not a parameter/,
    ],
    [
      'lists that do not go together',
      { preset: 'digits', mode: 'zip', set: { a: [1, 2], b: [1] } },
      /^sweep: set\.b has 1 values, a has 2/,
    ],
  ])('is refused: %s', (_, given, message) => {
    expect(refusalOf(given)).toMatch(message);
  });
});

describe('the points of a spec', () => {
  const all = (given: object) => [...points(specOf(given))];

  it('are a grid, the last parameter first', () => {
    const grid = all({ set: { a: [1, 2], b: ['x', null, [3]] } });
    expect(grid).toEqual([1, 2].flatMap((a) => ['x', null, [3]].map((b) => ({ a, b }))));
    expect(all({})).toEqual([{}]);
  });

  it('are pairs', () => {
    expect(all({ mode: 'zip', set: { a: [1, 2], b: [3, 4] } })).toEqual([
      { a: 1, b: 3 },
      { a: 2, b: 4 },
    ]);
  });

  it('are random draws, the same by the same seed, within their ranges', () => {
    const set = {
      list: ['x', 'y'],
      even: { from: -1, to: 1 },
      log: { from: 1e-4, to: 1, scale: 'log' },
      whole: { from: 1, to: 4, integer: true },
    };
    const draws = all({ mode: 'random', draws: 400, set });
    expect(draws).toEqual(all({ mode: 'random', draws: 400, set }));
    expect(draws).not.toEqual(all({ mode: 'random', draws: 400, drawSeed: 2, set }));
    const column = (name: string) => draws.map((point) => Number(point[name]));
    const share = (count: number) => count / draws.length;
    expect(new Set(draws.map(({ list }) => list))).toEqual(new Set(['x', 'y']));
    expect(new Set(column('whole'))).toEqual(new Set([1, 2, 3, 4]));
    expect(column('even').every((value) => value >= -1 && value <= 1)).toBe(true);
    expect(column('log').every((value) => value >= 1e-4 && value <= 1)).toBe(true);
    expect(share(column('even').filter((value) => value < 0).length)).toBeCloseTo(0.5, 1);
    expect(share(column('log').filter((value) => value < 1e-2).length)).toBeCloseTo(0.5, 1);
    expect(new Set(column('even')).size).toBe(400);
  });

  it('are counted before they are made', () => {
    const values = Array.from({ length: 1000 }, (_, index) => index);
    expect(countPoints(specOf({ set: { a: values, b: values } }))).toBe(1e6);
    expect(() => countPoints(specOf({ seeds: 2, set: { a: values, b: values } }))).toThrow(/^sweep: set asks for 2000000 runs/);
  });
});
