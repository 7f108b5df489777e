import { fractionScalar, nonNegativeScalar, oneOf, positiveScalar, scalar } from '../../core/params/validation.js';
import type { Population } from '../population.js';
import type { Projection, ShortTerm } from '../projection.js';
import { drawnAt, extremesOf } from './drawn.js';
import { ensureAt, type Fields, fieldsAt, nameAt, type Place, valueAt, within } from './place.js';
import { isNeurons, receptorNames } from './populations.js';
import { type RuleSurroundings, ruleAt } from './rules.js';
import { periodAt, stepsAt } from './steps.js';
import { type CheckedWiring, type Ends, isFull, wiringAt } from './wirings.js';

/** A projection with all that it may leave out. */
export type CheckedProjection = Projection &
  Required<Pick<Projection, 'receptor' | 'delay' | 'weight'>> & { readonly wiring: CheckedWiring };

const fields = [
  ...['from', 'to', 'receptor', 'delay', 'weight', 'wiring', 'rule'],
  ...['shortTerm', 'scaling', 'heterosynaptic', 'rewiring'],
];

/** The populations that a projection may connect. */
export type Populations = { readonly [name: string]: Population };

/** One projection, complete. */
export function projectionAt(given: unknown, populations: Populations, rules: RuleSurroundings, place: Place): CheckedProjection {
  const all = fieldsAt(given, fields, place);
  const names = Object.keys(populations);
  const from = nameAt(all['from'], names, within(place, 'from'), 'population');
  const to = nameAt(all['to'], names, within(place, 'to'), 'population');
  const [pre, post] = [populations[from], populations[to]];
  const isTarget = pre !== undefined && post !== undefined && isNeurons(post);
  ensureAt(isTarget, within(place, 'to'), () => `is ${to}, a source: spikes act on neurons`);
  const wiring = wiringAt(all['wiring'] ?? 'dense', { from, to, pre: pre.size, post: post.size }, within(place, 'wiring'));
  const { delay = 0 } = all;
  stepsAt(delay, rules.dt, within(place, 'delay'));
  const projection = {
    from,
    to,
    receptor: receptorAt(all['receptor'], to, receptorNames(post), within(place, 'receptor')),
    delay: Number(delay),
    weight: drawnAt(all['weight'], within(place, 'weight')),
    wiring,
    ...partsAt(all, rules.dt, place),
  };
  const hasRoom = projection.rewiring === undefined || !isFull(wiring, { from, to, pre: pre.size, post: post.size });
  ensureAt(hasRoom, within(place, 'rewiring'), () => `has nothing to draw: '${wiring.type}' wires all pairs there are`);
  if (all['rule'] === undefined) return projection;
  const rule = ruleAt(all['rule'], rules, within(place, 'rule'));
  checkLists(rule.params ?? {}, { from, to, pre: pre.size, post: post.size }, within(within(place, 'rule'), 'params'));
  checkBounds(projection, rule.params ?? {}, rule.rule, place);
  return { ...projection, rule };
}

function receptorAt(given: unknown, to: string, known: readonly string[], place: Place): string {
  const [only] = known;
  ensureAt(only !== undefined, place, () => `can't be: ${to} has none`);
  ensureAt(given !== undefined || known.length === 1, place, () => `is missing: ${to} has ${known.join(', ')}`);
  return given === undefined ? only : nameAt(given, known, place, `receptor of ${to}`);
}

/** Parameters that are lists have a value for each neuron of one side. */
function checkLists(params: Fields, { from, to, pre, post }: Ends, place: Place): void {
  for (const [name, value] of Object.entries(params)) {
    const fits = !Array.isArray(value) || [1, pre, post].includes(value.length);
    ensureAt(
      fits,
      within(place, name),
      () => `has ${String(Object(value).length)} values; ${from} has ${pre} neurons, ${to} ${post}`,
    );
  }
}

/** First weights, and those of new synapses, lie where the rule keeps them. */
function checkBounds(
  { weight, rewiring }: Pick<Projection, 'rewiring' | 'weight'>,
  params: Fields,
  rule: string,
  place: Place,
): void {
  const { wMin, wMax, hardBound } = params;
  if (typeof wMin !== 'number' || typeof wMax !== 'number' || hardBound === false) return;
  const check = (weights: readonly number[], own: Place) => {
    const stray = weights.find((w) => w < wMin || w > wMax);
    ensureAt(stray === undefined, own, () => `${stray} lies beyond the bounds of ${rule}: wMin ${wMin}, wMax ${wMax}`);
  };
  check(weight === undefined ? [] : extremesOf(weight), within(place, 'weight'));
  check(rewiring === undefined ? [] : [rewiring.weight], within(within(place, 'rewiring'), 'weight'));
}

/** What else becomes of weights and of what is sent. */
function partsAt(
  all: Fields,
  dt: number,
  place: Place,
): Pick<Projection, 'shortTerm' | 'scaling' | 'heterosynaptic' | 'rewiring'> {
  const { shortTerm, scaling, heterosynaptic, rewiring } = all;
  return {
    ...(shortTerm !== undefined && { shortTerm: shortTermAt(shortTerm, within(place, 'shortTerm')) }),
    ...(scaling !== undefined && { scaling: scalingAt(scaling, dt, within(place, 'scaling')) }),
    ...(heterosynaptic !== undefined && { heterosynaptic: fractionAt(heterosynaptic, within(place, 'heterosynaptic')) }),
    ...(rewiring !== undefined && { rewiring: rewiringAt(rewiring, dt, within(place, 'rewiring')) }),
  };
}

function shortTermAt(given: unknown, place: Place): ShortTerm {
  const { utilization, tauRecovery, tauFacilitation } = fieldsAt(given, ['utilization', 'tauRecovery', 'tauFacilitation'], place);
  return {
    utilization: valueAt(fractionScalar, utilization, within(place, 'utilization')),
    tauRecovery: valueAt(positiveScalar, tauRecovery, within(place, 'tauRecovery')),
    tauFacilitation: valueAt(nonNegativeScalar, tauFacilitation, within(place, 'tauFacilitation')),
  };
}

function scalingAt(given: unknown, dt: number, place: Place) {
  const { total, every, by = 'factor' } = fieldsAt(given, ['total', 'every', 'by'], place);
  periodAt(every, dt, within(place, 'every'));
  return {
    total: valueAt(positiveScalar, total, within(place, 'total')),
    every: Number(every),
    by: valueAt(oneOf('factor', 'amount'), by, within(place, 'by')),
  };
}

function fractionAt(given: unknown, place: Place) {
  const { fraction } = fieldsAt(given, ['fraction'], place);
  return { fraction: valueAt(fractionScalar, fraction, within(place, 'fraction')) };
}

function rewiringAt(given: unknown, dt: number, place: Place) {
  const { every, below, weight } = fieldsAt(given, ['every', 'below', 'weight'], place);
  periodAt(every, dt, within(place, 'every'));
  return {
    every: Number(every),
    below: valueAt(positiveScalar, below, within(place, 'below')),
    weight: valueAt(scalar, weight, within(place, 'weight')),
  };
}
