import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../core/tensors.js';
import { mapTensors, tensorsOf } from '../core/trees.js';
import { type PairedSpikes, type Watched, watchedStep, within } from './pairChange.js';
import type { Rule } from './rule.js';

/**
 * What the rule asks of the only weight of a layer for a pair of spikes, one after the other for each difference: right for every
 * rule, also where synapses act on each other or silence counts.
 *
 * All pairs that begin with the same neuron are one until the second spike: that part is stepped once.
 *
 * @param differences  t_post − t_pre in steps, rising.
 * @returns the changes, in one row.
 */
export function changesOfPairsAlone<State>(rule: Rule<State>, differences: readonly number[], view: PairedSpikes): tf.Tensor {
  return tidily(() => {
    const postFirst = differences.filter((difference) => difference < 0).map((difference) => -difference);
    const preFirst = differences.filter((difference) => difference >= 0);
    const changes = [
      ...changesOfSide(rule, 'post', postFirst.reverse(), view).reverse(),
      ...changesOfSide(rule, 'pre', preFirst, view),
    ];
    return tf.concat(changes.map((change) => tf.reshape(change, [1])));
  });
}

/** The changes of pairs that begin with a spike of the `first` neuron, by rising distances of the second spike. */
function changesOfSide<State>(
  rule: Rule<State>,
  first: 'pre' | 'post',
  distances: readonly number[],
  { w0, afterSteps, reward, rewardIn }: PairedSpikes,
): tf.Tensor[] {
  const paid = reward === undefined ? {} : { reward };
  /** After the step so far behind the first spike; in the last one a reward for the whole pair is paid. */
  const stepped = (before: Watched<State>, step: number, hasSecond: boolean, isLast: boolean): Watched<State> =>
    tidily(() => {
      const [one, other] = [[Number(step === 0)], [Number(hasSecond)]];
      const spikes = first === 'pre' ? { pre: one, post: other } : { pre: other, post: one };
      const after = watchedStep(rule, w0, before, { ...spikes, ...(isLast || rewardIn !== 'lastStep' ? paid : {}) });
      return mapTensors(after, (tensor) => tf.clone(tensor));
    });
  const dispose = (watched: Watched<State>): void => {
    for (const tensor of tensorsOf(watched)) tensor.dispose();
  };

  let together: Watched<State> = {
    change: within(tf.zeros([1, 1]), rule, w0),
    state: rule.init({ pre: [1], post: [1], w: [1, 1] }),
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
      return pair.change;
    });
  });
}
