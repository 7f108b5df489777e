import { chainFirst } from 'fp-ts/lib/Either.js';
import type { Validated } from '../errors.js';
import { frozen } from '../frozen.js';
import { type Check, type Checks, validateParams } from './validation.js';

/** A parameter: what it may be, and its default, unless it must be given. */
export interface Param<T> {
  readonly check: Check<T>;
  readonly standard?: T;
}

/** A parameter with a default, of the type that its check accepts. */
export const param = <T, Standard extends T>(standard: Standard, check: Check<T>): Param<T> => ({ check, standard });

/** A parameter that must be given. */
export const needed = <T>(check: Check<T>): Param<T> => ({ check });

/**
 * The record that a table of parameters makes. To be extended by an interface, whose name messages and editors show; the comment on a
 * parameter of the table is what they show of it.
 */
export type ParamsOf<Fields> = { readonly [Name in keyof Fields]: Fields[Name] extends Param<infer T> ? T : never };

/** The parameters of a record. */
export type FieldsOf<P> = { readonly [Name in keyof P]-?: Param<P[Name]> };

/** What parameters must satisfy together: `Left` of what is wrong with one of them. */
export type Relation<P> = (params: P, where: string) => Validated<unknown>;

/** Parameters of a function: in whose name messages speak, the defaults, frozen, and what completes and checks a record of them. */
export interface Schema<P extends object> {
  readonly name: string;
  readonly defaults: P;
  readonly checks: Checks<P>;
  readonly validate: (given: Partial<P> | undefined, where?: string) => Validated<P>;
}

/**
 * The schema of a table of parameters: `validate` gives `Right` of the complete record, or `Left` of the first problem, as
 * {@link validateParams} and then the relations tell it.
 *
 * @param name       in whose name messages speak, unless another is told.
 * @param relations  see {@link Relation}, in this order.
 */
export function paramsSchema<P extends object>(
  name: string,
  fields: FieldsOf<P>,
  ...relations: readonly Relation<P>[]
): Schema<P> {
  const table = Object.entries<Param<unknown>>(fields);
  const standards = table.flatMap(([field, { standard }]) => (standard === undefined ? [] : [[field, standard] as const]));
  const defaults = frozen(Object.fromEntries(standards)) as P;
  const checks = Object.fromEntries(table.map(([field, { check }]) => [field, check])) as Checks<P>;
  const validate = (given: Partial<P> | undefined, where = name): Validated<P> => {
    const complete = validateParams<P>(where, defaults, given, checks);
    return relations.reduce((validated, relation) => chainFirst((params: P) => relation(params, where))(validated), complete);
  };
  return { name, defaults, checks, validate };
}
