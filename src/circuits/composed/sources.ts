import { integerAt } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { isNeurons } from '../checked/populations.js';
import type { Arrays, CircuitInput, CircuitState } from '../circuitState.js';
import { run } from '../run.js';
import type { CheckedCircuit } from '../validateCircuit.js';

/** What sources fire in a run, and what they are left with. */
export interface SourceSpikes {
  /** 0 or 1 for each neuron of a source in step t. */
  at(name: string, t: number): Float32Array;
  readonly populations: { readonly [name: string]: Arrays };
}

const none: Arrays = { pendingStep: new Int32Array(), pendingNeuron: new Int32Array() };

/** The spikes of all sources: those that {@link run} draws for the same circuit, whose other populations are silent here. */
export function sourceSpikes(circuit: CheckedCircuit, state: CircuitState, steps: number, input: CircuitInput): SourceSpikes {
  const { dt, seed } = circuit;
  const all = Object.entries(circuit.populations);
  const spikes = all.flatMap(([name, population]) => (isNeurons(population) ? [] : [name]));
  const silent = all.map(([name, population]) => {
    return [name, isNeurons(population) ? ({ size: population.size, source: 'input' } as const) : population] as const;
  });
  const sources = { dt, seed, populations: Object.fromEntries(silent), records: { spikes } };
  const arrays = all.map(
    ([name, population]) => [name, isNeurons(population) ? none : (state.populations[name] ?? none)] as const,
  );
  const start = { step: state.step, wiring: {}, populations: Object.fromEntries(arrays), projections: {}, windows: {} };
  const [{ populations }, records] = run(sources, start, steps, {
    ...(input.spikes && { spikes: input.spikes }),
    ...(input.rates && { rates: input.rates }),
  });
  const rows = new Map(
    spikes.map((name) => [name, rowsOf(records.spikes[name] ?? { step: new Int32Array(), neuron: new Int32Array() })]),
  );
  return {
    populations,
    at: (name, t) => {
      const population = circuit.populations[name];
      ensure(population !== undefined, 'runComposed', 'circuit', () => `has no population '${name}'`);
      const fired = new Float32Array(population.size);
      for (const neuron of rows.get(name)?.get(t) ?? []) fired[neuron] = 1;
      return fired;
    },
  };
}

/** The neurons that fired, by step. */
function rowsOf({
  step,
  neuron,
}: {
  readonly step: Int32Array;
  readonly neuron: Int32Array;
}): ReadonlyMap<number, readonly number[]> {
  const rows = new Map<number, number[]>();
  step.forEach((t, index) => {
    const row = rows.get(t) ?? [];
    row.push(integerAt(neuron, index));
    rows.set(t, row);
  });
  return rows;
}
