import type { Circuit } from '../circuit.js';
import type { CircuitInput } from '../circuitState.js';
import { type CircuitArena, type CircuitRecord, hold } from './memory.js';
import type { PlacedPopulation } from './placePopulation.js';
import { ratesOf } from './rates.js';

/** Lays out what comes from outside in a run, which was checked. What it answers sets the rates of the steps from one up to another. */
export function setInput(
  arena: CircuitArena,
  { dt }: Circuit,
  circuit: CircuitRecord<'Circuit'>,
  populations: readonly PlacedPopulation[],
  { spikes = {}, currents = {}, rates = {}, reward = 0 }: CircuitInput,
  from: number,
): (from: number, to: number) => void {
  const isHeld = typeof reward === 'number';
  const rewards = hold(arena, isHeld ? Float32Array.of(reward) : reward).address;
  circuit.set({ inputFrom: from, rewards, rewardPace: isHeld ? 0 : 4 });
  const drawn = populations.flatMap((population) => {
    const { name, size } = population;
    if (population.kind === 'input') {
      population.list.setList(spikes[name] ?? silence, from, from);
    }
    if (population.kind === 'neurons') {
      const given = currents[name];
      population.neurons.setCurrents(given && hold(arena, given).address, given?.length === size);
    }
    if (population.kind !== 'poisson') return [];
    return [{ poisson: population.poisson, rates: ratesOf(rates[name] ?? population.rate) }];
  });
  return (start, end) => {
    for (const { poisson, rates } of drawn) poisson.setRates(rates, dt, start, end);
  };
}

const silence = { step: new Int32Array(), neuron: new Int32Array() };
