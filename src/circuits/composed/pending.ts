import { integerAt } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import type { Arrays, CircuitState } from '../circuitState.js';
import type { CheckedCircuit } from '../validateCircuit.js';

/** The latest spikes of all populations, 0 or 1 for each neuron. */
export interface LatestSpikes {
  /** Spikes of step t; of one before the first, none. */
  of(population: string, t: number): Float32Array;
  /** Adds those of the next step. */
  add(population: string, t: number, spikes: Float32Array): void;
  /** What a state keeps of a population after so many steps. */
  pending(population: string, step: number): Arrays;
}

/** Those that a state holds, and what comes. */
export function latestSpikes(circuit: CheckedCircuit, state: CircuitState): LatestSpikes {
  const delays = Object.fromEntries(
    Object.keys(circuit.populations).map((name) => {
      const own = Object.values(circuit.projections).filter(({ from }) => from === name);
      return [name, Math.max(0, ...own.map(({ delay }) => Math.round(delay / circuit.dt)))] as const;
    }),
  );
  const lists = new Map<string, Map<number, Float32Array>>();
  const listsOf = (name: string): Map<number, Float32Array> => {
    const own = lists.get(name) ?? new Map<number, Float32Array>();
    lists.set(name, own);
    return own;
  };
  const sizeOf = (name: string): number => {
    const population = circuit.populations[name];
    ensure(population !== undefined, 'runComposed', 'circuit', () => `has no population '${name}'`);
    return population.size;
  };
  const of = (name: string, t: number) => listsOf(name).get(t) ?? new Float32Array(sizeOf(name));
  for (const name of Object.keys(circuit.populations)) {
    const { pendingStep, pendingNeuron } = state.populations[name] ?? {};
    if (!(pendingStep instanceof Int32Array) || !(pendingNeuron instanceof Int32Array)) continue;
    pendingStep.forEach((t, index) => {
      const row = of(name, t);
      row[integerAt(pendingNeuron, index)] = 1;
      listsOf(name).set(t, row);
    });
  }
  return {
    of,
    add: (name, t, spikes) => {
      listsOf(name).set(t, spikes);
      listsOf(name).delete(t - Number(delays[name]) - 1);
    },
    pending: (name, step) => {
      const times = Array.from({ length: Math.min(Number(delays[name]), step) }, (_, index) => index).map(
        (index) => step - Math.min(Number(delays[name]), step) + index,
      );
      const fired = times.flatMap((t) =>
        [...of(name, t)].flatMap((spike, neuron) => (spike === 0 ? [] : [[t, neuron] as const])),
      );
      return { pendingStep: Int32Array.from(fired, ([t]) => t), pendingNeuron: Int32Array.from(fired, ([, neuron]) => neuron) };
    },
  };
}
