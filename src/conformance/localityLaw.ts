import * as tf from '@tensorflow/tfjs-core';
import { type Factors, sampleSums } from '../topologies/synapseSums.js';
import type { Topology } from '../topologies/topology.js';
import { expectThat, numbers } from './expect.js';
import type { Trial } from './trial.js';

const steps = 5;

/**
 * A neuron that spikes just where it did not before concerns its own synapses alone, and so does a weight that starts elsewhere.
 * Which weights an input meets says the topology.
 */
export const localityLaws = {
  'locality: a synapse changes by its own two neurons and its own weight': async (trial: Trial) => {
    const cases = trial.cases(2);
    const { topology } = trial.rule;
    const { pre, post, w } = cases.shapes;
    const start = trial.start(cases);
    const usual = await numbers(trial.advance(start, cases, 0, steps).w);
    const others = async (changed: tf.Tensor, concerned: (weight: number) => boolean, what: string) => {
      (await numbers(changed)).forEach((value, weight) => {
        const problem = () =>
          `weight ${weight} became ${value} in place of ${usual[weight]} with ${what}, which it doesn't belong to`;
        expectThat(concerned(weight) || value === usual[weight], problem);
      });
    };
    for (const neuron of someOf(pre)) {
      const other = oneOf(pre, neuron);
      const own = await weightsOf({ pre: other, post: 1 }, topology, w);
      const { w: changed } = trial.advance(start, cases, 0, steps, (spikes) => ({ ...spikes, pre: flipped(spikes.pre, other) }));
      await others(changed, (weight) => own.has(weight), `other spikes of input ${neuron}`);
    }
    for (const neuron of someOf(post)) {
      const other = oneOf(post, neuron);
      const own = await weightsOf({ pre: 1, post: other }, topology, w);
      const { w: changed } = trial.advance(start, cases, 0, steps, (spikes) => ({
        ...spikes,
        post: flipped(spikes.post, other),
      }));
      await others(changed, (weight) => own.has(weight), `other spikes of output ${neuron}`);
    }
    for (const synapse of someOf([1, ...w])) {
      const moved = tf.add(start.w, tf.mul(tf.reshape(oneOf([1, ...w], synapse), [...w]), (trial.high - trial.low) / 16));
      const { w: changed } = trial.advance({ ...start, w: moved }, cases, 0, steps);
      await others(changed, (weight) => weight === synapse, `another weight ${synapse}`);
    }
  },
} as const;

/** The first neuron of a sample, one in the middle, the last one. */
function someOf([, ...sample]: readonly number[]): readonly number[] {
  const size = sample.reduce((product, length) => product * length, 1);
  return [...new Set([0, size >> 1, size - 1])];
}

/** 1 at one neuron of every sample, 0 elsewhere. */
function oneOf([batch = 1, ...sample]: readonly number[], neuron: number): tf.Tensor {
  const size = sample.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: batch * size }, (_, index) => Number(index % size === neuron));
  return tf.tensor(values, [batch, ...sample]);
}

const flipped = (spikes: tf.Tensor, where: tf.Tensor): tf.Tensor => tf.abs(tf.sub(spikes, where));

/** The weights that see a neuron, at some position. */
async function weightsOf(factors: Factors, topology: Topology, weightShape: readonly number[]): Promise<ReadonlySet<number>> {
  const seen = await numbers(tf.max(sampleSums(factors, topology, weightShape), 0));
  return new Set(seen.flatMap((value, weight) => (value > 0 ? [weight] : [])));
}
