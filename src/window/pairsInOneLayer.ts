import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../core/tensors.js';
import { mapTensors, tensorsOf } from '../core/trees.js';
import type { Rule } from '../rules/rule.js';
import { noChange, type PairedSpikes, type Watched, watchedStep } from './pairChange.js';

/**
 * What the rule asks of the weights for pairs of spikes, one pair for each difference, all at once: right for rules of
 * `separateSynapses`, fast where synapses are watched for long.
 *
 * The pairs are the synapses of one output neuron. A synapse counts from its first spike to `afterSteps` behind its second.
 *
 * @param differences  t_post − t_pre in steps.
 * @returns the changes, in one column.
 */
export function changesOfPairsInOneLayer<State>(
  rule: Rule<State>,
  differences: readonly number[],
  { w0, afterSteps, reward, rewardIn }: PairedSpikes,
): tf.Tensor {
  const layers = { pre: [differences.length], post: [1] };
  const shape = [differences.length, 1];
  const postAt = Math.max(0, ...differences);
  const pairs = differences.map((difference) => {
    const preAt = postAt - difference;
    return { preAt, first: Math.min(preAt, postAt), last: Math.max(preAt, postAt) + afterSteps };
  });
  const steps = Math.max(...pairs.map(({ last }) => last)) + 1;
  /** 1 for the pairs of which something holds; typed arrays, because lists of numbers would take most of the time. */
  const where = (holds: (pair: Pair) => boolean): Uint8Array => {
    const mask = new Uint8Array(pairs.length);
    pairs.forEach((pair, index) => {
      mask[index] = Number(holds(pair));
    });
    return mask;
  };
  const synapsesWhere = (holds: (pair: Pair) => boolean) => tf.tensor(where(holds), shape, 'bool');
  const paid = reward === undefined ? {} : { reward };
  const stepped = (before: Watched<State>, step: number): Watched<State> =>
    tidily(() => {
      const spikes = { pre: Float32Array.from(where(({ preAt }) => preAt === step)), post: [Number(step === postAt)] };
      const after = (more: { readonly reward?: number }) => watchedStep(rule, w0, before, { ...spikes, ...more });
      const asked = after(rewardIn === 'lastStep' ? {} : paid);
      const isLast = () => synapsesWhere(({ last }) => step === last);
      const all = rewardIn === 'lastStep' ? tf.where(isLast(), after(paid).change, asked.change) : asked.change;
      const watched = synapsesWhere(({ first, last }) => first <= step && step <= last);
      const change = tf.where(watched, all, before.change);
      return { change, state: mapTensors(asked.state, (tensor) => tf.clone(tensor)) };
    });
  return tidily(() => {
    let watched: Watched<State> = { change: noChange(rule, w0, shape), state: rule.init({ ...layers, w: shape }) };
    for (let step = 0; step < steps; step++) {
      const before = watched;
      watched = stepped(before, step);
      for (const tensor of tensorsOf(before)) tensor.dispose();
    }
    return watched.change;
  });
}

/** When the spikes of a synapse fall, and what is watched of it, in steps. */
interface Pair {
  readonly preAt: number;
  readonly first: number;
  readonly last: number;
}
