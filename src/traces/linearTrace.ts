import type * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { tidily, toFloat } from '../core/tensors.js';
import { traceStep } from './exponentialTrace.js';

/**
 * A trace given by what is left of it after a step.
 *
 * @property decay      fraction that stays, in [0, 1].
 * @property amplitude  what one spike adds, dimensionless.
 */
export interface LinearTraceParams {
  readonly decay: number;
  readonly amplitude: number;
}

/**
 * One step of a trace that keeps a fixed fraction: `x' = decay·x + amplitude·z`. The exact exponential trace with
 * `tau = tauOfDecay(decay, dt)`, by other words; its `exponential` sibling is {@link traceStep} with `integration: 'euler'`.
 *
 * @param trace   the shape of `spikes`.
 * @param spikes  0/1 or graded.
 * @throws {StdpError} unless `decay` is in [0, 1].
 *
 * Source: PySNN `linear_trace_update`.
 *
 * @example
 * linearTraceStep([1, 1], [0, 1], { decay: 0.8, amplitude: 1.3 }).print();   // => [0.8, 2.1]
 */
export function linearTraceStep(
  trace: tf.TensorLike | tf.Tensor,
  spikes: tf.TensorLike | tf.Tensor,
  { decay, amplitude }: LinearTraceParams,
): tf.Tensor {
  const where = 'linearTraceStep';
  const tau = tauOfDecay(decay, 1, where);
  return tidily(() =>
    traceStep(toFloat(trace, where, 'trace'), toFloat(spikes, where, 'spikes'), {
      tau,
      amplitude,
      dt: 1,
      traceMode: 'cumulative',
      integration: 'exact',
    }),
  );
}

/**
 * The time constant of an exact exponential trace that keeps `decay` of itself in each step: `−dt / ln decay`, ms.
 * Infinity for 1; for 0 the shortest time that a number can hold, after which nothing is left.
 *
 * @param dt  step, ms. Default 1.
 * @throws {StdpError} unless `decay` is in [0, 1].
 * @example
 * tauOfDecay(Math.exp(-1 / 20));   // => 20
 */
export function tauOfDecay(decay: number, dt = 1, where = 'tauOfDecay'): number {
  ensure(decay >= 0 && decay <= 1, where, 'decay', () => `must be a number in [0, 1], got ${decay}`);
  return decay === 1 ? Number.POSITIVE_INFINITY : Math.max(-dt / Math.log(decay), Number.MIN_VALUE);
}
