import { ensure } from '../core/errors.js';
import { ruleOf } from './checked/rules.js';
import type { CircuitInput } from './circuitState.js';
import type { CheckedCircuit } from './validateCircuit.js';

/** Refuses to run rules that learn by a reward where none can come: they would learn nothing, in silence. */
export function checkRewards({ projections }: CheckedCircuit, { reward }: CircuitInput, where: string): void {
  if (reward !== undefined) return;
  for (const [name, { rule }] of Object.entries(projections)) {
    const { baseline = 0 } = rule?.reward ?? {};
    const isFed = rule === undefined || baseline !== 0 || !ruleOf(rule).reads.includes('reward');
    ensure(
      isFed,
      where,
      'input.reward',
      () => `is missing: projections.${name} learns by ${rule?.rule}, which needs one (0 is one)`,
    );
  }
}
