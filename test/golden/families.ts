import type { Rule } from '../../src/rules/rule.js';
import { type GoldenCase, goldenCases } from './load.js';

/**
 * Golden cases that a rule is replayed on: the specs run what stands here, and FEATURES.md counts it.
 *
 * @property cases  beginning of their names.
 * @property apart  which of them the rule differs from on purpose; what is right there is checked apart.
 * @property rule   the rule of a case, in our terms.
 */
export interface Family<R extends Rule<object> = Rule<object>> {
  readonly cases: string;
  apart?(golden: GoldenCase): boolean;
  rule(golden: GoldenCase): R;
}

/** The cases of a family that the rule agrees with, as [name, case]. */
export const casesOf = ({ cases, apart = () => false }: Pick<Family, 'cases' | 'apart'>): [string, GoldenCase][] =>
  goldenCases(cases).filter(([, golden]) => !apart(golden));
