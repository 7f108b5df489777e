import * as tf from '@tensorflow/tfjs-core';
import { addCompensated, type CompensatedSum } from '../core/compensatedSum.js';
import { ensure } from '../core/errors.js';
import { showShape } from '../core/show.js';
import { sameShape, toFloat } from '../core/tensors.js';

/** How often each neuron of a layer did something, [H, W, C]: counts beyond 2²⁴ as well. */
export type Counts = CompensatedSum;

/** None yet. */
export const noCounts = (shape: readonly number[]): Counts => ({ sum: tf.zeros([...shape]), rest: tf.zeros([...shape]) });

/** The counts after one more batch `[B, H, W, C]`. */
export const counted = ({ sum, rest }: Counts, batch: tf.Tensor): Counts =>
  addCompensated(sum, rest, batch.size === 0 ? tf.zerosLike(sum) : tf.sum(batch, 0));

/**
 * Counts as they stand in a state.
 *
 * @param name  of the field that holds `sum`.
 * @param rest  the field that holds the rest; none: 0.
 * @throws {StdpError} unless both are tensors `[H, W, C]`.
 */
export function countsIn(where: string, name: string, sum: tf.Tensor, rest: unknown): Counts {
  ensure(sum.rank === 3, where, `state.${name}`, () => `has shape ${showShape(sum.shape)}, needs [H, W, C]`);
  if (rest === undefined) return { sum, rest: tf.zerosLike(sum) };
  const [field, given] = [`state.${name}Rest`, toFloat(rest as tf.TensorLike, where, `state.${name}Rest`)];
  const problem = () => `has shape ${showShape(given.shape)}, ${name} has ${showShape(sum.shape)}`;
  ensure(sameShape(given.shape, sum.shape), where, field, problem);
  return { sum, rest: given };
}
