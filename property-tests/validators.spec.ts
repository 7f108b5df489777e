import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type { Either } from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { StdpError } from '../src/core/errors.js';
import { isRecord, mapLeaves } from '../src/core/trees.js';
import * as library from '../src/entries/everything.js';
import { validateConvLayerSpec } from '../src/networks/latency/spec/convLayerSpec.js';
import { validateEncoderSpec } from '../src/networks/latency/spec/encoderSpec.js';
import { validateReadoutSpec } from '../src/networks/latency/spec/readoutSpec.js';
import { junk } from './calls/junk.js';
import { build, items, type Recipe, record, value } from './calls/recipes.js';
import { slips, withSlip } from './calls/slips.js';

type Validate = (given: unknown) => Either<unknown, object>;

const parts = {
  validateConvLayerSpec: (given: object) => validateConvLayerSpec(given, 'network.layers[0]'),
  validateEncoderSpec: (given: object) => validateEncoderSpec(given),
  validateReadoutSpec,
};
const validators = Object.entries<unknown>({ ...library, ...parts }).filter(([name]) => /^validate\w+$/.test(name)) as [
  string,
  Validate,
][];

/** What has no default. */
const needed: { readonly [validator: string]: object } = {
  validateNetworkSpec: { name: 'net', layers: [{}, { maps: 3 }] },
  validateCircuit: {
    dt: 0.5,
    populations: {
      a: { size: 2, neuron: 'condLif', init: { v: { uniform: [-60, -50] } } },
      p: { size: 1, source: 'poisson', rate: 5 },
    },
    projections: {
      aa: {
        from: 'a',
        to: 'a',
        receptor: 'gaba',
        weight: 0.5,
        wiring: { type: 'sparse', probability: 0.5 },
        rule: { rule: 'vogelsStdp' },
      },
    },
    records: { rates: { of: ['a'], every: 1 } },
  },
  validateCompetitiveSpec: { name: 'net' },
  validateProductRuleParams: { dw: 'dw = 0.1 * x1 * y0' },
};

/** A whole record that it accepts. */
function whole(name: string, validate: Validate): object {
  const accepted = validate(needed[name] ?? {});
  return accepted._tag === 'Right' ? accepted.right : expect.fail(`${name} refuses ${String(accepted.left)}`);
}

const recipeOf = (tree: unknown): Recipe => {
  if (Array.isArray(tree)) return items(...tree.map(recipeOf));
  if (!isRecord(tree)) return value(tree);
  return record(Object.fromEntries(Object.entries(tree).map(([name, branch]) => [name, recipeOf(branch)])));
};

/** The names on the way to everything in a record; lists may be of any length, so their places are none. */
function pathsIn(tree: object): ReadonlySet<string> {
  const paths = new Set<string>();
  mapLeaves(tree, (_, path) => paths.add(path.filter((name) => !/^\d+$/.test(name)).join('.')));
  return paths;
}

/** Fields that no record of parameters has. */
const foreign = ['nothing', 'constructor', '__proto__'];

const { proxy, revoke } = Proxy.revocable({}, {});
revoke();
const fails = () => {
  throw new RangeError('not today');
};

/** What throws as it is looked at. */
const unreadable: readonly unknown[] = [
  proxy,
  [proxy],
  new Proxy({}, { ownKeys: fails }),
  Object.defineProperty({}, 'dt', { enumerable: true, get: fails }),
  Object.defineProperty([0], 0, { get: fails }),
  { toString: fails, toJSON: fails, [Symbol.toPrimitive]: fails },
];

/** All kinds of values that there are. */
const kinds: fc.ObjectConstraints = {
  ...{ withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withSet: true, withTypedArray: true },
  ...{ withNullPrototype: true, withObjectString: true, withSparseArray: true },
};

