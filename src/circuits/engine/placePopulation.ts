import { ensure } from '../../core/errors.js';
import type { Circuit } from '../circuit.js';
import type { Arrays } from '../circuitState.js';
import { neuronModel } from '../neurons/neuronKinds.js';
import type { Population, Rate } from '../population.js';
import { streamOf } from '../streams.js';
import type { CircuitArena, CircuitRecord } from './memory.js';
import { type PlacedNeurons, placeNeurons, type Variables } from './placeNeurons.js';
import { listOfTimes, type PlacedList, type PlacedPoisson, placeListed, placePoisson } from './placeSources.js';
import { type SpikeRing, spikeRing } from './spikeRing.js';

/** A population in memory, with what runs set. */
export type PlacedPopulation = {
  readonly name: string;
  readonly size: number;
  readonly record: CircuitRecord<'Population'>;
  readonly variables: Variables;
  readonly ring: SpikeRing;
} & (
  | { readonly kind: 'neurons'; readonly neurons: PlacedNeurons }
  | { readonly kind: 'poisson'; readonly rate: Rate; readonly poisson: PlacedPoisson }
  | { readonly kind: 'spikes' }
  | { readonly kind: 'input'; readonly list: PlacedList }
);

/** Lays out the population of a number. @param delay  the longest of its spikes, steps. */
export function placePopulation(
  arena: CircuitArena,
  record: CircuitRecord<'Population'>,
  { dt, seed = 0 }: Circuit,
  { name, index, population, arrays, delay, step }: Given,
): PlacedPopulation {
  const { size } = population;
  const { stream } = streamOf(seed, 'runs', index);
  record.set({ size, streamLow: stream >>> 0, streamHigh: Math.floor(stream / 2 ** 32) });
  const { pendingStep, pendingNeuron, ...own } = arrays;
  const pending = { ...(pendingStep && { pendingStep }), ...(pendingNeuron && { pendingNeuron }) };
  const ringFor = (refractory: number) => spikeRing(arena, record, { size, pending, step, refractory, delay });
  const common = { name, size, record };
  if ('neuron' in population) {
    const model = neuronModel(population);
    ensure(
      model !== undefined,
      'run',
      `populations.${name}.neuron`,
      () => `'${population.neuron}' has no kernel: runComposed runs it`,
    );
    const neurons = placeNeurons(arena, record, population, model, own, dt);
    return { ...common, kind: 'neurons', variables: neurons.variables, ring: ringFor(neurons.refractory), neurons };
  }
  if (population.source === 'poisson') {
    const poisson = placePoisson(arena, record, size, own);
    return { ...common, kind: 'poisson', variables: poisson.variables, ring: ringFor(0), rate: population.rate, poisson };
  }
  const list = placeListed(arena, record);
  const listed = { ...common, variables: {}, ring: ringFor(0) };
  if (population.source === 'input') return { ...listed, kind: 'input', list };
  list.setList(listOfTimes(population.times, dt), 0, step);
  return { ...listed, kind: 'spikes' };
}

interface Given {
  readonly name: string;
  readonly index: number;
  readonly population: Population;
  readonly arrays: Arrays;
  readonly delay: number;
  /** Step that the state is at. */
  readonly step: number;
}
