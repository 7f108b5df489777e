import * as tf from '@tensorflow/tfjs-core';
import { mapLeft } from 'fp-ts/lib/Either.js';
import { orThrow } from '../core/errors.js';
import { type Check, integerFrom, nothingMore, positiveScalar, validateParams } from '../core/params/validation.js';
import { aSeed, randomUniform, type Seed } from '../core/random.js';
import { checkShape } from '../core/shapes.js';
import { tidily, toFloat } from '../core/tensors.js';

/** How long and how finely to draw spikes. */
export interface PoissonOptions {
  /** Number of time steps T. */
  readonly steps: number;
  /** Step, ms. Default 1. */
  readonly dt?: number;
  /** Decides every spike, the same on every backend. */
  readonly seed: Seed;
}

/**
 * Poisson spike trains, as one Bernoulli draw per neuron and step:
 *
 *     P(spike) = rate · dt / 1000,  never more than 1
 *
 * @param rates    Hz, any shape; a rate ≤ 0 never fires.
 * @param options  see {@link PoissonOptions}.
 * @returns spikes 0/1, `[T, …]`.
 * @throws {StdpError} when `steps`, `dt` or `seed` is out of range.
 *
 * Source: Diehl and Cook 2015 (there at most 63.75 Hz for 350 ms).
 *
 * @example
 * const spikes = poissonEncode(tf.fill([784], 63.75), { steps: 350, seed: 1 });   // about 22 spikes per neuron
 * spikes.shape;   // => [350, 784]
 */
export function poissonEncode(rates: tf.TensorLike | tf.Tensor, options: PoissonOptions, ...more: readonly never[]): tf.Tensor {
  const where = 'poissonEncode';
  nothingMore(more, where, 'poissonEncode(rates, options)');
  const { steps, dt, seed } = orThrow(validateParams(where, { dt: 1 } as Required<PoissonOptions>, options, checks, 'options'));
  return tidily(() => {
    const probability = tf.mul(toFloat(rates, where, 'rates'), dt / 1000);
    const shape = [...checkShape([steps, ...probability.shape], where, 'steps')];
    const draws = tf.tensor(randomUniform(steps * probability.size, seed), shape);
    return tf.step(tf.sub(probability, draws));
  });
}

const milliseconds: Check = (value) => mapLeft((expected: string) => `${expected} (ms)`)(positiveScalar(value));
const checks = { steps: integerFrom(1), dt: milliseconds, seed: aSeed };
