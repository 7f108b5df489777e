import * as tf from '@tensorflow/tfjs-core';

/**
 * A signed change as its two sides, each ≥ 0: `change = raises − lowers`, of which one is 0. A gradient passes through the
 * two together everywhere, at a change of 0 as well (where that of two rectifiers would be lost).
 */
export function splitSigns(change: tf.Tensor): { readonly raises: tf.Tensor; readonly lowers: tf.Tensor } {
  const raises = tf.relu(change);
  return { raises, lowers: tf.sub(raises, change) };
}
