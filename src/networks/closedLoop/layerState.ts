import type * as tf from '@tensorflow/tfjs-core';
import type { LifFeedForwardState } from '../../neurons/lif.js';

/** A dense layer in the middle of its life. */
export interface LayerState<State> {
  /** Weights `[nPre, nPost]`. */
  readonly w: tf.Tensor;
  /** The state of the learning rule. */
  readonly rule: State;
  /** Membranes and currents, `[batch, nPost]` or `[nPost]`. */
  readonly neuron: LifFeedForwardState;
  /** Spikes of the latest step, the same shape. */
  readonly spikes: tf.Tensor;
}
