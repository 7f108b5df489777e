import * as tf from '@tensorflow/tfjs-core';
import { sumOf, tidily } from '../core/tensors.js';
import { mapTensors, tensorsOf } from '../core/trees.js';
import { changesOf } from '../updates/applyDelta.js';
import type { Delta } from '../updates/delta.js';
import type { Rule } from './rule.js';

/** What single pairs of spikes are seen with. */
export interface PairedSpikes {
  readonly w0: number;
  /** How many steps each synapse is watched behind its second spike. */
  readonly afterSteps: number;
  readonly reward?: number;
  readonly rewardIn?: 'everyStep' | 'lastStep';
}

/**
 * What the rule asks of a weight for a pair of spikes, one pair for each difference.
 *
 * The pairs are the synapses of one output neuron: rules that compare the inputs of a layer find them all there. A synapse counts
 * from its first spike to `afterSteps` behind its second, so that no value depends on what else is drawn.
 *
 * @param differences  t_post − t_pre in steps.
 * @returns the changes, apart from the weights: no rounding of w₀ + Δw is in them.
 */
export async function changesOfPairs<State>(
  rule: Rule<State>,
  differences: readonly number[],
  { w0, afterSteps, reward, rewardIn }: PairedSpikes,
): Promise<Float32Array> {
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
  const changes = tidily(() => {
    let [change, state] = [within(tf.zeros(shape), rule, w0), rule.init({ ...layers, w: shape })];
    for (let step = 0; step < steps; step++) {
      const before = [change, state] as const;
      const spikes = { pre: Float32Array.from(where(({ preAt }) => preAt === step)), post: [Number(step === postAt)] };
      [change, state] = tidily(() => {
        const w = tf.add(change, w0);
        const changed = (more: { readonly reward?: number }): readonly [tf.Tensor, State] => {
          const [delta, next] = rule.delta({ ...spikes, ...more }, w, state);
          return [boundedChange(change, w, delta, rule, w0), next];
        };
        const [asked, next] = changed(rewardIn === 'lastStep' ? {} : paid);
        const isLast = () => synapsesWhere(({ last }) => step === last);
        const all = rewardIn === 'lastStep' ? tf.where(isLast(), changed(paid)[0], asked) : asked;
        const watched = synapsesWhere(({ first, last }) => first <= step && step <= last);
        return [tf.where(watched, all, change), mapTensors(next, (tensor) => tf.clone(tensor))] as const;
      });
      for (const tensor of tensorsOf(before)) tensor.dispose();
    }
    return change;
  });
  const values = new Float32Array(await changes.data<'float32'>());
  changes.dispose();
  return values;
}

/** When the spikes of a synapse fall, and what is watched of it, in steps. */
interface Pair {
  readonly preAt: number;
  readonly first: number;
  readonly last: number;
}

/** The change from w₀ one step later: what `applyDelta` does to w₀ + change, without the rounding of that sum. */
function boundedChange<State>(change: tf.Tensor, w: tf.Tensor, delta: Delta, rule: Rule<State>, w0: number): tf.Tensor {
  const { topology, update } = rule;
  const { raised, lowered } = changesOf(w, delta, topology, update, rule.name);
  const asked = sumOf([change, ...(raised ? [raised] : []), ...(lowered ? [tf.neg(lowered)] : [])]);
  const { weightDecay = 0 } = update;
  return within(weightDecay === 0 ? asked : tf.sub(tf.mul(asked, 1 - weightDecay), w0 * weightDecay), rule, w0);
}

/** The change that leaves the weight within the bounds of the rule, as every step does. */
const within = <State>(change: tf.Tensor, { update: { wMin, wMax, hardBound } }: Rule<State>, w0: number): tf.Tensor =>
  hardBound ? tf.clipByValue(change, wMin - w0, wMax - w0) : change;
