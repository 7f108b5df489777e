import { doubleAt, integerAt } from '../core/at.js';
import type { Circuit } from './circuit.js';
import type { CircuitRecords, SpikeList } from './circuitState.js';
import { joinRecords } from './joinRecords.js';

/** What the spikes of a population were like, without the spikes. */
export interface IntervalTally {
  /** Number of spikes. */
  readonly count: number;
  /** `[neurons]`: step of the latest spike, −1 before the first. */
  readonly last: Int32Array;
  /** `[neurons]`: how many intervals between spikes there were. */
  readonly intervals: Int32Array;
  /** `[neurons]`: of them, steps. */
  readonly sum: Float64Array;
  /** `[neurons]`: sum of their squares. */
  readonly squares: Float64Array;
  /** How many were of 1, of 2 … 3, of 4 … 7 steps, and so on. */
  readonly lengths: Float64Array;
}

/** What a long run was like, in little room: everything recorded but the spikes, of which the intervals and the latest stay. */
export interface CircuitTally {
  /** Populations whose spikes are recorded. */
  readonly populations: { readonly [name: string]: IntervalTally };
  /** The latest spikes of each, those of its first 200 neurons. */
  readonly recent: { readonly [name: string]: SpikeList };
  /** All else. */
  readonly records: CircuitRecords;
}

/** Neurons of each population of which the latest spikes stay. */
const shown = 200;

/**
 * The tally of a circuit that did nothing yet.
 *
 * @example
 * emptyTally({ dt: 1, populations: {} }).records.rates;   // => {}
 */
export function emptyTally({ populations, records }: Circuit): CircuitTally {
  const counted = (records?.spikes ?? []).flatMap((name) => {
    const size = populations[name]?.size;
    return size === undefined ? [] : [[name, emptyIntervals(size)] as const];
  });
  const none = { step: new Int32Array(0), neuron: new Int32Array(0) };
  return {
    populations: Object.fromEntries(counted),
    recent: Object.fromEntries(counted.map(([name]) => [name, none])),
    records: { spikes: {}, rates: {}, weights: {} },
  };
}

const emptyIntervals = (size: number): IntervalTally => ({
  count: 0,
  last: new Int32Array(size).fill(-1),
  intervals: new Int32Array(size),
  sum: new Float64Array(size),
  squares: new Float64Array(size),
  lengths: new Float64Array(32),
});

/**
 * A tally with the records of the steps that followed.
 *
 * @param since  the step from which on spikes are among the latest.
 * @example
 * const circuit = { dt: 1, populations: { cell: { size: 1, neuron: 'lif' } }, records: { spikes: ['cell'] } };
 * const spikes = { cell: { step: Int32Array.of(3, 8), neuron: Int32Array.of(0, 0) } };
 * const { populations } = addToTally(emptyTally(circuit), { spikes, rates: {}, weights: {} }, 0);
 * populations['cell']?.sum;   // => [5]
 */
export function addToTally(tally: CircuitTally, { spikes, ...others }: CircuitRecords, since: number): CircuitTally {
  const withSpikes = <T>(of: { readonly [name: string]: T }, next: (value: T, list: SpikeList) => T) =>
    Object.fromEntries(
      Object.entries(of).map(([name, value]) => {
        const list = spikes[name];
        return [name, list === undefined ? value : next(value, list)];
      }),
    );
  return {
    populations: withSpikes(tally.populations, withIntervals),
    recent: withSpikes(tally.recent, (before, list) => latest(before, list, since)),
    records: joinRecords([tally.records, { spikes: {}, ...others }]),
  };
}

function withIntervals(tally: IntervalTally, { step, neuron }: SpikeList): IntervalTally {
  const [last, intervals] = [tally.last.slice(), tally.intervals.slice()];
  const [sum, squares, lengths] = [tally.sum.slice(), tally.squares.slice(), tally.lengths.slice()];
  for (let index = 0; index < step.length; index++) {
    const [time, which] = [integerAt(step, index), integerAt(neuron, index)];
    const before = integerAt(last, which);
    last[which] = time;
    if (before < 0) continue;
    const interval = time - before;
    intervals[which] = integerAt(intervals, which) + 1;
    sum[which] = doubleAt(sum, which) + interval;
    squares[which] = doubleAt(squares, which) + interval * interval;
    const length = 31 - Math.clz32(interval);
    lengths[length] = doubleAt(lengths, length) + 1;
  }
  return { count: tally.count + step.length, last, intervals, sum, squares, lengths };
}

function latest(before: SpikeList, list: SpikeList, since: number): SpikeList {
  const kept = [before, list].flatMap(({ step, neuron }) => {
    const places = Array.from(step.keys()).filter((place) => integerAt(step, place) >= since && integerAt(neuron, place) < shown);
    return places.map((place) => [integerAt(step, place), integerAt(neuron, place)] as const);
  });
  return { step: Int32Array.from(kept, ([time]) => time), neuron: Int32Array.from(kept, ([, which]) => which) };
}

/**
 * How irregularly each neuron fired: the standard deviation of its intervals over their mean, 1 for a Poisson process; NaN where there were
 * fewer than `least` of them.
 *
 * @example
 * const circuit = { dt: 1, populations: { cell: { size: 1, neuron: 'lif' } }, records: { spikes: ['cell'] } };
 * const spikes = { cell: { step: Int32Array.of(0, 10, 20, 30), neuron: new Int32Array(4) } };
 * const { populations } = addToTally(emptyTally(circuit), { spikes, rates: {}, weights: {} }, 0);
 * Object.values(populations).map((intervals) => variations(intervals, 3));   // => [[0]]
 */
export const variations = ({ intervals, sum, squares }: IntervalTally, least = 4): Float64Array =>
  Float64Array.from(intervals, (count, neuron) => {
    if (count < least) return Number.NaN;
    const mean = doubleAt(sum, neuron) / count;
    return Math.sqrt(Math.max(0, doubleAt(squares, neuron) / count - mean * mean)) / mean;
  });
