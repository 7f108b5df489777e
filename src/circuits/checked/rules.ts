import { StdpError } from '../../core/errors.js';
import { meant } from '../../core/params/closest.js';
import { nonNegativeScalar, scalar } from '../../core/params/validation.js';
import { isRecord } from '../../core/trees.js';
import { axonFields } from '../../rules/pair/axons.js';
import type { Rule } from '../../rules/rule.js';
import { ruleFromJSON, ruleNames } from '../../rules/ruleFromJSON.js';
import type { CircuitCoincidence } from '../circuit.js';
import type { ProjectionRule } from '../projection.js';
import { ensureAt, type Fields, fieldsAt, nameAt, type Place, recordAt, refusedAt, valueAt, within } from './place.js';
import { periodAt } from './steps.js';

/** What a rule takes from its circuit. */
export interface RuleSurroundings {
  readonly dt: number;
  readonly coincidence: CircuitCoincidence;
}

/** The rule of a projection, complete: `params` has every parameter, `dt` and `coincidence` too where the rule has them. */
export function ruleAt(given: unknown, surroundings: RuleSurroundings, place: Place): ProjectionRule {
  const { rule, params, every, reward } = fieldsAt(given, ['rule', 'params', 'every', 'reward'], place);
  const name = nameAt(rule, ruleNames, within(place, 'rule'), 'rule');
  const made = madeAt(name, params, surroundings, within(place, 'params'));
  const remembers = 'tauEligibility' in made.params;
  ensureAt(every === undefined || remembers, within(place, 'every'), () => `is for rules with eligibility; ${name} has none`);
  const takesReward = made.reads.includes('reward');
  ensureAt(reward === undefined || takesReward, within(place, 'reward'), () => `is for rules that read one; ${name} doesn't`);
  return {
    rule: name,
    params: { ...made.params },
    ...(every !== undefined && { every: stepsOf(every, surroundings.dt, within(place, 'every')) }),
    ...(reward !== undefined && { reward: rewardAt(reward, within(place, 'reward')) }),
  };
}

/** A period, as it was given. */
function stepsOf(every: unknown, dt: number, place: Place): number {
  periodAt(every, dt, place);
  return Number(every);
}

function rewardAt(given: unknown, place: Place) {
  const { tau = 0, baseline = 0 } = fieldsAt(given, ['tau', 'baseline'], place);
  return {
    tau: valueAt(nonNegativeScalar, tau, within(place, 'tau')),
    baseline: valueAt(scalar, baseline, within(place, 'baseline')),
  };
}

/** The rule of the library that complete parameters make, between layers that are wired densely. */
export const ruleOf = ({ rule, params = {} }: ProjectionRule): Rule<object> =>
  ruleFromJSON({ rule, params, topology: { type: 'dense' } });

function madeAt(rule: string, given: unknown, { dt, coincidence }: RuleSurroundings, place: Place): Rule<object> {
  const params = given === undefined ? {} : recordAt(given, place, 'a record of parameters');
  const defaults = defaultsOf(rule, params, place);
  const known = Object.keys(defaults);
  const late = Object.keys(axonFields).find(
    (name) => known.includes(name) && ![undefined, defaults[name]].includes(params[name]),
  );
  ensureAt(late === undefined, within(place, String(late)), () => "is what the projection's delay does");
  const own = params['dt'];
  const sameStep = own === undefined || own === dt || !known.includes('dt');
  ensureAt(sameStep, within(place, 'dt'), () => `is ${String(own)} ms, the circuit's is ${dt} ms`);
  const made = inPlace(rule, { ...params, ...(known.includes('dt') && { dt }) }, known, place);
  ensureAt(made.learns === 'weight', { ...place, path: place.path.replace(/params$/, 'rule') }, () => delaysProblem(rule));
  inPlaceOf(place, known, () => made.toJSON());
  if (params['coincidence'] !== undefined || !known.includes('coincidence')) return made;
  const name = coincidenceNames[rule]?.[coincidence];
  const problem = `is missing: ${rule} has none that is like the circuit's '${coincidence}'`;
  return name === undefined
    ? refusedAt(within(place, 'coincidence'), problem)
    : inPlace(rule, { ...made.params, coincidence: name }, known, place);
}

const delaysProblem = (rule: string): string =>
  `'${rule}' learns delays, one for each synapse; those of a projection share theirs`;

/** The parameters of a rule that has no other than it needs. */
const defaultsOf = (rule: string, given: Fields, place: Place): Fields => ({
  ...inPlace(rule, neededParams(rule, given), [], place).params,
});

/** What a rule can't be made without. */
const neededParams = (rule: string, given: Fields): Fields =>
  rule === 'productRule' && isRecord(given) ? { dw: given['dw'] } : {};

const inPlace = (rule: string, params: Fields, known: readonly string[], place: Place): Rule<object> =>
  inPlaceOf(place, known, () => ruleOf({ rule, params }));

/** What a rule refuses, told of its place in the circuit. */
function inPlaceOf<T>(place: Place, known: readonly string[], make: () => T): T {
  try {
    return make();
  } catch (reason) {
    if (!(reason instanceof StdpError)) throw reason;
    const { argument, problem } = reason;
    const hint = problem.startsWith('is not a parameter') ? meant(argument, known) : '';
    return refusedAt(argument === 'params' ? place : within(place, argument), hint === '' ? problem : `${problem}.${hint}`);
  }
}

type Names = { readonly [coincidence in CircuitCoincidence]?: string };

const bySides: Names = { neither: 'none', preFirst: 'potentiation', postFirst: 'depression', both: 'both' };
const byHalves: Names = { neither: 'none', preFirst: 'post', postFirst: 'pre', both: 'both' };
const bySymmetry: Names = { neither: 'none', preFirst: 'once', postFirst: 'once', both: 'both' };

/** What rules call the coincidences of a circuit. */
const coincidenceNames: { readonly [rule: string]: Names | undefined } = {
  pairStdp: bySides,
  eligibilityStdp: bySides,
  twoFactorStdp: byHalves,
  mstdp: byHalves,
  mstdpet: byHalves,
  tripletStdp: byHalves,
  symmetricStdp: bySymmetry,
  vogelsStdp: bySymmetry,
  productRule: { neither: 'none', both: 'both' },
};
