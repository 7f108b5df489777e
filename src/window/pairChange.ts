import * as tf from '@tensorflow/tfjs-core';
import { perNeuronCheck } from '../core/params/perNeuron.js';
import type { Numeric } from '../core/params/validation.js';
import { asTensor, sumOf } from '../core/tensors.js';
import type { Rule, RuleInput } from '../rules/rule.js';
import { outputsOf, synapsesOf } from '../topologies/perOutput.js';
import { boundsAlong, changesOf } from '../updates/applyDelta.js';
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

/** The change before the first step: none, but for what brings a w₀ beyond the bounds of the rule within them. */
export function noChange<State>(rule: Rule<State>, w0: number, weightShape: readonly number[]): tf.Tensor {
  const { name, topology, update } = rule;
  const { wMin, wMax } = update;
  const outputs = outputsOf(topology, weightShape);
  const sizes = { inputs: outputs, outputs, weightShape: synapsesOf(topology, weightShape) };
  perNeuronCheck(name, { wMin, wMax }, [])(sizes);
  return within(tf.zeros([...weightShape]), rule, w0);
}

/** The change that leaves the weight within the bounds of the rule, as every step does. */
function within<State>(change: tf.Tensor, { topology, update }: Rule<State>, w0: number): tf.Tensor {
  if (!update.hardBound) return change;
  const { wMin, wMax } = boundsAlong(update, topology);
  return clamped(change, { wMin: less(wMin, w0), wMax: less(wMax, w0) });
}

const less = (bound: Numeric, w0: number): Numeric => (typeof bound === 'number' ? bound - w0 : tf.sub(asTensor(bound), w0));
