/**
 * The conformance suite: laws that every local learning rule obeys, as plain async checks for any test runner.
 * `for (const law of laws(myRule)) it(law.name, law.check)`.
 *
 * @module
 */
export type { FixtureInput } from './fixtures.js';
export { type Law, laws } from './laws.js';
export type { ConformanceOptions } from './options.js';
