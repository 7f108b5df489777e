import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { tidily } from '../core/tensors.js';
import type { Topology } from './topology.js';

/** Two factors of a change, of which one may be 1: a whole layer that is the same everywhere. */
export interface Factors {
  readonly pre: tf.Tensor | 1;
  readonly post: tf.Tensor | 1;
}

/** What the synapses see of the inputs, with an axis for the outputs: `[batch, positions, taps, outputs or 1]`. */
export const preSide = (pre: tf.Tensor, topology: Topology, weightShape: readonly number[]): tf.Tensor => {
  const rows = topology.preRows(pre, weightShape);
  return rows.rank === 4 ? rows : tf.expandDims(rows, 3);
};

/** What the synapses see of the outputs, with an axis for the taps: `[batch, positions, taps or 1, outputs]`. */
export const postSide = (post: tf.Tensor, topology: Topology, weightShape: readonly number[]): tf.Tensor => {
  const rows = topology.postRows(post, weightShape);
  return rows.rank === 4 ? rows : tf.expandDims(rows, 2);
};

/** How many positions the synapses of layers of these shapes are summed over. */
export const positionsOf = (postShape: readonly number[], topology: Topology, weightShape: readonly number[]): number =>
  at(
    tidily(() => topology.postRows(tf.zeros([1, ...postShape.slice(1)]), weightShape).shape),
    1,
  );

/** One value for each synapse, or for each output `[batch, 1, outputs]`, in the shape of the weights behind a batch axis. */
export function overSynapses(values: tf.Tensor, weightShape: readonly number[]): tf.Tensor {
  const [batch = 1, taps = 1, outputs = 1] = values.shape;
  const isWhole = taps * outputs === sizeOf(weightShape);
  return tf.reshape(values, isWhole ? [batch, ...weightShape] : [batch, ...weightShape.slice(0, -1).map(() => 1), outputs]);
}

/** `Σ_p pre[b, p] ⊗ post[b, p]` for each sample: `[batch, taps, outputs]`. */
export const sampleSums = (factors: Factors, topology: Topology, weightShape: readonly number[]): tf.Tensor =>
  tidily(() => {
    const { pre, post, isProductOfRows } = sides(factors, topology, weightShape);
    if (isProductOfRows) return tf.matMul(tf.transpose(pre, [0, 2, 1]), post);
    return tf.sum(product(pre, post, weightShape), 1);
  });

/** The same, summed over the samples: `[taps, outputs]`. */
export const batchSums = (factors: Factors, topology: Topology, weightShape: readonly number[]): tf.Tensor =>
  tidily(() => {
    const { pre, post, isProductOfRows } = sides(factors, topology, weightShape);
    if (!isProductOfRows) return tf.sum(product(pre, post, weightShape), [0, 1]);
    const flat = tf.reshape(pre, [-1, at(pre.shape, -1)]);
    return tf.matMul(tf.transpose(flat), tf.reshape(post, [-1, at(post.shape, -1)]) as tf.Tensor2D);
  });

/** Both sides as rows that matrices are multiplied of, or, where a side has one value for each synapse, with all four axes. */
function sides({ pre, post }: Factors, topology: Topology, weightShape: readonly number[]) {
  const given: readonly (tf.Tensor | undefined)[] = [
    pre === 1 ? undefined : topology.preRows(pre, weightShape),
    post === 1 ? undefined : topology.postRows(post, weightShape),
  ];
  const [batch = 1, positions = 1] = given.find((rows) => rows !== undefined)?.shape ?? [];
  const outputs = at(weightShape, -1);
  const taps = sizeOf(weightShape.slice(0, -1));
  const [before = tf.ones([batch, positions, taps]), after = tf.ones([batch, positions, outputs])] = given;
  return { pre: before, post: after, isProductOfRows: before.rank === 3 && after.rank === 3 };
}

function product(pre: tf.Tensor, post: tf.Tensor, weightShape: readonly number[]): tf.Tensor {
  const both = tf.mul(pre.rank === 4 ? pre : tf.expandDims(pre, 3), post.rank === 4 ? post : tf.expandDims(post, 2));
  const [batch = 1, positions = 1] = both.shape;
  return tf.reshape(both, [batch, positions, sizeOf(weightShape.slice(0, -1)), at(weightShape, -1)]);
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);
