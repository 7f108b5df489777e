import type { Circuit } from '../../src/circuits/circuit.js';
import type { CircuitInput, CircuitRecords, CircuitState } from '../../src/circuits/circuitState.js';
import { init } from '../../src/circuits/init.js';
import { run } from '../../src/circuits/run.js';
import { wire } from '../../src/circuits/wire.js';

/** A circuit before its first step. */
export const start = (circuit: Circuit): CircuitState => init(circuit, wire(circuit));

/** The first steps of a circuit. */
export const runNew = (circuit: Circuit, steps: number, input?: CircuitInput): readonly [CircuitState, CircuitRecords] =>
  run(circuit, start(circuit), steps, input);

/** A list of what a state holds of a population. */
export const variable = (state: CircuitState, population: string, name: string): number[] => [
  ...(state.populations[population]?.[name] ?? []),
];

/** The steps of recorded spikes. */
export const spikeSteps = ({ spikes }: CircuitRecords, population: string): number[] => [...(spikes[population]?.step ?? [])];

/** How often values occur one after another. */
export const differences = (values: readonly number[]): number[] =>
  values.slice(1).map((value, index) => value - (values[index] ?? 0));
