import fc from 'fast-check';
import { isLeft } from 'fp-ts/lib/Either.js';
import type { StdpError, Validated } from '../../../src/core/errors.js';
import * as library from '../../../src/entries/everything.js';
import { type Call, call } from '../call.js';
import { values } from '../recipes.js';

type Validate = (given: unknown) => Validated<unknown>;

const validators = Object.entries<unknown>({ ...library }).filter(([name]) => name.startsWith('validate')) as [
  string,
  Validate,
][];

/** Answers what was made complete, or throws the reason why not. */
const answered = (validate: Validate) => (given: unknown) => {
  const validated = validate(given);
  if (isLeft(validated)) throw validated.left satisfies StdpError;
  return validated.right;
};

/** What must be given, where there are no defaults. */
const least = (name: string): object => needed[name] ?? {};
const needed: { readonly [name: string]: object } = {
  validateNetworkSpec: { name: 'small', layers: [{ maps: 2 }] },
  validateCircuit: {
    dt: 1,
    populations: { a: { size: 1, neuron: 'lif' } },
    projections: { aa: { from: 'a', to: 'a', weight: 1 } },
  },
};

/** Each validator, given its defaults, all written out. */
export const validatorCalls: readonly Call[] = validators.map(([name, validate]) =>
  call(
    name,
    fc.constantFrom(least(name), answered(validate)(least(name)) as object).map((params) => [values(params)]),
    answered(validate),
    { without: true },
  ),
);
