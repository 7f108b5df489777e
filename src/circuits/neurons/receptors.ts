import { isLeft, right } from 'fp-ts/lib/Either.js';
import { refuse, type Validated } from '../../core/errors.js';
import { meant } from '../../core/params/closest.js';
import type { Relation } from '../../core/params/schema.js';
import { type Check, nonNegativeScalar, scalar } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import type { Receptor } from '../population.js';

/** The receptors of neurons, by name. */
export interface Receptors<Kind extends Receptor = Receptor> {
  readonly [name: string]: Kind;
}

/** A receptor of conductances: g decays with `tau`, ms, and pulls to `reversal`, mV. */
export type ConductanceReceptor = Required<Receptor>;

/** Names of what neurons hold beside their receptors. */
const taken = ['v', 'until', 'u', 'w', 'theta', 'a', 'current'];

/** Refuses receptors without a name, or without what they need. @param fields  those of each. */
const receptorsOf =
  (fields: { readonly [name: string]: Check }): Relation<{ readonly receptors: unknown }> =>
  ({ receptors }, where) => {
    if (!isRecord(receptors)) return refuse(where, 'receptors', `must be receptors by name, got ${show(receptors)}`);
    const problems = Object.entries(receptors).map(([name, given]) => problemOf(name, given, fields, where));
    return problems.find(isLeft) ?? right(undefined);
  };

function problemOf(name: string, given: unknown, fields: { readonly [name: string]: Check }, where: string): Validated<unknown> {
  const argument = `receptors.${name}`;
  if (name === '' || taken.includes(name)) return refuse(where, argument, `is called as no receptor may be: ${taken.join(', ')}`);
  if (!isRecord(given)) return refuse(where, argument, `must be { ${Object.keys(fields).join(', ')} }, got ${show(given)}`);
  const known = Object.keys(fields);
  const stray = Object.keys(given).find((field) => !known.includes(field) && given[field] !== undefined);
  if (stray !== undefined)
    return refuse(where, `${argument}.${stray}`, `is not a field; known are ${known.join(', ')}.${meant(stray, known)}`);
  for (const [field, test] of Object.entries(fields)) {
    const result = test(given[field]);
    if (isLeft(result)) return refuse(where, `${argument}.${field}`, `must be ${result.left}, got ${show(given[field])}`);
  }
  return right(undefined);
}

/** Refuses what are no receptors of currents: `{ tau }`. */
export const currentReceptors = receptorsOf({ tau: nonNegativeScalar });

/** Refuses what are no receptors of conductances: `{ tau, reversal }`. */
export const conductanceReceptors = receptorsOf({ tau: nonNegativeScalar, reversal: scalar });
