import { describe, expect, it } from 'vitest';
import { addAt, at, doubleAt, floatAt, integerAt, wordAt } from '../../src/core/at.js';
import { sources } from '../docstrings.js';

const accessors: readonly (readonly [string, (index: number) => number])[] = [
  ['at', (index) => at([5, 0], index)],
  ['floatAt', (index) => floatAt(Float32Array.of(5, 0), index)],
  ['doubleAt', (index) => doubleAt(Float64Array.of(5, 0), index)],
  ['integerAt', (index) => integerAt(Int32Array.of(5, 0), index)],
  ['wordAt', (index) => wordAt(Uint32Array.of(5, 0), index)],
];

describe.each(accessors)('%s', (_name, read) => {
  it('gives what is there, 0 too, and tells which entry is not', () => {
    expect([read(0), read(1)]).toEqual([5, 0]);
    expect(() => read(2)).toThrow(new RangeError('no entry 2 in a list of 2'));
  });
});

it('adds to what is there alone', () => {
  const sums = Float64Array.of(1, 2);
  addAt(sums, 1, 3);
  expect([...sums]).toEqual([1, 5]);
  expect(() => addAt(sums, 2, 3)).toThrow(RangeError);
});

/** Where 0 or 1 is what a missing value means, as the docstring says, and not made up. */
const meant: { readonly [file: string]: string } = {
  'data/files/tableImages.ts': 'an empty table has no columns',
  'events/packed/bitReader.ts': 'before the first byte there are zeros',
  'formats/nir/nirShapes.ts': 'what NIR takes where a node tells nothing',
  'io/kinds/competitive/competitivePictures.ts': 'no answers know no classes',
  'networks/checked/images.ts': 'grey where nothing else fits',
  'networks/nir/weightsToNir.ts': 'the defaults of strides and dilations',
  'rules/lastSpike/delayAdjustedRule.ts': 'a step without a reward has a reward of 0',
  'rules/product/productRule.ts': 'a product without post factors',
  'rules/programPath.ts': 'a train of one step has no axis of time',
  'rules/reward/ofEligibility.ts': 'a step without a reward has a reward of 0',
  'sweep/points.ts': 'nothing is set: one point',
  'updates/chunkSums.ts': 'a Delta without terms has no samples',
  'window/stdpWindow.ts': 'the default of the reward',
  'window/windowSteps.ts': 'a rule without steps goes in steps of 1 ms',
};

it('nothing makes up a 0 or a 1 for an entry that is not there, but for kernels that index by the million', () => {
  const inventing = sources
    // What a map counts has been seen 0 times before it is first seen.
    .filter(([file, text]) => !file.startsWith('kernels/') && /(?<!\.get\([\w.]+\)) \?\? [01]\b/.test(text))
    .map(([file]) => file);
  expect(inventing).toEqual(Object.keys(meant).sort());
});
