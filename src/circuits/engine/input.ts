import { ensure } from '../../core/errors.js';
import type { Circuit } from '../circuit.js';
import type { CircuitInput } from '../circuitState.js';
import { type CircuitArena, type CircuitRecord, hold } from './memory.js';
import type { PlacedPopulation } from './placePopulation.js';
import { absolute } from './placeSources.js';
import { ratesOf } from './rates.js';

/** Lays out what comes from outside in a run. What it answers sets the rates of the steps from one up to another. */
export function setInput(
  arena: CircuitArena,
  { dt }: Circuit,
  circuit: CircuitRecord<'Circuit'>,
  populations: readonly PlacedPopulation[],
  { spikes = {}, currents = {}, rates = {}, reward = 0 }: CircuitInput,
  from: number,
  steps: number,
): (from: number, to: number) => void {
  checkNames('spikes', spikes, populations, 'listed');
  checkNames('currents', currents, populations, 'neurons');
  checkNames('rates', rates, populations, 'poisson');
  const rewards = typeof reward === 'number' ? Float32Array.of(reward) : reward;
  ensure(
    rewards.length === steps || typeof reward === 'number',
    'run',
    'input.reward',
    () => `has ${rewards.length} values for ${steps} steps`,
  );
  circuit.set({ inputFrom: from, rewards: hold(arena, rewards).address, rewardPace: typeof reward === 'number' ? 0 : 4 });
  const drawn = populations.flatMap((population) => {
    const { name, size } = population;
    if (population.kind === 'listed') {
      const list = population.times ?? absolute(spikes[name] ?? silence, size, steps, from, name);
      population.list.setList(list, from);
    } else if (population.kind === 'neurons') {
      const given = currents[name];
      const isHeld = given?.length === size;
      ensure(
        given === undefined || isHeld || given.length === steps * size,
        'run',
        `input.currents.${name}`,
        () => `has ${given?.length} values, must be [${size}] or [${steps}, ${size}]`,
      );
      population.neurons.setCurrents(given && hold(arena, given).address, isHeld);
    } else return [{ poisson: population.poisson, rates: ratesOf(rates[name] ?? population.rate) }];
    return [];
  });
  return (start, end) => {
    for (const { poisson, rates } of drawn) poisson.setRates(rates, dt, start, end);
  };
}

const silence = { step: new Int32Array(), neuron: new Int32Array() };

function checkNames(
  field: string,
  given: { readonly [population: string]: unknown },
  populations: readonly PlacedPopulation[],
  kind: PlacedPopulation['kind'],
): void {
  const names = populations.filter((population) => population.kind === kind).map(({ name }) => name);
  const stray = Object.keys(given).find((name) => !names.includes(name));
  ensure(
    stray === undefined,
    'run',
    `input.${field}.${stray}`,
    () => `is none of the populations that take it: ${names.join(', ') || 'none'}`,
  );
}
