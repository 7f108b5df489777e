import * as tf from '@tensorflow/tfjs-core';

/**
 * Whether tensors may be overwritten while others are read: nothing else shares the values of any of them, neither another tensor
 * of tfjs's nor one of these, and none of them is read.
 */
export function mayOverwrite(tensors: readonly tf.Tensor[], read: readonly tf.Tensor[]): boolean {
  const { backend } = tf.engine();
  return tensors.every(
    ({ dataId }, index) =>
      backend.refCount(dataId) === 1 &&
      tensors.findIndex((tensor) => tensor.dataId === dataId) === index &&
      !read.some((tensor) => tensor.dataId === dataId),
  );
}
