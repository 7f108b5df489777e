import { floatAt, integerAt } from '../../core/at.js';
import type { CircuitRecords, CircuitState, SpikeList } from '../circuitState.js';
import { weightReading } from '../engine/weightReadings.js';
import { isWhole, keptWindow, openWindow } from '../rateWindow.js';
import { seriesOf } from '../seriesOf.js';
import { streamOf } from '../streams.js';
import type { CheckedCircuit } from '../validateCircuit.js';

/** What was there after a step. */
export interface AfterStep {
  spikes(population: string): Float32Array;
  weights(projection: string): Promise<Float32Array>;
  voltage(population: string): Promise<Float32Array>;
}

/** What records a run, step by step. */
export interface Recorder {
  /** @param done  steps done. */
  note(done: number, after: AfterStep): Promise<void>;
  take(): CircuitRecords;
  windows(): CircuitState['windows'];
}

/** Values that are recorded one row after the other. */
interface Rows {
  readonly step: number[];
  readonly rows: Float32Array[];
}

const noRows = (): Rows => ({ step: [], rows: [] });

const named = <T>(names: readonly string[], make: () => T): ReadonlyMap<string, T> =>
  new Map(names.map((name) => [name, make()]));

/** Records what a circuit asks for. @param begun  the state that it goes on from. */
export function recorder(
  { records, dt, seed, populations }: CheckedCircuit,
  begun: Pick<CircuitState, 'windows' | 'step'>,
): Recorder {
  const { spikes = [], rates, weights, voltage } = records;
  const fired = named(spikes, (): { step: number[]; neuron: number[] } => ({ step: [], neuron: [] }));
  const [counting, weighing] = [rates?.of ?? [], weights?.of ?? []];
  const rateRows = named(counting, noRows);
  const weightRows = named(weighing, noRows);
  const potentials = noRows();
  const places = Object.keys(populations);
  const form = {
    of: counting.map((name) => places.indexOf(name)),
    every: rates === undefined ? 1 : Math.round(rates.every / dt),
  };
  const open = openWindow(begun.windows, form, begun.step);
  const sums = open.spikes.slice();
  const isTime = (done: number, every: number) => done % Math.round(every / dt) === 0;
  const noteRates = (done: number, { of, every }: { readonly of: readonly string[]; readonly every: number }, after: AfterStep) =>
    of.forEach((name, index) => {
      sums[index] = integerAt(sums, index) + after.spikes(name).reduce((sum, spike) => sum + spike, 0);
      if (!isTime(done, every)) return;
      const { size } = populations[name] ?? { size: 1 };
      const rate = integerAt(sums, index) * (1000 / (size * every));
      sums[index] = 0;
      if (!isWhole(done, form, open)) return;
      rateRows.get(name)?.step.push(done);
      rateRows.get(name)?.rows.push(Float32Array.of(rate));
    });
  const reading = (name: string, values: Float32Array): Float32Array => {
    const seeds = streamOf(seed, 'samples', weighing.indexOf(name));
    return weightReading(weights?.as ?? 'mean', values.length, seeds)(values);
  };
  return {
    note: async (done, after) => {
      for (const [name, { step, neuron }] of fired)
        after.spikes(name).forEach((spike, index) => {
          if (spike === 0) return;
          step.push(done - 1);
          neuron.push(index);
        });
      if (rates !== undefined) noteRates(done, rates, after);
      if (weights !== undefined && isTime(done, weights.every))
        for (const [name, rows] of weightRows) {
          rows.step.push(done);
          rows.rows.push(reading(name, await after.weights(name)));
        }
      if (voltage === undefined || !isTime(done, voltage.every)) return;
      const v = await after.voltage(voltage.of);
      potentials.step.push(done);
      potentials.rows.push(Float32Array.from(voltage.neurons, (neuron) => floatAt(v, neuron)));
    },
    take: () => ({
      spikes: Object.fromEntries([...fired].map(([name, list]) => [name, listOf(list)])),
      rates: Object.fromEntries([...rateRows].map(([name, rows]) => [name, seriesOf(rows.step, rows.rows)])),
      weights: Object.fromEntries([...weightRows].map(([name, rows]) => [name, seriesOf(rows.step, rows.rows)])),
      ...(voltage && { voltage: seriesOf(potentials.step, potentials.rows) }),
    }),
    windows: () => (rates === undefined ? none : keptWindow(form, { spikes: sums.slice(), since: open.since })),
  };
}

const listOf = ({ step, neuron }: { readonly step: readonly number[]; readonly neuron: readonly number[] }): SpikeList => ({
  step: Int32Array.from(step),
  neuron: Int32Array.from(neuron),
});

const none: CircuitState['windows'] = {};
