import type * as tf from '@tensorflow/tfjs-core';
import type { LifFeedForwardState } from '../../neurons/lif.js';

/**
 * A dense layer in the middle of its life.
 *
 * @property w       weights `[nPre, nPost]`.
 * @property rule    the state of the learning rule.
 * @property neuron  membranes and currents, `[batch, nPost]` or `[nPost]`.
 * @property spikes  of the latest step, the same shape.
 */
export interface LayerState<State> {
  readonly w: tf.Tensor;
  readonly rule: State;
  readonly neuron: LifFeedForwardState;
  readonly spikes: tf.Tensor;
}
