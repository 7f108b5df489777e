import type { PairLaw } from '../kernels/laws.js';
import type { Rule } from './rule.js';

/** The step that a faster way gives the results of, by that way. */
const stepOfWay = new WeakMap<object, unknown>();

/** Notes the faster ways of a rule that {@link makeRule} made. */
export function noteFastWays<State>({ step, series, pairLaw }: Rule<State>): void {
  if (series !== undefined) stepOfWay.set(series, step);
  if (pairLaw !== undefined) stepOfWay.set(pairLaw, step);
}

/** Whether a way belongs to the rule's step: in a copy with another (`{ ...rule, step }`) the old ways are still there. */
const belongs = <State>(way: object, { step }: Rule<State>): boolean => !stepOfWay.has(way) || stepOfWay.get(way) === step;

/** The rule's way through a whole series, where it gives what its steps give. */
export const seriesOf = <State>(rule: Rule<State>): Rule<State>['series'] =>
  rule.series !== undefined && belongs(rule.series, rule) ? rule.series : undefined;

/** The rule as kernels know it, where they do what its steps do. */
export const pairLawOf = <State>(rule: Rule<State>): PairLaw | undefined =>
  rule.pairLaw !== undefined && belongs(rule.pairLaw, rule) ? rule.pairLaw : undefined;
