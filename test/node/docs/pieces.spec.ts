import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { fromHash, toHash } from '../../../docs/.vitepress/cells/address.js';
import { problemOf } from '../../../docs/.vitepress/cells/figure.js';
import { show } from '../../../docs/.vitepress/cells/show.js';

describe('an address', () => {
  it('brings back the codes that were put into it', () => {
    const changes = { 0: "console.log('Δw ≥ 0');\n", 2: 'a?.b' };
    expect(fromHash(toHash(changes))).toEqual(changes);
    expect(toHash(changes)).toMatch(/^#cells=[\w-]+$/);
  });

  it.each(['', '#now-try', '#cells=', '#cells=%', toHash({ 0: 'const a = 1;' }).slice(0, -5), `#cells=${btoa('[1]')}`])(
    'that is %j brings none',
    (hash) => {
      expect(fromHash(hash)).toEqual({});
    },
  );
});

it.each([
  ['text', 'text'],
  [[1, 2.5], '[1,2.5]'],
  [new Float32Array([1, 2]), '[1,2]'],
  [{ a: new Uint8Array(101) }, `{"a":[${'0,'.repeat(100)}"… 1 more"]}`],
  [undefined, 'undefined'],
  [new RangeError('too far'), 'RangeError: too far'],
])('%j is printed as %s', (value, text) => {
  expect(show(value)).toBe(text);
});

it('a tensor is printed by its shape', () => {
  expect(show({ dataId: {}, shape: [2, 3] } satisfies Pick<tf.Tensor, 'dataId' | 'shape'>)).toBe('Tensor [2, 3]');
});

it.each([
  [{ lines: { w: [1, 2] } }, ''],
  [{ raster: [[1, 2]] }, ''],
  [{ fields: new Uint8ClampedArray(4), rows: 1, columns: 1 }, ''],
  [{ lines: { w: { dataId: {} } } }, 'plot: lines.w is no list of numbers; of a tensor take await tensor.data()'],
  [{ histogram: 3 }, 'plot: takes { lines }, { raster }, { histogram } or { fields, rows, columns }, of lists or typed arrays'],
  [7, 'plot: takes { lines }, { raster }, { histogram } or { fields, rows, columns }, not 7'],
])('of the figure %j it is said: %s', (figure, problem) => {
  expect(problemOf(figure)).toBe(problem);
});
