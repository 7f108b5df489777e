import { addAt, doubleAt } from '../../core/at.js';
import { ensure, unreachable } from '../../core/errors.js';
import { ensureIs, integerFrom, nothingMore, oneOf } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { isNumbers } from '../checked/arrays.js';
import { checkClasses } from '../checked/images.js';
import { checkedRates } from '../competitiveSpec/checkedLearned.js';
import type { ClassRates } from '../competitiveSpec/classRates.js';
import type { VoteSpec } from '../competitiveSpec/competitiveParts.js';

/**
 * Collects {@link ClassRates} from answers to labelled images.
 *
 * @throws {StdpError} at once, unless there are neurons and classes; from `add`, when the label is no class, or one who fired no neuron.
 * @example
 * const tally = tallyAnswers(2, 2);
 * tally.add(0, Int32Array.of(1, -1, 1));   // an image of class 0: neuron 1 fired twice
 * tally.add(1, Int32Array.of(0, 1, -1));
 * tally.rates().rates;   // => [0, 1, 2, 1]
 */
export function tallyAnswers(neurons: number, classes: number, ...more: readonly never[]) {
  const where = 'tallyAnswers';
  nothingMore(more, where, 'tallyAnswers(neurons, classes)');
  checkClasses(classes, where, 'classes');
  ensureIs(integerFrom(1, Math.floor(2 ** 28 / Math.max(256, classes))), neurons, where, 'neurons');
  const spikes = new Float64Array(neurons * classes);
  const images = new Float64Array(classes);
  return {
    /** Counts who fired for an image of a class. */
    add: (label: number, raster: Int32Array): void => {
      ensureIs(integerFrom(0, classes - 1), label, where, 'label');
      checkRaster(raster, neurons, where);
      addAt(images, label, 1);
      for (const neuron of raster) {
        if (neuron >= 0) addAt(spikes, neuron * classes + label, 1);
      }
    },
    rates: (): ClassRates => ({
      classes,
      rates: Float32Array.from(spikes.map((count, index) => count / Math.max(1, doubleAt(images, index % classes)))),
    }),
  };
}

/**
 * The class that each neuron answers most, the first of several; −1 for a neuron that never fired.
 *
 * @throws {StdpError} when rates aren't finite and ≥ 0, or not as many for each neuron as there are classes.
 * @example
 * neuronLabels({ classes: 2, rates: Float32Array.of(0.5, 2, 0, 0) });   // => [1, -1]
 */
export function neuronLabels(answers: ClassRates, ...more: readonly never[]): Int32Array {
  nothingMore(more, 'neuronLabels', 'neuronLabels(answers)');
  const { classes, rates } = checkedRates(answers, 'neuronLabels');
  return Int32Array.from({ length: rates.length / classes }, (_, neuron) => {
    const own = rates.subarray(neuron * classes, (neuron + 1) * classes);
    const most = own.reduce((greatest, rate) => Math.max(greatest, rate), 0);
    return most > 0 ? own.indexOf(most) : -1;
  });
}

/** Who fired are neurons, or −1 for nobody. */
function checkRaster(raster: Int32Array, neurons: number, where: string): void {
  ensure(isNumbers(raster), where, 'raster', () => `must be an Int32Array of who fired, got ${show(raster)}`);
  const odd = raster.findIndex((neuron) => !(Number.isInteger(neuron) && neuron >= -1 && neuron < neurons));
  ensure(odd < 0, where, 'raster', () => `holds ${show(raster[odd])}, which is neither -1 nor one of ${neurons} neurons`);
}

/**
 * `[neurons, classes]`: what a spike of each neuron adds to each class, see {@link VoteSpec}.
 *
 * @throws {StdpError} when rates aren't finite and ≥ 0, or not as many for each neuron as there are classes, or there is no such vote.
 * @example
 * const answers = { classes: 2, rates: Float32Array.of(1, 3, 4, 0) };
 * voteTable(answers, 'rate');   // => [0.25, 0.75, 1, 0]
 * voteTable(answers, 'mean');   // => [0, 1, 1, 0]
 */
export function voteTable(answers: ClassRates, vote: VoteSpec['vote'], ...more: readonly never[]): Float64Array {
  nothingMore(more, 'voteTable', 'voteTable(answers, vote)');
  const given = checkedRates(answers, 'voteTable');
  ensureIs(oneOf('rate', 'mean'), vote, 'voteTable', 'vote');
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
    addAt(sums, neuron, rate);
  });
  return Float64Array.from(rates).map((rate, index) => (rate > 0 ? rate / doubleAt(sums, Math.floor(index / classes)) : 0));
}

function meanVotes(given: ClassRates): Float64Array {
  const labels = neuronLabels(given);
  const sizes = new Float64Array(given.classes);
  for (const label of labels) if (label >= 0) addAt(sizes, label, 1);
  const table = new Float64Array(given.rates.length);
  labels.forEach((label, neuron) => {
    if (label >= 0) table[neuron * given.classes + label] = 1 / doubleAt(sizes, label);
  });
  return table;
}

/**
 * The class with most votes, the first of several.
 *
 * @param raster  who fired, −1 for nobody.
 * @param table   of {@link voteTable}.
 * @throws {StdpError} when the table isn't one of so many classes, or one who fired no neuron in it.
 * @example
 * const table = voteTable({ classes: 2, rates: Float32Array.of(1, 3, 4, 0) }, 'rate');
 * elect(Int32Array.of(0, -1, 0, 0, 1), table, 2);   // => 1
 */
export function elect(raster: Int32Array, table: Float64Array, classes: number, ...more: readonly never[]): number {
  const where = 'elect';
  nothingMore(more, where, 'elect(raster, table, classes)');
  checkClasses(classes, where, 'classes');
  const isTable = isNumbers(table) && table.length % classes === 0;
  ensure(isTable, where, 'table', () => `must hold numbers of ${classes} classes for each neuron, got ${show(table)}`);
  checkRaster(raster, table.length / classes, where);
  const votes = countVotes(raster, table, classes);
  // The whole table is not looked at for every image.
  ensure(votes.every(Number.isFinite), where, 'table', () => 'holds what is no finite number');
  return mostVotes(votes);
}

/** The votes of each class, of what has been checked. */
export function countVotes(raster: Int32Array, table: Float64Array, classes: number): Float64Array {
  const votes = new Float64Array(classes);
  for (const neuron of raster) {
    if (neuron < 0) continue;
    for (let label = 0; label < classes; label++) addAt(votes, label, doubleAt(table, neuron * classes + label));
  }
  return votes;
}

/** The class with most votes, the first of several. */
export const mostVotes = (votes: Float64Array): number => votes.indexOf(Math.max(...votes));