describe.each(validators)('%s', (name, validate) => {
  it('says what it thinks of anything, and never throws', () => {
    const anything = fc.oneof(fc.anything(kinds).map(value), fc.constantFrom(...unreadable.map(value)));
    const field = fc.constantFrom(...foreign, ...Object.keys(whole(name, validate)));
    const records = fc.dictionary(field, fc.oneof(junk, anything)).map((fields) => record(fields));
    const property = fc.property(fc.oneof(junk, anything, records), (recipe) => {
      tf.tidy(() => {
        const answer = validate(build(recipe, { tensors: [], extreme: false }));
        expect(['Left', 'Right']).toContain(answer._tag);
        if (answer._tag === 'Left') expect(answer.left).toBeInstanceOf(StdpError);
      });
    });
    fc.assert(property, { numRuns: 150 });
  });

  it('accepts what it gave, and of a slip in it only what it would give again', () => {
    const start = whole(name, validate);
    expect(validate(start)).toEqual({ _tag: 'Right', right: start });
    const known = pathsIn(start);
    const counts = { Left: 0, Right: 0 };
    const property = fc.property(slips, (made) => {
      tf.tidy(() => {
        const given = build(made.reduce(withSlip, items(recipeOf(start))), { tensors: [], extreme: false }) as readonly unknown[];
        const answer = validate(given[0]);
        counts[answer._tag]++;
        if (answer._tag === 'Left') {
          const { left } = answer;
          expect(left).toBeInstanceOf(StdpError);
          expect((left as StdpError).where).not.toBe('');
          expect((left as StdpError).argument).not.toBe('');
        } else {
          expect(validate(answer.right)).toEqual(answer);
          expect(
            [...pathsIn(answer.right)].filter((path) => !known.has(path) && !known.has(path.replace(/\.[^.]*$/, ''))),
          ).toEqual([]);
        }
      });
    });
    fc.assert(property, { numRuns: 300, seed: 1 });
    expect(counts.Left, 'refused').toBeGreaterThan(0);
    expect(counts.Right, 'accepted').toBeGreaterThan(0);
  });
});

/** What a field of this type never is. */
const neither: { readonly [type: string]: readonly unknown[] } = {
  number: [Number.NaN, 'text', '1', null, {}, true, [[]], 10n, () => 1],
  boolean: ['yes', 1, null, {}],
  string: [5, null, {}, true],
};

const fieldsOf = (tree: object): readonly (readonly [path: readonly string[], leaf: unknown])[] => {
  const fields: (readonly [readonly string[], unknown])[] = [];
  mapLeaves(tree, (leaf, path) => fields.push([path, leaf]));
  return fields;
};

const withField = (tree: unknown, [name = '', ...rest]: readonly string[], leaf: unknown): unknown => {
  if (Array.isArray(tree)) return tree.map((branch, index) => (String(index) === name ? withField(branch, rest, leaf) : branch));
  const fields = tree as { readonly [name: string]: unknown };
  return { ...fields, [name]: rest.length === 0 ? leaf : withField(fields[name], rest, leaf) };
};

/** Every field of a network, and of its parts. */
const fields = validators
  .filter(([name]) => name.endsWith('Spec'))
  .flatMap(([name, validate]) => {
    const start = whole(name, validate);
    return fieldsOf(start).map(([path, leaf]) => ({ name, validate, start, path, leaf }));
  });

it.each(fields.map((field) => ({ ...field, field: field.path.join('.') })))(
  '$name: $field is told by name when it is of another kind',
  ({ validate, start, path, leaf }) => {
    const others = neither[typeof leaf] ?? expect.fail(`a field of type ${typeof leaf}`);
    for (const other of others) {
      const answer = validate(withField(start, path, other));
      const refused = answer._tag === 'Left' ? answer.left : expect.fail(`accepts ${typeof other} ${String(other)}`);
      expect(refused).toMatchObject({ name: 'StdpError', argument: path.at(-1) });
    }
  },
);

it('networks and their parts are among them', () => {
  const specs = validators.map(([name]) => name).filter((name) => name.endsWith('Spec'));
  expect(specs.sort()).toEqual([
    'validateCompetitiveSpec',
    'validateConvLayerSpec',
    'validateEncoderSpec',
    'validateNetworkSpec',
    'validateReadoutSpec',
  ]);
});
