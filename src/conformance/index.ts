/**
 * The conformance suite: laws that every local learning rule obeys, as plain async checks for any test runner.
 *
 * @example
 * import { laws } from 'tfjs-stdp/conformance';
 * for (const law of laws(myRule)) it(law.name, law.check);
 *
 * @module
 */
export { type ConformanceOptions, type Law, laws } from './laws.js';
