import * as tf from '@tensorflow/tfjs-core';
import { floats } from './tensors.js';

/** 1 at the index, 0 at all others, along a new last axis of `depth` ≥ 1; `tf.oneHot` knows no depth of 1. */
export const oneHot = (index: tf.Tensor, depth: number): tf.Tensor => {
  const distance = tf.abs(tf.sub(floats(tf.expandDims(index, -1)), tf.range(0, depth)));
  return tf.sub(1, tf.clipByValue(distance, 0, 1));
};
