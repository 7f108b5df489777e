import { at, floatAt } from '../../core/at.js';
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

/** A way to read weights. @param bounds  between which a histogram lies; where there are none, the least and the largest. */
export function weightReading(
  as: As,
  synapses: number,
  bounds: readonly [number, number] | undefined,
  seed: Seed,
): WeightReading {
  switch (as) {
    case 'mean':
      return mean;
    case 'histogram':
      return (weights) => histogram(weights, bounds ?? [least(weights), largest(weights)]);
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

/** The share of weights in each bin. */
function histogram(weights: Float32Array, [low, high]: readonly [number, number]): Float32Array {
  const shares = new Float32Array(bins);
  const perUnit = high > low ? bins / (high - low) : 0;
  for (const w of weights) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((w - low) * perUnit)));
    shares[bin] = floatAt(shares, bin) + 1;
  }
  return shares.map((count) => count / Math.max(1, weights.length));
}
