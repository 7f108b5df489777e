import * as tf from '@tensorflow/tfjs-core';

/**
 * Entry by entry one of two tensors: `yes` where the condition is not 0. All have one shape. (`tf.where` fails on webgpu, 4.22,
 * with more than four axes.)
 */
export function select(condition: tf.Tensor, yes: tf.Tensor, no: tf.Tensor): tf.Tensor {
  const { rank, shape, size } = no;
  if (rank <= 4) return tf.where(tf.cast(condition, 'bool'), yes, no);
  const flat = (tensor: tf.Tensor) => tf.reshape(tensor, [size]);
  return tf.reshape(tf.where(tf.cast(flat(condition), 'bool'), flat(yes), flat(no)), shape);
}
