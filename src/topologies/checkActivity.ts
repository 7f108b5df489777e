import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { checkShape } from '../core/shapes.js';
import { show, showShape } from '../core/show.js';

/** The activity of a layer, once it is known to be a tensor of its rank that is still there. */
export function checkActivity(given: unknown, rank: number, where: string, argument: string): tf.Tensor {
  ensure(given instanceof tf.Tensor, where, argument, () => `must be a tensor, got ${show(given)}`);
  ensure(!given.isDisposed, where, argument, () => 'was disposed, or given away by a donated step');
  const isNumeric = given.dtype !== 'string' && given.dtype !== 'complex64';
  ensure(isNumeric, where, argument, () => `has dtype ${given.dtype}, needs float32`);
  ensure(given.rank === rank, where, argument, () => `has shape ${showShape(given.shape)}, needs rank ${rank} with the batch`);
  return given;
}

/** The shapes of a layer's inputs and of its weights, once they are known to be shapes of that rank. */
export function fitsTogether(
  where: string,
  argument: string,
  preShape: readonly number[],
  weightShape: readonly number[],
  rank: number,
): readonly [pre: readonly number[], w: readonly number[]] {
  const [pre, w] = [checkShape(preShape, where, argument), checkShape(weightShape, where, 'w')];
  const ranks = pre.length === rank && w.length === rank;
  ensure(ranks, where, argument, () => `${showShape(pre)} and w ${showShape(w)} must have rank ${rank}`);
  return [pre, w];
}
