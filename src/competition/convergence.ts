import * as tf from '@tensorflow/tfjs-core';
import { ensure, orThrow } from '../core/errors.js';
import { ensureIs, nothingMore, positiveScalar, scalar, validateParams } from '../core/params/validation.js';
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
 * @throws {StdpError} (as a rejection) unless wMin < wMax and all weights are finite.
 *
 * Source: Kheradpisheh et al. 2018 (C_l); spikeseg `compute_convergence_metric`, which always assumes [0, 1].
 *
 * @example
 * await computeConvergenceMetric([0, 0.5, 1]);   // => 0.08333
 */
export async function computeConvergenceMetric(
  w: tf.TensorLike | tf.Tensor,
  bounds?: ConvergenceBounds,
  ...more: readonly never[]
): Promise<number> {
  nothingMore(more, 'computeConvergenceMetric', 'computeConvergenceMetric(w, bounds)');
  return metric('computeConvergenceMetric', w, bounds);
}

async function metric(where: string, w: tf.TensorLike | tf.Tensor, bounds: ConvergenceBounds | undefined): Promise<number> {
  const defaults = { wMin: 0, wMax: 1 };
  const { wMin, wMax } = orThrow(validateParams(where, defaults, bounds, { wMin: scalar, wMax: scalar }, 'bounds'));
  ensure(wMin < wMax, where, 'wMin', () => `must be below wMax, got ${wMin} and ${wMax}`);
  const mean = tidily(() => {
    const weights = toFloat(w, where, 'w');
    if (weights.size === 0) return tf.scalar(0);
    // Each factor is divided by itself: the square of wide bounds would be too large for float32.
    const share = (difference: tf.Tensor) => tf.div(difference, wMax - wMin);
    return tf.mean(tf.mul(share(tf.sub(weights, wMin)), share(tf.sub(wMax, weights))));
  });
  const [value = 0] = await mean.data();
  mean.dispose();
  ensure(Number.isFinite(value), where, 'w', () => 'holds NaN or Infinity');
  return value;
}

/**
 * Whether {@link computeConvergenceMetric} is below `threshold` (strictly). Weights outside the bounds count negatively there, so
 * that they pass for converged, as in the peer: clip them first.
 *
 * @param threshold  default 0.01, as in Kheradpisheh et al. 2018.
 * @throws {StdpError} (as a rejection) unless `threshold` is a number > 0, and as {@link computeConvergenceMetric}.
 *
 * Source: spikeseg `has_converged`.
 *
 * @example
 * await hasConverged([0, 0.999, 1]);   // => true
 */
export async function hasConverged(
  w: tf.TensorLike | tf.Tensor,
  threshold = 0.01,
  bounds?: ConvergenceBounds,
  ...more: readonly never[]
): Promise<boolean> {
  nothingMore(more, 'hasConverged', 'hasConverged(w, threshold, bounds)');
  ensureIs(positiveScalar, threshold, 'hasConverged', 'threshold');
  return (await metric('hasConverged', w, bounds)) < threshold;
}
