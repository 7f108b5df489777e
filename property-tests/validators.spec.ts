import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StdpError } from '../src/core/errors.js';
import * as library from '../src/index.js';
import { junk } from './doors/junk.js';
import { build, record } from './doors/recipes.js';

type Validate = (given: unknown) => { readonly _tag: unknown; readonly left?: unknown };

const validators = Object.entries<unknown>({ ...library }).filter(([name]) => /^validate\w+(Params|Config)$/.test(name)) as [
  string,
  Validate,
][];
const names = [
  'dt',
  'tauMem',
  'vTh',
  'k',
  'targetRate',
  'minWins',
  'hardBound',
  'wMin',
  'layers',
  'neuron',
  'constructor',
  '__proto__',
];

it.each(validators)('%s says what it thinks of anything, and never throws', (_, validate) => {
  const records = fc.dictionary(fc.constantFrom(...names), junk).map((fields) => record(fields));
  const property = fc.property(fc.oneof(junk, records), (recipe) => {
    tf.tidy(() => {
      const { _tag, left } = validate(build(recipe, { tensors: [], extreme: false }));
      expect(['Left', 'Right']).toContain(_tag);
      if (_tag === 'Left') expect(left).toBeInstanceOf(StdpError);
    });
  });
  fc.assert(property, { numRuns: 60 });
});
