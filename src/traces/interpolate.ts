import * as tf from '@tensorflow/tfjs-core';
import { ensure, orThrow, unreachable } from '../core/errors.js';
import { ensureIs, nothingMore, oneOf, positiveScalar, timeConstantScalar, validateParams } from '../core/params/validation.js';
import { select } from '../core/select.js';
import { showShape } from '../core/show.js';
import { sameShape, tidily, toFloat, toTimes, valuesAtHand } from '../core/tensors.js';

/**
 * What a signal is taken to be between two of its samples.
 *
 * | form | value |
 * |---|---|
 * | `previous` | the older sample |
 * | `next` | the newer one |
 * | `nearest` | the nearer one, the older when halfway |
 * | `linear` | older + (newer − older)·elapsed/dt |
 * | `expDecay` | older·exp(−elapsed/tau): a trace without spikes in between |
 */
export type Interpolation = 'previous' | 'next' | 'nearest' | 'linear' | 'expDecay';

/** Times of an interpolation. */
export interface InterpolationTimes {
  /** Distance of two samples, ms. */
  readonly dt: number;
  /** Time constant of `expDecay`, ms. Default 20. */
  readonly tau?: number;
}

/**
 * The value of a signal between two samples, elementwise.
 *
 * @param older    sample before the moment.
 * @param newer    sample after it, the shape of `older`.
 * @param elapsed  time from the older sample to the moment, in [0, dt] ms, the shape of `older`.
 * @param form     see {@link Interpolation}.
 * @param times    see {@link InterpolationTimes}.
 * @throws {StdpError} when shapes differ, a time is out of range (`elapsed` where it is at hand) or the form unknown.
 *
 * Source: Inferno `interp_previous`, `interp_next`, `interp_nearest`, `interp_linear`, `interp_expdecay`, and
 * `interp_expratedecay` (of the rate 1/tau).
 *
 * @example
 * interpolate(tf.tensor1d([1]), tf.tensor1d([3]), tf.tensor1d([0.25]), 'linear', { dt: 1 }).print();   // => [1.5]
 */
export function interpolate(
  older: tf.TensorLike | tf.Tensor,
  newer: tf.TensorLike | tf.Tensor,
  elapsed: tf.TensorLike | tf.Tensor,
  form: Interpolation,
  times: InterpolationTimes,
  ...more: readonly never[]
): tf.Tensor {
  nothingMore(more, where, 'interpolate(older, newer, elapsed, form, times)');
  ensureIs(oneOf('previous', 'next', 'nearest', 'linear', 'expDecay'), form, where, 'form');
  const checks = { dt: positiveScalar, tau: timeConstantScalar };
  const { dt, tau } = orThrow(
    validateParams<Required<InterpolationTimes>>(where, { tau: 20 } as Required<InterpolationTimes>, times, checks, 'times'),
  );
  return tidily(() => {
    const [before, after] = [toTimes(older, where, 'older'), toTimes(newer, where, 'newer')];
    const since = checkedElapsed(elapsed, dt);
    for (const [name, { shape }] of Object.entries({ newer: after, elapsed: since })) {
      const problem = () => `has shape ${showShape(shape)}, older has ${showShape(before.shape)}`;
      ensure(sameShape(shape, before.shape), where, name, problem);
    }
    switch (form) {
      case 'previous':
        return tf.clone(before);
      case 'next':
        return tf.clone(after);
      case 'nearest':
        return select(tf.step(tf.sub(since, dt / 2)), after, before);
      case 'linear':
        return tf.add(before, tf.mul(tf.sub(after, before), tf.div(since, dt)));
      case 'expDecay':
        return tf.mul(before, tf.exp(tf.div(since, -tau)));
      default:
        return unreachable(form);
    }
  });
}

const where = 'interpolate';

function checkedElapsed(elapsed: tf.TensorLike | tf.Tensor, dt: number): tf.Tensor {
  const since = toFloat(elapsed, where, 'elapsed');
  const outside = Array.from(valuesAtHand(since) ?? []).find((time) => !(time >= 0 && time <= Math.fround(dt)));
  ensure(outside === undefined, where, 'elapsed', () => `must be in [0, ${dt}] ms, holds ${outside}`);
  return since;
}
