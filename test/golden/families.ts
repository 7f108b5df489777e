import type { Rule } from '../../src/rules/rule.js';
import { type GoldenCase, goldenCases } from './load.js';

/**
 * Golden cases that a rule is replayed on: the specs run what stands here, and FEATURES.md counts it.
 *
 * @property cases  beginning of their names.
 * @property apart  names among them that have a test of their own, because the rule differs there on purpose.
 * @property rule   the rule of a case, in our terms.
 */
export interface Family<R extends Rule<object> = Rule<object>> {
  readonly cases: string;
  readonly apart?: readonly string[];
  rule(golden: GoldenCase): R;
}

/** The cases of a family that have no test of their own, as [name, case]. */
export const casesOf = ({ cases, apart = [] }: Pick<Family, 'cases' | 'apart'>): [string, GoldenCase][] =>
  goldenCases(cases).filter(([name]) => !apart.includes(name));
