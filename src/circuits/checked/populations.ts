import { isLeft } from 'fp-ts/lib/Either.js';
import { at } from '../../core/at.js';
import { isListOf } from '../../core/lists.js';
import { integerFrom, nonNegativeScalar, scalar } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import { isNeuronKind, neuronModel, neuronSchemas, receptorsOf, restOf } from '../neurons/neuronKinds.js';
import { ownNeurons } from '../neurons/registerNeuron.js';
import type { Drawn, NeuronPopulation, Population, Rate, SourcePopulation } from '../population.js';
import { drawnAt } from './drawn.js';
import { ensureAt, type Fields, fieldsAt, nameAt, type Place, recordAt, valueAt, within } from './place.js';
import { stepsAt, wholeSteps } from './steps.js';

const aSize = integerFrom(1, 2 ** 24);

/** Whether a population is one of neurons. */
export const isNeurons = (population: Population): population is NeuronPopulation => 'neuron' in population;

/** One population, complete. */
export function populationAt(given: unknown, dt: number, place: Place): Population {
  const { neuron, source } = recordAt(given, place, '{ size, neuron } or { size, source }');
  ensureAt(neuron !== undefined || source !== undefined, place, () => 'needs a neuron or a source');
  ensureAt(neuron === undefined || source === undefined, place, () => 'has a neuron and a source: it is either');
  return source === undefined ? neuronsAt(given, dt, place) : sourceAt(given, dt, place);
}

function neuronsAt(given: unknown, dt: number, place: Place): NeuronPopulation {
  const { size, neuron, params, init, noise } = fieldsAt(given, ['size', 'neuron', 'params', 'init', 'noise'], place);
  const known = [...Object.keys(neuronSchemas), ...ownNeurons.keys()];
  const kind = nameAt(neuron, known, within(place, 'neuron'), 'kind of neurons');
  const population = {
    size: valueAt(aSize, size, within(place, 'size')),
    neuron: kind,
    params: paramsAt(kind, params, dt, within(place, 'params')),
  };
  return {
    ...population,
    ...(init !== undefined && { init: firstValuesAt(init, variablesOf(population), within(place, 'init')) }),
    ...(noise !== undefined && { noise: drawnAt(noise, within(place, 'noise')) }),
  };
}

function paramsAt(kind: string, given: unknown, dt: number, place: Place): Fields {
  if (!isNeuronKind(kind)) return given === undefined ? {} : recordAt(given, place);
  const schema = neuronSchemas[kind];
  const fields = fieldsAt(given === undefined ? {} : given, Object.keys(schema.checks), place);
  const complete = schema.validate(fields, place.where);
  if (isLeft(complete)) ensureAt(false, within(place, complete.left.argument), () => complete.left.problem);
  const params: Fields = { ...complete.right };
  if (params['tauRefractory'] !== undefined) stepsAt(params['tauRefractory'], dt, within(place, 'tauRefractory'));
  return params;
}

/** What neurons hold, and what spikes act on. */
function variablesOf(population: NeuronPopulation): readonly string[] {
  const model = neuronModel(population);
  return Object.keys(model === undefined ? (ownNeurons.get(population.neuron)?.variables ?? {}) : restOf(model));
}

/** The names of what arriving spikes can act on. */
export function receptorNames(population: NeuronPopulation): readonly string[] {
  const model = neuronModel(population);
  return model === undefined ? (ownNeurons.get(population.neuron)?.receptors ?? []) : Object.keys(receptorsOf(model));
}

function firstValuesAt(given: unknown, known: readonly string[], place: Place): { readonly [variable: string]: Drawn } {
  const fields = fieldsAt(given, known, place);
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, drawnAt(value, within(place, name))]));
}

const kinds = { poisson: ['rate'], spikes: ['times'], input: [] };

function sourceAt(given: unknown, dt: number, place: Place): SourcePopulation {
  const { source } = recordAt(given, place);
  const kind = nameAt(source, Object.keys(kinds), within(place, 'source'), 'source') as keyof typeof kinds;
  const { size, rate, times } = fieldsAt(given, ['size', 'source', ...kinds[kind]], place);
  const neurons = valueAt(aSize, size, within(place, 'size'));
  switch (kind) {
    case 'poisson':
      return { size: neurons, source: kind, rate: rateAt(rate, neurons, dt, within(place, 'rate')) };
    case 'spikes':
      return { size: neurons, source: kind, times: timesAt(times, neurons, dt, within(place, 'times')) };
    case 'input':
      return { size: neurons, source: kind };
  }
}

