import { addAt, at, floatAt } from '../../core/at.js';
import { unreachable } from '../../core/errors.js';
import { randomPermutation, type Seed } from '../../core/random.js';
import type { RecordSpec } from '../circuit.js';

/** What is recorded of weights at a time. */
export type WeightReading = (weights: Float32Array) => Float32Array;

type As = NonNullable<NonNullable<RecordSpec['weights']>['as']>;

/** Bins of a histogram. */
const bins = 32;

/** Synapses of a sample, at most. */
const most = 100;

/** A way to read weights. */
export function weightReading(as: As, synapses: number, seed: Seed): WeightReading {
  switch (as) {
    case 'mean':
      return mean;
    case 'histogram':
      return histogram;
    case 'sample': {
      const sample = randomPermutation(synapses, seed).slice(0, most).sort();
      return (weights) =>
        Float32Array.from(sample, (synapse) => (weights.length === 1 ? at(weights, 0) : floatAt(weights, synapse)));
    }
    default:
      return unreachable(as);
  }
}

const mean: WeightReading = (weights) => Float32Array.of(weights.reduce((sum, w) => sum + w, 0) / Math.max(1, weights.length));

const least = (weights: Float32Array) => weights.reduce((low, w) => Math.min(low, w), Number.POSITIVE_INFINITY);
const largest = (weights: Float32Array) => weights.reduce((high, w) => Math.max(high, w), Number.NEGATIVE_INFINITY);

/** The least and the largest weight, and the share of weights in each bin between them. */
function histogram(weights: Float32Array): Float32Array {
  const [low, high] = [least(weights), largest(weights)];
  const counts = new Float64Array(bins);
  const perUnit = high > low ? bins / (high - low) : 0;
  for (const w of weights) addAt(counts, Math.min(bins - 1, Math.floor((w - low) * perUnit)), 1);
  return Float32Array.of(low, high, ...counts.map((count) => count / weights.length));
}
