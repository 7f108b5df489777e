import { writtenRuleOf } from '../../rules/fastPath.js';
import type { Rule } from '../../rules/rule.js';
import type { LearningPlan } from './learningPlan.js';
import { planOfPairStdp, planOfPairs } from './pairPlan.js';
import { planOfProgram } from './programPlan.js';

/**
 * How a rule learns in the kernels of circuits: by pairs of spikes, or by a program whose products all have a spike in them, or a potential
 * above a threshold. `undefined`: they can't.
 */
export function planOf(rule: Rule<object>): LearningPlan | undefined {
  if (rule.name === 'pairStdp') return planOfPairStdp(rule);
  const written = writtenRuleOf(rule);
  return written && (planOfPairs(written) ?? planOfProgram(written));
}
