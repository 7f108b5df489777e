import { sliceAt } from '../core/scan.js';
import { toFloat } from '../core/tensors.js';
import type { RuleInput } from './ruleInput.js';

/** What has a leading axis of time in a train, but for single numbers, which are the same in every step. */
const series = ['pre', 'post', 'reward', 'delay', 'voltage'] as const;

/** The input at the first step of a train, to be checked for all; `undefined` where one series has no such axis or is shorter. */
export function firstStep(train: RuleInput, steps: number, where: string): RuleInput | undefined {
  const first: { [name: string]: unknown } = { ...train };
  for (const name of series) {
    const given = train[name];
    if (given === undefined || typeof given === 'number') continue;
    const values = toFloat(given, where, name);
    if (values.shape[0] !== steps) return undefined;
    first[name] = sliceAt(values, 0);
  }
  return first as unknown as RuleInput;
}
