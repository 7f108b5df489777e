import * as tf from '@tensorflow/tfjs-core';
import { StdpError } from '../core/errors.js';
import { show } from '../core/show.js';
import { tidily } from '../core/tensors.js';
import { sampleSums } from '../topologies/synapseSums.js';
import type { Topology } from '../topologies/topology.js';

/** One synapse in a small layer, and the two neurons that it connects. */
export interface OneSynapse {
  /** Shapes of the layers, without a batch, and of the weights. */
  readonly shapes: { readonly pre: readonly number[]; readonly post: readonly number[]; readonly w: readonly number[] };
  /** The place of its input in the layer. */
  readonly pre: number;
  /** The place of its output. */
  readonly post: number;
  /** The place of its weight. */
  readonly weight: number;
}

/** A dense layer of one synapse. */
export const aloneInItsLayer: OneSynapse = { shapes: { pre: [1], post: [1], w: [1, 1] }, pre: 0, post: 0, weight: 0 };

/**
 * A synapse of a wiring: one of the output in the middle of its first example.
 *
 * @throws {StdpError} when the topology has no example, or that output no synapse.
 */
export async function synapseOf(topology: Topology, where: string): Promise<OneSynapse> {
  const { type, examples: [example] = [], exists } = topology;
  if (example === undefined)
    throw new StdpError(where, 'topology', `${show(type)} has no examples: layers { pre, w } that it connects`);
  const { pre, w } = example;
  const post = topology.outputShape(where, [1, ...pre], w).slice(1);
  const middle = sizeOf(post) >> 1;
  for (let input = 0; input < sizeOf(pre); input++) {
    const found = tidily(() => {
      const [one, other] = [at(pre, input), at(post, middle)];
      const seen = tf.reshape(sampleSums({ pre: one, post: other }, topology, w), [...w]);
      return tf.reshape(exists === undefined ? seen : tf.mul(seen, exists(w)), [-1]);
    });
    const weight = (await found.data()).findIndex((value) => value > 0);
    found.dispose();
    if (weight >= 0) return { shapes: { pre, post, w }, pre: input, post: middle, weight };
  }
  throw new StdpError(where, 'topology', `${show(type)} has no synapse at output ${middle} of its example`);
}

/** A layer in which one neuron spikes, or none. */
export const spikeAt = (shape: readonly number[], neuron: number, spikes: boolean): tf.Tensor =>
  spikes ? tf.squeeze(at(shape, neuron), [0]) : tf.zeros([...shape]);

const at = (shape: readonly number[], neuron: number): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: sizeOf(shape) }, (_, index) => Number(index === neuron)),
    [1, ...shape],
  );

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);
