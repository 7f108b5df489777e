import { ensure, inName } from '../core/errors.js';
import { ensureFields } from '../core/params/ensureFields.js';
import { paramsFromJSON } from '../core/params/paramsJson.js';
import { show } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import type { Topology } from '../topologies/topology.js';
import { topologyFromJSON } from '../topologies/topologyFromJSON.js';
import * as all from './all.js';
import type { Rule, RuleJSON } from './rule.js';

type Named = { readonly [name: string]: unknown };

/** The tags that {@link ruleFromJSON} knows: every rule by its name, in the order of the alphabet. */
export const ruleNames: readonly string[] = Object.keys(all)
  .filter((name) => `${name}Defaults` in all)
  .sort();

/**
 * The rule that its plain JSON describes; it continues bit for bit where the other stopped.
 *
 * @throws {StdpError} when the tag or a field is unknown, the topology is none, or a parameter is out of range.
 * @example
 * const json = JSON.stringify(pairStdp({ tauPre: 20 }));
 * JSON.stringify(ruleFromJSON(JSON.parse(json)));   // => json
 */
export function ruleFromJSON(json: RuleJSON): Rule<object> {
  const where = 'ruleFromJSON';
  ensure(isRecord(json), where, 'json', () => `must be a record { rule, params, topology }, got ${show(json)}`);
  ensureFields(json, ['rule', 'params', 'topology'], where, 'json');
  const { rule, params, topology } = json;
  const known = () => `${typeof rule === 'string' ? `'${rule}'` : show(rule)} is unknown; known are ${ruleNames.join(', ')}`;
  ensure(ruleNames.includes(rule), where, 'rule', known);
  ensure(isRecord(params), where, 'params', () => `must be a record, got ${show(params)}`);
  const make = (all as Named)[rule] as (params: object, topology: Topology) => Rule<object>;
  const [given, wiring] = inName(where, () => [paramsFromJSON(params), topologyFromJSON(topology)] as const);
  return make(given, wiring);
}
