import { ensure } from '../core/errors.js';
import type { Topology } from '../topologies/topology.js';
import { topologyFromJSON } from '../topologies/topologyFromJSON.js';
import { clopathStdp } from './clopathStdp.js';
import { delayAdjustedKernelStdp } from './delayAdjustedKernelStdp.js';
import { delayAdjustedKernelStdpDelay } from './delayAdjustedKernelStdpDelay.js';
import { delayAdjustedMstdp } from './delayAdjustedMstdp.js';
import { delayAdjustedMstdpDelay } from './delayAdjustedMstdpDelay.js';
import { delayAdjustedStdp } from './delayAdjustedStdp.js';
import { delayAdjustedStdpDelay } from './delayAdjustedStdpDelay.js';
import { eligibilityStdp } from './eligibilityStdp.js';
import { fedeStdp } from './fedeStdp.js';
import { homeostasis } from './homeostasis.js';
import { kernelStdp } from './kernelStdp.js';
import { latencyStdp } from './latencyStdp.js';
import { mstdp } from './mstdp.js';
import { mstdpet } from './mstdpet.js';
import { pairStdp } from './pairStdp.js';
import { productRule } from './productRule.js';
import { rewardStdp } from './rewardStdp.js';
import type { Rule, RuleJSON } from './rule.js';
import { symmetricStdp } from './symmetricStdp.js';
import { tripletStdp } from './tripletStdp.js';
import { twoFactorStdp } from './twoFactorStdp.js';
import { vogelsStdp } from './vogelsStdp.js';

/** Every rule by its tag. Adding a rule is one file and one line here. */
const rules: { readonly [tag: string]: (params: object, topology: Topology) => Rule<object> } = {
  pairStdp,
  latencyStdp,
  eligibilityStdp,
  fedeStdp,
  rewardStdp,
  twoFactorStdp,
  tripletStdp,
  mstdp,
  mstdpet,
  kernelStdp,
  delayAdjustedKernelStdp,
  delayAdjustedKernelStdpDelay,
  delayAdjustedStdp,
  delayAdjustedStdpDelay,
  delayAdjustedMstdp,
  delayAdjustedMstdpDelay,
  homeostasis,
  symmetricStdp,
  vogelsStdp,
  clopathStdp,
  productRule,
};

/** The tags that {@link ruleFromJSON} knows. */
export const ruleNames: readonly string[] = Object.keys(rules);

/**
 * The rule that its plain JSON describes; it continues bit for bit where the other stopped.
 *
 * @throws {StdpError} when the tag is unknown or a parameter is out of range.
 * @example
 * const json = JSON.stringify(pairStdp({ tauPre: 20 }));
 * JSON.stringify(ruleFromJSON(JSON.parse(json)));   // => json
 */
export function ruleFromJSON({ rule, params, topology }: RuleJSON): Rule<object> {
  const make = Object.hasOwn(rules, rule) ? rules[rule] : undefined;
  ensure(make !== undefined, 'ruleFromJSON', 'rule', () => `'${rule}' is unknown; known are ${ruleNames.join(', ')}`);
  return make(params, topologyFromJSON(topology));
}
