import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../core/tensors.js';
import { mapTensors, tensorsOf } from '../core/trees.js';
import type { Rule } from '../rules/rule.js';
import { type OneSynapse, spikeAt } from './oneSynapse.js';
import { noChange, type PairedSpikes, type Watched, watchedStep } from './pairChange.js';

/**
 * What the rule asks of one weight of a layer, in which no other neurons spike, for a pair of spikes, one after the other for each difference: right for every
 * rule, also where synapses act on each other or silence counts.
 *
 * All pairs that begin with the same neuron are one until the second spike: that part is stepped once.
 *
 * @param synapse      which weight, and its neurons.
 * @param differences  t_post − t_pre in steps, rising.
 * @returns the changes, in one row.
 */
export function changesOfPairsAlone<State>(
  rule: Rule<State>,
  synapse: OneSynapse,
  differences: readonly number[],
  view: PairedSpikes,
): tf.Tensor {
  return tidily(() => {
    const postFirst = differences.filter((difference) => difference < 0).map((difference) => -difference);
    const preFirst = differences.filter((difference) => difference >= 0);
    const changes = [
      ...changesOfSide(rule, synapse, 'post', postFirst.reverse(), view).reverse(),
      ...changesOfSide(rule, synapse, 'pre', preFirst, view),
    ];
    return tf.concat(changes.map((change) => tf.reshape(change, [1])));
  });
}

/** The changes of pairs that begin with a spike of the `first` neuron, by rising distances of the second spike. */
function changesOfSide<State>(
  rule: Rule<State>,
  { shapes, pre, post, weight }: OneSynapse,
  first: 'pre' | 'post',
  distances: readonly number[],
  { w0, afterSteps, reward, rewardIn }: PairedSpikes,
): tf.Tensor[] {
  const paid = reward === undefined ? {} : { reward };
  /** After the step so far behind the first spike; in the last one a reward for the whole pair is paid. */
  const stepped = (before: Watched<State>, step: number, hasSecond: boolean, isLast: boolean): Watched<State> =>
    tidily(() => {
      const isFirst = step === 0;
      const spikes = {
        pre: spikeAt(shapes.pre, pre, first === 'pre' ? isFirst : hasSecond),
        post: spikeAt(shapes.post, post, first === 'post' ? isFirst : hasSecond),
      };
      const after = watchedStep(rule, w0, before, { ...spikes, ...(isLast || rewardIn !== 'lastStep' ? paid : {}) });
      return mapTensors(after, (tensor) => tf.clone(tensor));
    });
  const dispose = (watched: Watched<State>): void => {
    for (const tensor of tensorsOf(watched)) tensor.dispose();
  };

  let together: Watched<State> = {
    change: noChange(rule, w0, shapes.w),
    state: rule.init(shapes),
  };
  let step = 0;
  return distances.map((distance) => {
    for (; step < distance; step++) {
      const before = together;
      together = stepped(before, step, false, false);
      dispose(before);
    }
    return tidily(() => {
      let pair = stepped(together, distance, true, afterSteps === 0);
      for (let later = 1; later <= afterSteps; later++) {
        const before = pair;
        pair = stepped(before, distance + later, false, later === afterSteps);
        dispose(before);
      }
      return tf.slice(tf.reshape(pair.change, [-1]), [weight], [1]);
    });
  });
}
