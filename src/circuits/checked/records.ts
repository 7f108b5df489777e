import { isListOf } from '../../core/lists.js';
import { oneOf } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import type { RecordSpec } from '../circuit.js';
import { ensureAt, fieldsAt, nameAt, type Place, valueAt, within } from './place.js';
import { isNeurons } from './populations.js';
import type { Populations } from './projections.js';
import { periodAt } from './steps.js';

/** What is recorded, complete. */
export function recordsAt(
  given: unknown,
  populations: Populations,
  projections: readonly string[],
  dt: number,
  place: Place,
): RecordSpec {
  const { spikes, rates, weights, voltage } = fieldsAt(given, ['spikes', 'rates', 'weights', 'voltage'], place);
  const names = Object.keys(populations);
  return {
    ...(spikes !== undefined && { spikes: namesAt(spikes, names, within(place, 'spikes'), 'population') }),
    ...(rates !== undefined && { rates: ratesAt(rates, names, dt, within(place, 'rates')) }),
    ...(weights !== undefined && { weights: weightsAt(weights, projections, dt, within(place, 'weights')) }),
    ...(voltage !== undefined && { voltage: voltageAt(voltage, populations, dt, within(place, 'voltage')) }),
  };
}

function namesAt(given: unknown, known: readonly string[], place: Place, what: string): readonly string[] {
  ensureAt(Array.isArray(given), place, () => `must be a list of names, got ${show(given)}`);
  const names = Array.from(given as readonly unknown[], (name, index) => nameAt(name, known, within(place, index), what));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  ensureAt(twice === undefined, place, () => `holds ${show(twice)} twice`);
  return names;
}

/** A period in ms, as it was given. */
function everyAt(given: unknown, dt: number, place: Place): number {
  periodAt(given, dt, within(place, 'every'));
  return Number(given);
}

function ratesAt(given: unknown, populations: readonly string[], dt: number, place: Place) {
  const { of, every } = fieldsAt(given, ['of', 'every'], place);
  return { of: namesAt(of, populations, within(place, 'of'), 'population'), every: everyAt(every, dt, place) };
}

function weightsAt(given: unknown, projections: readonly string[], dt: number, place: Place) {
  const { of, every, as = 'mean' } = fieldsAt(given, ['of', 'every', 'as'], place);
  return {
    of: namesAt(of, projections, within(place, 'of'), 'projection'),
    every: everyAt(every, dt, place),
    as: valueAt(oneOf('mean', 'histogram', 'sample'), as, within(place, 'as')),
  };
}

function voltageAt(given: unknown, populations: Populations, dt: number, place: Place) {
  const { of, neurons, every } = fieldsAt(given, ['of', 'neurons', 'every'], place);
  const having = Object.entries(populations).flatMap(([name, population]) => (isNeurons(population) ? [name] : []));
  const name = nameAt(of, having, within(place, 'of'), 'population of neurons');
  const { size = 0 } = populations[name] ?? {};
  const isNeuron = (neuron: unknown) => Number.isSafeInteger(neuron) && Number(neuron) >= 0 && Number(neuron) < size;
  const own = within(place, 'neurons');
  ensureAt(Array.isArray(neurons), own, () => `must be a list of neurons, got ${show(neurons)}`);
  ensureAt(
    isListOf(neurons, isNeuron),
    own,
    () => `must be numbers of neurons of ${name}, 0 to ${size - 1}, got ${show(neurons)}`,
  );
  const listed = Array.from(neurons as readonly number[]);
  ensureAt(new Set(listed).size === listed.length, own, () => `holds one of them twice, got ${show(neurons)}`);
  return { of: name, neurons: listed, every: everyAt(every, dt, place) };
}
