import { isListOf } from '../../core/lists.js';
import { flag, fractionScalar, integerFrom } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import type { Wiring } from '../projection.js';
import { ensureAt, fieldsAt, nameAt, type Place, recordAt, valueAt, within } from './place.js';

/** The two populations of a projection. */
export interface Ends {
  readonly from: string;
  readonly to: string;
  readonly pre: number;
  readonly post: number;
}

/** Which synapses there are, as a record. */
export type CheckedWiring = Exclude<Wiring, string>;

const options = {
  dense: [],
  oneToOne: [],
  lateral: [],
  sparse: ['probability', 'self'],
  fixedOut: ['targets', 'self'],
  list: ['pairs'],
} as const;

const kinds = Object.keys(options) as readonly (keyof typeof options)[];

/** So many synapses, at most, in one projection. */
const mostSynapses = 2 ** 31;

/** The wiring of a projection. */
export function wiringAt(given: unknown, ends: Ends, place: Place): CheckedWiring {
  const named = typeof given === 'string' ? { type: given } : recordAt(given, place, 'a name or { type, … }');
  const typePlace = typeof given === 'string' ? place : within(place, 'type');
  const type = nameAt(named['type'], kinds, typePlace, 'wiring') as keyof typeof options;
  const fields = fieldsAt(named, ['type', ...options[type]], place);
  const { pre, post } = ends;
  switch (type) {
    case 'dense':
      return bounded({ type }, pre * post, place);
    case 'oneToOne':
      ensureAt(pre === post, place, () => `'oneToOne' needs as many neurons on both sides; ${sizesOf(ends)}`);
      return { type };
    case 'lateral':
      ensureAt(ends.from === ends.to, place, () => `'lateral' wires a population with itself, not ${ends.from} with ${ends.to}`);
      return bounded({ type }, pre * post, place);
    case 'sparse': {
      const probability = valueAt(fractionScalar, fields['probability'], within(place, 'probability'));
      return bounded({ type, probability, self: selfAt(fields['self'], place) }, probability * pre * post, place);
    }
    case 'fixedOut': {
      const self = selfAt(fields['self'], place);
      const targets = valueAt(integerFrom(0), fields['targets'], within(place, 'targets'));
      const most = post - (ends.from === ends.to && !self ? 1 : 0);
      ensureAt(targets <= most, within(place, 'targets'), () => `is ${targets}, of ${ends.to} there are ${most} to choose`);
      return bounded({ type, targets, self }, targets * pre, place);
    }
    case 'list':
      return { type, pairs: pairsAt(fields['pairs'], ends, within(place, 'pairs')) };
  }
}

const sizesOf = ({ from, to, pre, post }: Ends): string => `${from} has ${pre}, ${to} has ${post}`;

const selfAt = (given: unknown, place: Place): boolean =>
  given === undefined ? false : valueAt(flag, given, within(place, 'self'));

/** Whether all pairs that a wiring may have are there. */
export function isFull(wiring: CheckedWiring, { from, to, pre, post }: Ends): boolean {
  switch (wiring.type) {
    case 'dense':
    case 'lateral':
      return true;
    case 'oneToOne':
      return pre * post === pre;
    case 'sparse':
      return wiring.probability === 1;
    case 'fixedOut':
      return wiring.targets === post - (from === to && wiring.self !== true ? 1 : 0);
    case 'list':
      return wiring.pairs.length === pre * post;
  }
}

function bounded(wiring: CheckedWiring, synapses: number, place: Place): CheckedWiring {
  ensureAt(synapses <= mostSynapses, place, () => `would make ${synapses.toExponential(1)} synapses, 2^31 at most`);
  return wiring;
}

function pairsAt(given: unknown, ends: Ends, place: Place): readonly (readonly [number, number])[] {
  const isNeuron = (neuron: unknown) => Number.isSafeInteger(neuron) && Number(neuron) >= 0;
  const isPair = (pair: unknown) => isListOf(pair, isNeuron) && pair.length === 2;
  ensureAt(isListOf(given, isPair), place, () => `must be pairs [pre, post], got ${show(given)}`);
  const pairs = (given as readonly (readonly [number, number])[]).map(([pre, post]) => [pre, post] as const);
  const stray = pairs.find(([pre, post]) => pre >= ends.pre || post >= ends.post);
  ensureAt(stray === undefined, place, () => `holds ${show(stray)}; ${sizesOf(ends)}`);
  const seen = new Set<number>();
  const twice = pairs.find(([pre, post]) => {
    const place = pre * ends.post + post;
    return seen.has(place) || !seen.add(place);
  });
  ensureAt(twice === undefined, place, () => `holds ${show(twice)} twice`);
  return pairs;
}
