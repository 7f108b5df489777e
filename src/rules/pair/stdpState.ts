import type * as tf from '@tensorflow/tfjs-core';

/** The memory of the pair rule: one trace per neuron on each side, the shape of the spikes. */
export interface StdpState {
  /** Presynaptic trace. */
  readonly tPre: tf.Tensor;
  /** Postsynaptic trace. */
  readonly tPost: tf.Tensor;
  /** What a post spike would be paired with, `[batch, positions, taps, out]`, of schemes that pair a spike once. */
  readonly tPlus?: tf.Tensor;
  /** What a pre spike would be paired with, the same shape. */
  readonly tMinus?: tf.Tensor;
}
