import * as tf from '@tensorflow/tfjs-core';
import { asTensor } from '../core/tensors.js';
import type { Limits } from './scaling.js';

/** Weights held within bounds that broadcast with them. */
export const clamped = (w: tf.Tensor, { wMin, wMax }: Limits): tf.Tensor =>
  typeof wMin === 'number' && typeof wMax === 'number'
    ? tf.clipByValue(w, wMin, wMax)
    : tf.minimum(tf.maximum(w, asTensor(wMin)), asTensor(wMax));
