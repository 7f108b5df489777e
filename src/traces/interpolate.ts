import * as tf from '@tensorflow/tfjs-core';
import { unreachable } from '../core/errors.js';
import { tidily } from '../core/tensors.js';

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

/**
 * The value of a signal between two samples, elementwise.
 *
 * @param older    sample before the moment.
 * @param newer    sample after it, the shape of `older`.
 * @param elapsed  time from the older sample to the moment, in [0, dt] ms, the shape of `older`.
 * @param form     see {@link Interpolation}.
 * @param times    `dt`: distance of the samples, ms; `tau`: time constant of `expDecay`, ms. Default 20.
 *
 * Source: Inferno `interp_previous`, `interp_next`, `interp_nearest`, `interp_linear`, `interp_expdecay`, and
 * `interp_expratedecay` (of the rate 1/tau).
 *
 * @example
 * interpolate(tf.tensor1d([1]), tf.tensor1d([3]), tf.tensor1d([0.25]), 'linear', { dt: 1 }).print();   // => [1.5]
 */
export function interpolate(
  older: tf.Tensor,
  newer: tf.Tensor,
  elapsed: tf.Tensor,
  form: Interpolation,
  { dt, tau = 20 }: { readonly dt: number; readonly tau?: number },
): tf.Tensor {
  return tidily(() => {
    const between = (share: tf.Tensor) => tf.add(older, tf.mul(tf.sub(newer, older), share));
    switch (form) {
      case 'previous':
        return tf.clone(older);
      case 'next':
        return tf.clone(newer);
      case 'nearest':
        return between(tf.step(tf.sub(elapsed, dt / 2)));
      case 'linear':
        return between(tf.div(elapsed, dt));
      case 'expDecay':
        return tf.mul(older, tf.exp(tf.div(elapsed, -tau)));
      default:
        return unreachable(form);
    }
  });
}
