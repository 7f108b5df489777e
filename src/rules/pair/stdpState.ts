import type * as tf from '@tensorflow/tfjs-core';

/**
 * The memory of the pair rule: one trace per neuron on each side, the shape of the spikes.
 *
 * @property tPre    presynaptic trace.
 * @property tPost   postsynaptic trace.
 * @property tPlus   of schemes that pair a spike once: what a post spike would be paired with, `[batch, positions, taps, out]`.
 * @property tMinus  of such schemes: what a pre spike would be paired with, the same shape.
 */
export interface StdpState {
  readonly tPre: tf.Tensor;
  readonly tPost: tf.Tensor;
  readonly tPlus?: tf.Tensor;
  readonly tMinus?: tf.Tensor;
}
