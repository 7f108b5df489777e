import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../../../core/tensors.js';

/**
 * Reduces non-negative values `[images, height, width, maps]` to a grid of equal cells (zeros fill the last ones up).
 *
 * @param reduction  of a cell.
 * @returns `[images, grid · grid · maps]`.
 */
export function poolOnGrid(values: tf.Tensor4D, grid: number, reduction: 'sum' | 'max'): tf.Tensor2D {
  return tidily(() => {
    const [images, height, width, maps] = values.shape;
    const cell: [number, number] = [Math.ceil(height / grid), Math.ceil(width / grid)];
    const filled = tf.pad(values, [
      [0, 0],
      [0, cell[0] * grid - height],
      [0, cell[1] * grid - width],
      [0, 0],
    ]);
    const pooled =
      reduction === 'max'
        ? tf.maxPool(filled, cell, cell, 'valid')
        : tf.mul(tf.avgPool(filled, cell, cell, 'valid'), cell[0] * cell[1]);
    return tf.reshape(pooled, [images, grid * grid * maps]);
  });
}