/** Rates of Poisson spikes: no more than one a step. */
function rateAt(given: unknown, size: number, dt: number, place: Place): Rate {
  ensureAt(given !== undefined, place, () => 'is missing');
  if (typeof given === 'number') return hertzAt(given, dt, place);
  if (Array.isArray(given)) {
    ensureAt(given.length === size, place, () => `has ${given.length} values, size is ${size}`);
    return given.map((rate, index) => hertzAt(rate, dt, within(place, index)));
  }
  const forms = 'a number of Hz, one for each neuron, { from: [[ms, Hz], …] } or { sine: { mean, amplitude, frequency } }';
  ensureAt(isRecord(given), place, () => `must be ${forms}, got ${show(given)}`);
  const { from, sine } = fieldsAt(given, ['from', 'sine'], place);
  ensureAt((from === undefined) !== (sine === undefined), place, () => `must be ${forms}, got ${show(given)}`);
  return sine === undefined
    ? { from: stagesAt(from, dt, within(place, 'from')) }
    : { sine: sineAt(sine, dt, within(place, 'sine')) };
}

/** A rate of at most one spike a step. */
export function hertzAt(given: unknown, dt: number, place: Place): number {
  const rate = valueAt(nonNegativeScalar, given, place);
  ensureAt(rate * dt <= 1000, place, () => `${rate} Hz is more than a spike in each step of ${dt} ms`);
  return rate;
}

function stagesAt(given: unknown, dt: number, place: Place): readonly (readonly [number, number])[] {
  const isPair = (pair: unknown) => Array.isArray(pair) && pair.length === 2;
  ensureAt(isListOf(given, isPair), place, () => `must be pairs [ms, Hz], got ${show(given)}`);
  const stages = (given as readonly (readonly [unknown, unknown])[]).map(([time, rate], index) => {
    const pair = within(place, index);
    return [valueAt(nonNegativeScalar, time, within(pair, 0)), hertzAt(rate, dt, within(pair, 1))] as const;
  });
  const early = stages.findIndex(([time], index) => index > 0 && time <= at(at(stages, index - 1), 0));
  ensureAt(early < 0, within(place, early), () => 'is not later than the one before');
  return stages;
}

function sineAt(given: unknown, dt: number, place: Place) {
  const fields = fieldsAt(given, ['mean', 'amplitude', 'frequency'], place);
  const mean = valueAt(scalar, fields['mean'], within(place, 'mean'));
  const amplitude = valueAt(scalar, fields['amplitude'], within(place, 'amplitude'));
  hertzAt(Math.max(0, mean + Math.abs(amplitude)), dt, place);
  return { mean, amplitude, frequency: valueAt(nonNegativeScalar, fields['frequency'], within(place, 'frequency')) };
}

/** Lists of times: one for each neuron, ascending, no two in a step. */
function timesAt(given: unknown, size: number, dt: number, place: Place): readonly (readonly number[])[] {
  ensureAt(isListOf(given, Array.isArray), place, () => `must be a list of times (ms) for each neuron, got ${show(given)}`);
  ensureAt(given.length === size, place, () => `has ${given.length} lists, size is ${size}`);
  return (given as readonly (readonly unknown[])[]).map((train, neuron) => {
    const own = within(place, neuron);
    const times = Array.from(train, (time, index) => valueAt(nonNegativeScalar, time, within(own, index)));
    const early = times.findIndex((time, index) => index > 0 && stepOf(time, dt) <= stepOf(at(times, index - 1), dt));
    ensureAt(early < 0, own, () => `holds ${times[early - 1]} ms before ${times[early]} ms: times ascend, no two in one step`);
    return times;
  });
}

/** The step in which a spike at a time is fired: that which is nearest. */
export const stepOf = (time: number, dt: number): number => wholeSteps(time, dt) ?? Math.round(time / dt);
