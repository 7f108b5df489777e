import { integerAt } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import type { RecordSpec } from '../circuit.js';
import type { CircuitState, Series } from '../circuitState.js';
import { isWhole, keptWindow, openWindow } from '../rateWindow.js';
import { type CircuitArena, type CircuitRecord, hold, room } from './memory.js';
import type { PlacedPopulation } from './placePopulation.js';
import { type Recording, words } from './spikeLog.js';

/** Entries that memory holds at most. */
const entries = 1024;

/** Steps of the entries that end in steps from one on. */
const stepsOf = (count: number, every: number, from: number): Int32Array =>
  Int32Array.from({ length: count }, (_, index) => (Math.floor(from / every) + index + 1) * every);

/** Mean rates of populations. */
export interface RateRecording extends Recording<{ readonly [population: string]: Series }> {
  /** The window that goes on. */
  windows(): CircuitState['windows'];
}

/** Records mean rates of populations in windows. @param windows  those of the state at a step. */
export function rateRecording(
  arena: CircuitArena,
  circuit: CircuitRecord<'Circuit'>,
  populations: readonly PlacedPopulation[],
  { every, dt, of }: { readonly every: number; readonly dt: number; readonly of: readonly number[] },
  { windows, step }: Pick<CircuitState, 'windows' | 'step'>,
): RateRecording {
  const count = populations.length;
  const rateEvery = Math.round(every / dt);
  const form = { of, every: rateEvery };
  const begun = openWindow(windows, form, step);
  const sums = hold(arena, begun.spikes);
  const [rateOf, rateRows] = [
    hold(
      arena,
      Int32Array.from(populations, ({ record }) => record.address),
    ),
    room(arena, 4 * entries * count),
  ];
  circuit.set({ rateEvery, rateCount: count, rateOf: rateOf.address, rateSums: sums.address, rateRows, rateRoom: entries });
  const taken = words(arena, rateRows);
  return {
    windows: () => keptWindow(form, { spikes: sums.view().slice(), since: begun.since }),
    drain: () => {
      taken.drain(count * circuit.get('rateEntries'));
      circuit.set({ rateEntries: 0 });
    },
    take: (from) => {
      const rows = taken.take();
      const ends = stepsOf(rows.length / count, rateEvery, from);
      const cut = ends.filter((done) => !isWhole(done, form, begun)).length; // none but the first
      const step = ends.slice(cut);
      const series = ({ size }: PlacedPopulation, index: number): Series => {
        const perSpike = 1000 / (size * every);
        const rate = (row: number): number => integerAt(rows, (row + cut) * count + index) * perSpike;
        return { step, values: Float32Array.from(step, (_, row) => rate(row)), width: 1 };
      };
      return Object.fromEntries(populations.map((population, index) => [population.name, series(population, index)]));
    },
  };
}

/** Records potentials of some neurons of a population. */
export function voltageRecording(
  arena: CircuitArena,
  circuit: CircuitRecord<'Circuit'>,
  { name, size, record }: PlacedPopulation,
  { neurons, every }: NonNullable<RecordSpec['voltage']>,
  dt: number,
): Recording<Series> {
  const v = record.get('v');
  ensure(v !== 0, 'run', 'records.voltage', () => `'${name}' has no potentials`);
  ensure(
    neurons.every((neuron) => neuron < size),
    'run',
    'records.voltage.neurons',
    () => `must be below ${size}`,
  );
  const voltageOf = hold(
    arena,
    Int32Array.from(neurons, (neuron) => v + 4 * neuron),
  ).address;
  const [width, voltageRows] = [neurons.length, room(arena, 4 * entries * neurons.length)];
  const voltageEvery = Math.round(every / dt);
  circuit.set({ voltageEvery, voltageCount: width, voltageOf, voltageRows, voltageRoom: entries });
  const taken = words(arena, voltageRows);
  return {
    drain: () => {
      taken.drain(width * circuit.get('voltageEntries'));
      circuit.set({ voltageEntries: 0 });
    },
    take: (from) => {
      const values = new Float32Array(taken.take().buffer);
      return { step: stepsOf(values.length / width, voltageEvery, from), values, width };
    },
  };
}
