import { ensure, orThrow } from '../core/errors.js';
import { isListOf } from '../core/lists.js';
import { aFunction, type Check, flag, nonNegativeScalar, optional, scalar, validateParams } from '../core/params/validation.js';
import type { Seed } from '../core/random.js';
import { aSeed } from '../core/random.js';
import { show } from '../core/show.js';
import type { Rule, RuleJSON } from '../rules/rule.js';
import { ruleFromJSON } from '../rules/ruleFromJSON.js';
import { checkTopology } from '../topologies/checkTopology.js';
import type { FixtureInput } from './fixtures.js';

/** How the laws are tried. */
export interface ConformanceOptions {
  /** Random spikes and weights. Default 1. */
  readonly seed?: Seed;
  /** Where weights may lie, in float32. Default [0, 1]. */
  readonly bounds?: readonly [low: number, high: number];
  /** What comes with the spikes, see {@link FixtureInput}. Default: nothing. */
  readonly input?: FixtureInput;
  /** Whether pre before post potentiates and post before pre depresses. Default true. */
  readonly hebbian?: boolean;
  /** Whether a batch changes the weights by the sum of its samples' changes. Default true. */
  readonly batchSums?: boolean;
  /** Whether a synapse changes by its own two neurons and its own weight alone. Default true. */
  readonly local?: boolean;
  /**
   * The backends that must agree, at least two. Default: the one in use and `'cpu'`, or `'wasm'` where that is the one in use. With an
   * empty list this law is left out.
   */
  readonly backends?: readonly string[];
  /** How a rule comes back from its JSON. Default {@link ruleFromJSON}. */
  readonly fromJSON?: (json: RuleJSON) => Rule<object>;
}

/** Options with their defaults; no `backends` stands for the default ones. */
export type Settings = Required<Omit<ConformanceOptions, 'backends'>> & Pick<ConformanceOptions, 'backends'>;

const accepts =
  (expected: string, test: (value: unknown) => boolean): Check =>
  (value) =>
    test(value) ? { _tag: 'Right', right: value } : { _tag: 'Left', left: expected };

const aBounds = accepts('[low, high], two finite numbers in order', (value) => {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [low, high] = value.map((bound: unknown) => (typeof bound === 'number' ? Math.fround(bound) : Number.NaN));
  return Number.isFinite(low) && Number.isFinite(high) && Number(low) < Number(high);
});

const twoBackends = accepts('a list of no names, or of at least two different ones', (value) => {
  if (!isListOf(value, (name) => typeof name === 'string' && name !== '')) return false;
  return value.length === 0 || new Set(value).size > 1;
});

/** @throws {StdpError} that names the option which is unknown or isn't what it should be. */
export function checkOptions(given: ConformanceOptions, where: string): Settings {
  const defaults = { seed: 1, bounds: [0, 1], input: {}, hebbian: true, batchSums: true, local: true, fromJSON: ruleFromJSON };
  const settings = orThrow(
    validateParams<Record<keyof ConformanceOptions, unknown>>(
      where,
      { ...defaults, backends: undefined },
      given,
      {
        seed: aSeed,
        bounds: aBounds,
        input: accepts('a record { reward, delay }', (value) => typeof value === 'object' && value !== null),
        hebbian: flag,
        batchSums: flag,
        local: flag,
        backends: optional(twoBackends),
        fromJSON: aFunction,
      },
      'options',
    ),
  ) as Settings;
  const input = validateParams<Record<keyof FixtureInput, unknown>>(
    where,
    { reward: undefined, delay: undefined },
    settings.input as object,
    { reward: optional(scalar), delay: optional(nonNegativeScalar) },
    'input',
  );
  return { ...settings, input: orThrow(input) as FixtureInput };
}

const methods = ['init', 'delta', 'step', 'toJSON'] as const;

/** @throws {StdpError} unless it has all that a rule has. */
export function checkRule(given: unknown, where: string): asserts given is Rule<object> {
  const fields: { readonly [name: string]: unknown } = Object(given);
  const missing = methods.find((method) => typeof fields[method] !== 'function');
  const problem = () => `must be a rule, such as pairStdp(), got ${show(given)}`;
  ensure(missing === undefined && typeof fields['name'] === 'string', where, 'rule', problem);
  checkTopology(fields['topology'], where);
}
