import type { PairConstants } from '../kernels/constants.js';
import type { Rule } from './rule.js';

/** The step that a faster way gives the results of, by that way. */
const stepOfWay = new WeakMap<object, unknown>();

/** Notes the faster ways of a rule that {@link makeRule} made. */
export function noteFastWays<State>({ step, series, pairConstants }: Rule<State>): void {
  if (series !== undefined) stepOfWay.set(series, step);
  if (pairConstants !== undefined) stepOfWay.set(pairConstants, step);
}

/** Whether a way belongs to the rule's step: in a copy with another (`{ ...rule, step }`) the old ways are still there. */
const belongs = <State>(way: object, { step }: Rule<State>): boolean => !stepOfWay.has(way) || stepOfWay.get(way) === step;

/** The rule's way through a whole series, where it gives what its steps give. */
export const seriesOf = <State>(rule: Rule<State>): Rule<State>['series'] =>
  rule.series !== undefined && belongs(rule.series, rule) ? rule.series : undefined;

/** The rule as kernels know it, where they do what its steps do. */
export const pairConstantsOf = <State>(rule: Rule<State>): PairConstants | undefined =>
  rule.pairConstants !== undefined && belongs(rule.pairConstants, rule) ? rule.pairConstants : undefined;
