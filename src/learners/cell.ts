import type * as tf from '@tensorflow/tfjs-core';
import type { Topology } from '../topologies/topology.js';
import type { ParameterBounds } from '../updates/halfBound.js';

/**
 * Two layers and what connects them, as a trainer sees them.
 *
 * @property w         the parameter that learns, at the start: weights, or delays in ms.
 * @property pre       shape of the input spikes, with or without a batch.
 * @property post      shape of the output spikes.
 * @property topology  how the layers are wired. Default `dense`.
 * @property bounds    of the parameter, in place of the rule's own and of its weight dependence, see {@link ParameterBounds}. Decay
 *                     is no bound, and stays.
 */
export interface Cell {
  readonly w: tf.TensorLike | tf.Tensor;
  readonly pre: readonly number[];
  readonly post: readonly number[];
  readonly topology?: Topology;
  readonly bounds?: ParameterBounds;
}
