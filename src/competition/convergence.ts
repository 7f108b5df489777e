import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { tidily, toFloat } from '../core/tensors.js';

/** Where the weights may lie; each side has its default, [0, 1]. */
export interface ConvergenceBounds {
  readonly wMin?: number;
  readonly wMax?: number;
}

/**
 * How far the weights are from having settled at a bound:
 *
 *     C = mean( (w − wMin)(wMax − w) ) / (wMax − wMin)²
 *
 * 0 when every weight is at a bound, 0.25 when all are half-way, whatever the bounds: one threshold serves all of them.
 * With the default bounds it is mean( w(1 − w) ). Weights outside the bounds count negatively. An empty tensor gives 0.
 *
 * @param w       weights, any shape.
 * @param bounds  default wMin = 0, wMax = 1.
 * @throws {StdpError} unless wMin < wMax.
 *
 * Source: Kheradpisheh et al. 2018 (C_l); spikeseg `compute_convergence_metric`, which always assumes [0, 1].
 *
 * @example
 * await computeConvergenceMetric([0, 0.5, 1]);   // => 0.08333
 */
export async function computeConvergenceMetric(
  w: tf.TensorLike | tf.Tensor,
  { wMin = 0, wMax = 1 }: ConvergenceBounds = {},
): Promise<number> {
  const where = 'computeConvergenceMetric';
  ensure(wMin < wMax, where, 'wMin', () => `must be below wMax, got ${wMin} and ${wMax}`);
  const metric = tidily(() => {
    const weights = toFloat(w, where, 'w');
    if (weights.size === 0) return tf.scalar(0);
    return tf.div(tf.mean(tf.mul(tf.sub(weights, wMin), tf.sub(wMax, weights))), (wMax - wMin) ** 2);
  });
  const [value = 0] = await metric.data();
  metric.dispose();
  return value;
}

/**
 * Whether {@link computeConvergenceMetric} is below `threshold` (strictly).
 *
 * @param threshold  default 0.01, as in Kheradpisheh et al. 2018.
 * @throws {StdpError} unless `threshold` is a number > 0.
 *
 * Source: spikeseg `has_converged`.
 *
 * @example
 * await hasConverged([0, 0.999, 1]);   // => true
 */
export async function hasConverged(w: tf.TensorLike | tf.Tensor, threshold = 0.01, bounds?: ConvergenceBounds): Promise<boolean> {
  ensure(threshold > 0, 'hasConverged', 'threshold', () => `must be a number > 0, got ${threshold}`);
  return (await computeConvergenceMetric(w, bounds)) < threshold;
}
