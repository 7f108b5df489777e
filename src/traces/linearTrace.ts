import type * as tf from '@tensorflow/tfjs-core';
import { ensure, orThrow } from '../core/errors.js';
import {
  ensureIs,
  fractionScalar,
  leastPositive,
  nothingMore,
  positiveScalar,
  scalar,
  validateParams,
} from '../core/params/validation.js';
import { showShape } from '../core/show.js';
import { sameShape, tidily, toFloat } from '../core/tensors.js';
import { traceStep } from './unchecked/exponentialTrace.js';

/** A trace given by what is left of it after a step. */
export interface LinearTraceParams {
  /** Fraction that stays, in [0, 1]. */
  readonly decay: number;
  /** What one spike adds, dimensionless. */
  readonly amplitude: number;
}

/**
 * One step of a trace that keeps a fixed fraction: `x' = decay·x + amplitude·z`. The exact exponential trace with
 * `tau = tauOfDecay(decay, dt)`, by other words; its `exponential` sibling is {@link traceStep} with `integration: 'euler'`.
 *
 * @param trace   the shape of `spikes`.
 * @param spikes  0/1 or graded.
 * @throws {StdpError} when the shapes differ, or unless `decay` is in [0, 1] and `amplitude` finite.
 *
 * Source: PySNN `linear_trace_update`.
 *
 * @example
 * linearTraceStep([1, 1], [0, 1], { decay: 0.8, amplitude: 1.3 }).print();   // => [0.8, 2.1]
 */
export function linearTraceStep(
  trace: tf.TensorLike | tf.Tensor,
  spikes: tf.TensorLike | tf.Tensor,
  params: LinearTraceParams,
  ...more: readonly never[]
): tf.Tensor {
  const where = 'linearTraceStep';
  nothingMore(more, where, 'linearTraceStep(trace, spikes, params)');
  const checks = { decay: fractionScalar, amplitude: scalar };
  const { decay, amplitude } = orThrow(validateParams(where, {} as LinearTraceParams, params, checks));
  return tidily(() => {
    const [before, z] = [toFloat(trace, where, 'trace'), toFloat(spikes, where, 'spikes')];
    const problem = () => `has shape ${showShape(z.shape)}, trace has ${showShape(before.shape)}`;
    ensure(sameShape(z.shape, before.shape), where, 'spikes', problem);
    const exact = { dt: 1, traceMode: 'cumulative', integration: 'exact' } as const;
    return traceStep(before, z, { ...exact, tau: tauOfDecay(decay), amplitude });
  });
}

/**
 * The time constant of an exact exponential trace that keeps `decay` of itself in each step: `−dt / ln decay`, ms.
 * Infinity for 1; for 0 the shortest time that float32 holds, after which nothing is left.
 *
 * @param dt  step, ms. Default 1.
 * @throws {StdpError} unless `decay` is in [0, 1] and `dt` > 0.
 * @example
 * tauOfDecay(Math.exp(-1 / 20));   // => 20
 */
export function tauOfDecay(decay: number, dt = 1, where = 'tauOfDecay', ...more: readonly never[]): number {
  nothingMore(more, 'tauOfDecay', 'tauOfDecay(decay, dt, where)');
  ensureIs(fractionScalar, decay, where, 'decay');
  ensureIs(positiveScalar, dt, where, 'dt');
  return decay === 1 ? Number.POSITIVE_INFINITY : Math.max(-dt / Math.log(decay), leastPositive);
}
