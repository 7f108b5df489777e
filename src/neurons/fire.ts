import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { aNumber, ensureIs, nothingMore, optional } from '../core/params/validation.js';
import { select } from '../core/select.js';
import { showShape } from '../core/show.js';
import { tidily, toFloat } from '../core/tensors.js';

/**
 * Who fires: 1 where the potential is above the threshold (strictly), else 0. Without a threshold, as in a decision
 * layer, nobody fires before the last step, and there the spike is the sign of the potential (−1 for a negative one).
 *
 *     spikes[t] = [potentials[t] > threshold]        without threshold: spikes[T − 1] = sign(potentials[T − 1]), else 0
 *
 * Potentials that only grow (those of a cumulative wave under non-negative weights) give a cumulative wave again.
 *
 * @param potentials  `[T, …]`, usually `[T, H, W, C]`.
 * @param threshold   dimensionless. Default: none.
 * @returns the shape of `potentials`.
 * @throws {StdpError} when `potentials` has no time axis or `threshold` is no number.
 *
 * Source: SpykeTorch `fire` (which gives −1 where threshold < potential < 0; here that is a spike as any other).
 *
 * @example
 * fire(tf.tensor2d([[1, 5], [3, 9]]), 2).print();   // => [[0, 1], [1, 1]]
 */
export function fire(potentials: tf.TensorLike | tf.Tensor, threshold?: number, ...more: readonly never[]): tf.Tensor {
  nothingMore(more, 'fire', 'fire(potentials, threshold)');
  return tidily(() => {
    const values = checkedPotentials(potentials, threshold, 'fire');
    return threshold === undefined ? lastStepOnly(values, tf.sign) : tf.step(tf.sub(values, threshold));
  });
}

/**
 * The potentials of the neurons that fire, 0 elsewhere: those strictly above the threshold, or without a threshold (a
 * decision layer) those of the last step.
 *
 * @param potentials  `[T, …]`, finite.
 * @param threshold   dimensionless. Default: none.
 * @returns the shape of `potentials`.
 * @throws {StdpError} as {@link fire}.
 *
 * Source: SpykeTorch `threshold`.
 *
 * @example
 * thresholdPotentials(tf.tensor2d([[1, 5], [3, 9]]), 2).print();   // => [[0, 5], [3, 9]]
 */
export function thresholdPotentials(
  potentials: tf.TensorLike | tf.Tensor,
  threshold?: number,
  ...more: readonly never[]
): tf.Tensor {
  nothingMore(more, 'thresholdPotentials', 'thresholdPotentials(potentials, threshold)');
  return tidily(() => {
    const values = checkedPotentials(potentials, threshold, 'thresholdPotentials');
    if (threshold === undefined) return lastStepOnly(values, tf.clone);
    return select(tf.step(tf.sub(values, threshold)), values, tf.zerosLike(values));
  });
}

function checkedPotentials(potentials: tf.TensorLike | tf.Tensor, threshold: number | undefined, where: string): tf.Tensor {
  ensureIs(optional(aNumber), threshold, where, 'threshold');
  const values = toFloat(potentials, where, 'potentials');
  ensure(
    values.rank > 0 && at(values.shape, 0) > 0,
    where,
    'potentials',
    () => `has shape ${showShape(values.shape)}, needs [T, …] with T ≥ 1`,
  );
  return values;
}

function lastStepOnly(values: tf.Tensor, change: (last: tf.Tensor) => tf.Tensor): tf.Tensor {
  const [steps = 1, ...neurons] = values.shape;
  const last = tf.slice(values, [steps - 1, ...neurons.map(() => 0)], [1, ...neurons]);
  return tf.concat([tf.zeros([steps - 1, ...neurons]), change(last)], 0);
}
