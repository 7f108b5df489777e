import * as tf from '@tensorflow/tfjs-core';

/** Whether no other tensor shares the values of this one. */
export const isUnshared = ({ dataId }: tf.Tensor): boolean => tf.engine().backend.refCount(dataId) === 1;
