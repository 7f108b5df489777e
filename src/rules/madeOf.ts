import { mapLeaves } from '../core/trees.js';
import { isOwnWiring } from '../topologies/ownWiring.js';
import { isRegistered } from '../topologies/registered.js';
import type { Topology } from '../topologies/topology.js';
import type { Rule, RuleJSON } from './rule.js';

/**
 * What a rule is made of, to compare and to keep: as its `toJSON()`, with tensors and numbers as they are. In place of functions and
 * wirings of one's own, which nothing keeps, stands that they are there.
 */
export const madeOf = ({ name, params, topology }: Pick<Rule<unknown>, 'name' | 'params' | 'topology'>): RuleJSON => ({
  rule: name,
  params: toldParams(params),
  topology: toldTopology(topology),
});

/** Parameters with texts in place of functions. */
export const toldParams = (params: object): object =>
  mapLeaves(params, (leaf) => (typeof leaf === 'function' ? 'a function' : leaf)) as object;

/** A topology as its JSON, which tells that another than that would come of it where that is so. */
export const toldTopology = (topology: Topology): RuleJSON['topology'] => ({
  ...topology.toJSON(),
  ...(!isOwnWiring(topology) && !isRegistered(topology.type) && { wiring: 'of your own' }),
});
