import type { Circuit } from '../../circuits/circuit.js';
import type { CircuitState, Series } from '../../circuits/circuitState.js';
import { type CircuitTally, variations } from '../../circuits/tally.js';
import { weightsOf } from '../../circuits/weightsOf.js';

/** What came of a simulation, as `results.json` has it. */
export interface SimulationResults {
  readonly name: string;
  readonly seed: number;
  readonly seconds: number;
  readonly steps: number;
  readonly populations: { readonly [name: string]: PopulationResults };
  readonly rates: { readonly [population: string]: SeriesResults };
  readonly weights: { readonly [projection: string]: WeightResults };
  readonly voltage?: SeriesResults;
}

/**

 */
export interface PopulationResults {
  readonly size: number;
  readonly spikes: number;
  /** Mean rate of its neurons, Hz. */
  readonly rate: number;
  /** Mean coefficient of variation of the intervals of neurons with four or more; null where there are none. */
  readonly variation: number | null;
}

/** Values through time, a list for each time where there are several; times in s. */
export interface SeriesResults {
  readonly time: readonly number[];
  readonly values: readonly (number | readonly number[])[];
}

/** Weights at the end, and through time where they were recorded. */
export interface WeightResults {
  readonly synapses: number;
  readonly mean: number;
  readonly least: number;
  readonly greatest: number;
  readonly through?: SeriesResults;
}

/** The results of a simulation up to a state. */
export function simulationResults(
  { name, seed, circuit }: { readonly name: string; readonly seed: number; readonly circuit: Circuit },
  state: CircuitState,
  { populations, records }: CircuitTally,
): SimulationResults {
  const seconds = (state.step * circuit.dt) / 1000;
  const mapped = <T, U>(of: { readonly [name: string]: T }, next: (value: T, name: string) => U) =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [key, next(value, key)]));
  const series = ({ step, values, width }: Series): SeriesResults => ({
    time: Array.from(step, (time) => (time * circuit.dt) / 1000),
    values: Array.from(step, (_, entry) => {
      const row = Array.from(values.subarray(entry * width, (entry + 1) * width));
      const [only] = row;
      return row.length === 1 && only !== undefined ? only : row;
    }),
  });
  const learned = Object.entries(circuit.projections ?? {}).filter(([, { rule }]) => rule !== undefined);
  return {
    ...{ name, seed, seconds, steps: state.step },
    populations: mapped(populations, (tally) => {
      const known = variations(tally).filter(Number.isFinite);
      const size = tally.last.length;
      return {
        ...{ size, spikes: tally.count, rate: tally.count / size / seconds },
        variation: known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length,
      };
    }),
    rates: mapped(records.rates, series),
    weights: Object.fromEntries(
      learned.map(([key]) => {
        const through = records.weights[key];
        return [key, { ...weightResults(state, key), ...(through !== undefined && { through: series(through) }) }];
      }),
    ),
    ...(records.voltage !== undefined && { voltage: series(records.voltage) }),
  };
}

function weightResults(state: CircuitState, projection: string): WeightResults {
  const w = weightsOf(state, projection);
  let [sum, least, greatest] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of w) {
    sum += value;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return { synapses: w.length, mean: sum / w.length, least, greatest };
}
