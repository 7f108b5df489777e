import { ensure } from '../core/errors.js';
import { ruleOf } from './checked/rules.js';
import type { CircuitInput } from './circuitState.js';
import type { CheckedCircuit } from './validateCircuit.js';

/** Refuses to run rules that learn by a reward where none can come: they would learn nothing, in silence. */
export function checkRewards(circuit: CheckedCircuit, { reward }: CircuitInput, where: string): void {
  if (reward !== undefined) return;
  for (const [name, rule] of waitingIn(circuit))
    ensure(false, where, 'input.reward', () => `is missing: projections.${name} learns by ${rule}, which needs one (0 is one)`);
}

type Waiting = readonly (readonly [projection: string, rule: string])[];

/** What was found, so that rules are made once, however many runs there are. */
const found = new WeakMap<CheckedCircuit, Waiting>();

/** The projections that learn by nothing but rewards. */
function waitingIn(circuit: CheckedCircuit): Waiting {
  const known = found.get(circuit);
  if (known !== undefined) return known;
  const waiting = Object.entries(circuit.projections).flatMap(([name, { rule }]) => {
    const { baseline = 0 } = rule?.reward ?? {};
    return rule !== undefined && baseline === 0 && ruleOf(rule).reads.includes('reward') ? [[name, rule.rule] as const] : [];
  });
  found.set(circuit, waiting);
  return waiting;
}
