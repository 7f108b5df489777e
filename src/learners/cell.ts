import type * as tf from '@tensorflow/tfjs-core';
import type { Topology } from '../topologies/topology.js';
import type { ParameterBounds } from '../updates/halfBound.js';

/** Two layers and what connects them, as a trainer sees them. */
export interface Cell {
  /** The parameter that learns, at the start: weights, or delays in ms. */
  readonly w: tf.TensorLike | tf.Tensor;
  /** Shape of the input spikes, with or without a batch. */
  readonly pre: readonly number[];
  /** Shape of the output spikes. */
  readonly post: readonly number[];
  /** How the layers are wired. Default `dense`. */
  readonly topology?: Topology;
  /**
   * Of the parameter, in place of the rule's own and of its weight dependence, see {@link ParameterBounds}. Decay is no bound, and
   * stays.
   */
  readonly bounds?: ParameterBounds;
}
