import * as tf from '@tensorflow/tfjs-core';

/**
 * A sum of which float32 holds the leading 24 bits, and what is left of it: together they count far beyond 2²⁴, where float32
 * alone stands still.
 */
export interface CompensatedSum {
  readonly sum: tf.Tensor;
  readonly rest: tf.Tensor;
}

/**
 * One more value added, without losing what rounding takes (Knuth's two-sum). `sum` is the total rounded to float32.
 *
 * @param rest  of the sum so far; none: 0.
 */
export function addCompensated(sum: tf.Tensor, rest: tf.Tensor | undefined, value: tf.Tensor): CompensatedSum {
  const added = rest === undefined ? value : tf.add(value, rest);
  const total = tf.add(sum, added);
  const taken = tf.sub(total, sum);
  return { sum: total, rest: tf.add(tf.sub(sum, tf.sub(total, taken)), tf.sub(added, taken)) };
}
