// What one worker does, on whatever machine: it has some of the samples of a batch, what the layer remembers of them, and the weights.
import * as tf from '@tensorflow/tfjs-core';
import { dense, pairStdp } from 'tfjs-stdp';
import { chunkSums } from 'tfjs-stdp/advanced';

/** One big dense layer, a batch of patterns, steps of pair STDP. `chunk` samples are summed at once, on every worker the same. */
export const defaults = { inputs: 784, outputs: 800, batch: 128, chunk: 32, steps: 12, seed: 1 };

export const rule = pairStdp({ etaPlus: 1e-3, etaMinus: 1e-3 });
export const chunksOf = ({ batch, chunk }) => Math.ceil(batch / chunk);

/**
 * The shard of chunks `first` … `end − 1`: a function that takes the weights one step on, and answers its sums. Spikes belong to a chunk
 * and a step, and a chunk's outputs are computed by themselves: so no bit depends on which worker has it.
 */
export function shardOf({ inputs, outputs, batch, chunk, seed }, first, end) {
  const sizes = Array.from({ length: end - first }, (_, index) => Math.min(chunk, batch - (first + index) * chunk));
  const samples = sizes.reduce((sum, size) => sum + size, 0);
  let state = rule.init({ pre: [samples, inputs], post: [samples, outputs] });
  let time = 0;
  return (w) =>
    tf.tidy(() => {
      const pre = sizes.map((size, index) =>
        tf.step(tf.sub(tf.randomUniform([size, inputs], 0, 1, 'float32', seed + 1e6 * time + first + index), 0.9)),
      );
      const post = pre.map((spikes) => tf.step(tf.sub(tf.matMul(spikes, w), 0.052 * inputs)));
      const [delta, next] = rule.delta({ pre: tf.concat(pre), post: tf.concat(post) }, w, state);
      tf.dispose({ ...state });
      state = Object.fromEntries(Object.entries(next).map(([name, tensor]) => [name, tf.keep(tf.clone(tensor))]));
      time++;
      return chunkSums(delta, dense, w.shape, chunk, first);
    });
}

/** Sums as plain records of arrays, to be sent to another thread or, by any wire, to another machine. */
export async function packed(tree) {
  if (tree instanceof tf.Tensor) return { shape: tree.shape, values: await tree.data() };
  if (Array.isArray(tree)) return Promise.all(tree.map(packed));
  if (typeof tree !== 'object') return tree;
  return Object.fromEntries(await Promise.all(Object.entries(tree).map(async ([name, part]) => [name, await packed(part)])));
}

/** The sums that were packed. */
export function unpacked(tree) {
  if (tree?.values instanceof Float32Array) return tf.tensor(tree.values, tree.shape);
  if (Array.isArray(tree)) return tree.map(unpacked);
  if (typeof tree !== 'object') return tree;
  return Object.fromEntries(Object.entries(tree).map(([name, part]) => [name, unpacked(part)]));
}
