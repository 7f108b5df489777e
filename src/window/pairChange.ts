import * as tf from '@tensorflow/tfjs-core';
import type { Numeric } from '../core/params/validation.js';
import { asTensor, sumOf } from '../core/tensors.js';
import type { Rule, RuleInput } from '../rules/rule.js';
import { changesOf } from '../updates/applyDelta.js';
import { clamped } from '../updates/clamped.js';

/** What single pairs of spikes are seen with. */
export interface PairedSpikes {
  readonly w0: number;
  /** How many steps each synapse is watched behind its second spike. */
  readonly afterSteps: number;
  readonly reward?: number;
  readonly rewardIn?: 'everyStep' | 'lastStep';
}

/** How far weights are from w₀, apart from them so that no rounding of w₀ + Δw is in it, and what the rule remembers. */
export interface Watched<State> {
  readonly change: tf.Tensor;
  readonly state: State;
}

/** One step later: what `applyDelta` does to w₀ + change, without the rounding of that sum. */
export function watchedStep<State>(
  rule: Rule<State>,
  w0: number,
  { change, state }: Watched<State>,
  input: RuleInput,
): Watched<State> {
  const { topology, update, name } = rule;
  const w = tf.add(change, w0);
  const [delta, next] = rule.delta(input, w, state);
  const { raised, lowered } = changesOf(w, delta, topology, update, name);
  const asked = sumOf([change, ...(raised ? [raised] : []), ...(lowered ? [tf.neg(lowered)] : [])]);
  const { weightDecay = 0 } = update;
  const kept = weightDecay === 0 ? asked : tf.sub(tf.mul(asked, 1 - weightDecay), w0 * weightDecay);
  return { change: within(kept, rule, w0), state: next };
}

/** The change that leaves the weight within the bounds of the rule, as every step does. */
export const within = <State>(change: tf.Tensor, { update: { wMin, wMax, hardBound } }: Rule<State>, w0: number): tf.Tensor =>
  hardBound ? clamped(change, { wMin: less(wMin, w0), wMax: less(wMax, w0) }) : change;

const less = (bound: Numeric, w0: number): Numeric => (typeof bound === 'number' ? bound - w0 : tf.sub(asTensor(bound), w0));
