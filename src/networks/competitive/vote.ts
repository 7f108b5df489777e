import { unreachable } from '../../core/errors.js';
import type { VoteSpec } from './competitiveSpec.js';

/**
 * What each neuron answers to each class: `rates[n · classes + c]` is its mean number of spikes for an image of class c.
 */
export interface ClassRates {
  readonly classes: number;
  readonly rates: Float32Array;
}

/**
 * Collects {@link ClassRates} from answers to labelled images.
 *
 * @example
 * const tally = tallyAnswers(2, 2);
 * tally.add(0, Int32Array.of(1, -1, 1));   // an image of class 0: neuron 1 fired twice
 * tally.add(1, Int32Array.of(0, 1, -1));
 * tally.rates().rates;   // => [0, 1, 2, 1]
 */
export function tallyAnswers(neurons: number, classes: number) {
  const spikes = new Float64Array(neurons * classes);
  const images = new Float64Array(classes);
  return {
    /** Counts who fired for an image of a class. */
    add: (label: number, raster: Int32Array): void => {
      images[label] = (images[label] ?? 0) + 1;
      for (const neuron of raster) {
        if (neuron >= 0) spikes[neuron * classes + label] = (spikes[neuron * classes + label] ?? 0) + 1;
      }
    },
    rates: (): ClassRates => ({
      classes,
      rates: Float32Array.from(spikes, (count, index) => count / Math.max(1, images[index % classes] ?? 0)),
    }),
  };
}

/**
 * The class that each neuron answers most, the first of several; −1 for a neuron that never fired.
 *
 * @example
 * neuronLabels({ classes: 2, rates: Float32Array.of(0.5, 2, 0, 0) });   // => [1, -1]
 */
export const neuronLabels = ({ classes, rates }: ClassRates): Int32Array =>
  Int32Array.from({ length: rates.length / classes }, (_, neuron) => {
    const own = rates.subarray(neuron * classes, (neuron + 1) * classes);
    const most = own.reduce((greatest, rate) => Math.max(greatest, rate), 0);
    return most > 0 ? own.indexOf(most) : -1;
  });

/**
 * `[neurons, classes]`: what a spike of each neuron adds to each class, see {@link VoteSpec}.
 *
 * @example
 * const answers = { classes: 2, rates: Float32Array.of(1, 3, 4, 0) };
 * voteTable(answers, 'rate');   // => [0.25, 0.75, 1, 0]
 * voteTable(answers, 'mean');   // => [0, 1, 1, 0]
 */
export function voteTable(given: ClassRates, vote: VoteSpec['vote']): Float64Array {
  switch (vote) {
    case 'rate':
      return rateVotes(given);
    case 'mean':
      return meanVotes(given);
    default:
      return unreachable(vote);
  }
}

function rateVotes({ classes, rates }: ClassRates): Float64Array {
  const sums = new Float64Array(rates.length / classes);
  rates.forEach((rate, index) => {
    const neuron = Math.floor(index / classes);
    sums[neuron] = (sums[neuron] ?? 0) + rate;
  });
  return Float64Array.from(rates, (rate, index) => (rate > 0 ? rate / (sums[Math.floor(index / classes)] ?? 1) : 0));
}

function meanVotes(given: ClassRates): Float64Array {
  const labels = neuronLabels(given);
  const sizes = new Float64Array(given.classes);
  for (const label of labels) if (label >= 0) sizes[label] = (sizes[label] ?? 0) + 1;
  const table = new Float64Array(given.rates.length);
  labels.forEach((label, neuron) => {
    if (label >= 0) table[neuron * given.classes + label] = 1 / (sizes[label] ?? 1);
  });
  return table;
}

/**
 * The class with most votes, the first of several.
 *
 * @param raster  who fired, −1 for nobody.
 * @param table   of {@link voteTable}.
 * @example
 * const table = voteTable({ classes: 2, rates: Float32Array.of(1, 3, 4, 0) }, 'rate');
 * elect(Int32Array.of(0, -1, 0, 0, 1), table, 2);   // => 1
 */
export function elect(raster: Int32Array, table: Float64Array, classes: number): number {
  const votes = new Float64Array(classes);
  for (const neuron of raster) {
    if (neuron < 0) continue;
    for (let label = 0; label < classes; label++) votes[label] = (votes[label] ?? 0) + (table[neuron * classes + label] ?? 0);
  }
  return votes.indexOf(Math.max(...votes));
}
