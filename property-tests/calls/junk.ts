import fc from 'fast-check';
import { left, right } from 'fp-ts/lib/Either.js';
import { allValues, listForms, type Recipe, tensorForms, value } from './recipes.js';

class Stranger {
  readonly shape = [2, 3];
}

const circle: { self?: unknown } = {};
circle.self = circle;

/** Values that nobody meant, and some that somebody might have. */
const strays: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -0,
  0,
  1,
  2,
  3,
  -1,
  0.5,
  1.5,
  1e9,
  2 ** 24,
  2 ** 31,
  2 ** 53,
  1e308,
  10n,
  '',
  'text',
  'Exact',
  'sum',
  '1',
  '__proto__',
  true,
  false,
  [],
  {},
  [Number.NaN],
  [1, 'a'],
  [[1], [2, 3]],
  [1, 2],
  [0],
  () => 1,
  Symbol('stray'),
  new Date(0),
  new Map([[1, 2]]),
  circle,
  Object.create(null),
  new Stranger(),
  new Float32Array(0),
  Uint8Array.of(1, 0, 1),
  BigInt64Array.of(1n),
  new ArrayBuffer(4),
  left(new Error('forgotten')),
  right({ dt: 1 }),
  { shape: [1], dtype: 'float32' },
];

const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 });
const seed = fc.nat(1000);

/** A recipe for anything. */
export const junk: fc.Arbitrary<Recipe> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...strays).map(value) },
  {
    weight: 1,
    arbitrary: fc.record({
      make: fc.constant('tensor' as const),
      shape,
      values: fc.constantFrom(...allValues),
      form: fc.constantFrom(...tensorForms),
      seed,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      make: fc.constant('list' as const),
      shape,
      values: fc.constantFrom(...allValues),
      form: fc.constantFrom(...listForms),
      seed,
    }),
  },
);
