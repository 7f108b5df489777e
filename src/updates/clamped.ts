import * as tf from '@tensorflow/tfjs-core';
import type { Numeric } from '../core/params/validation.js';
import { asTensor } from '../core/tensors.js';
import type { Limits } from './scaling.js';

/** Weights held within bounds that broadcast with them. */
export function clamped(w: tf.Tensor, { wMin, wMax }: Limits): tf.Tensor {
  if (typeof wMin === 'number' && typeof wMax === 'number') return tf.clipByValue(w, wMin, wMax);
  // In the shape of w: the gradients of tfjs's minimum and maximum don't sum over what was broadcast.
  const whole = (bound: Numeric): tf.Tensor => tf.add(asTensor(bound), tf.zerosLike(w));
  return tf.minimum(tf.maximum(w, whole(wMin)), whole(wMax));
}
