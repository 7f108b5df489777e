import { orThrow } from '../core/errors.js';
import type { Schema } from '../core/params/schema.js';
import { nothingMore } from '../core/params/validation.js';
import { dense } from '../topologies/dense.js';
import type { Topology } from '../topologies/topology.js';
import { makeRule, type RuleDefinition } from './makeRule.js';
import type { Rule } from './rule.js';

/**
 * What makes the rules of a kind.
 *
 * @param params    those of the kind; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 */
export type RuleMaker<Params, State> = (params?: Partial<Params>, topology?: Topology, ...more: readonly never[]) => Rule<State>;

/** What a definition holds besides its name, its parameters and its wiring. */
export type RuleBody<State> = Omit<RuleDefinition<State>, 'name' | 'params' | 'topology'>;

/** What makes rules of the kind that a schema names, of what its checked parameters ask for. */
export const ruleMaker =
  <Params extends object, State>(
    { name, validate }: Schema<Params>,
    body: (params: Params, topology: Topology) => RuleBody<State>,
  ): RuleMaker<Params, State> =>
  (given, topology = dense, ...more) => {
    nothingMore(more, name, `${name}(params, topology)`);
    const params = orThrow(validate(given));
    return makeRule<State>({ name, params, topology, ...body(params, topology) });
  };
