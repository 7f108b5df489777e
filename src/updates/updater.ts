import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../core/tensors.js';
import { mapTensors } from '../core/trees.js';
import type { Numeric } from '../core/validation.js';
import type { Topology } from '../topologies/topology.js';
import { asTensor } from '../traces/exponentialTrace.js';
import { type BatchReduction, reduceBatch } from './batchReduction.js';
import { correlate } from './correlate.js';
import type { Delta } from './delta.js';
import { boundedChange, type ParameterBounds } from './parameterBounds.js';
import type { UpdateParams } from './updateParams.js';

/**
 * Changes that wait to be applied: the increases and the decreases of each step or batch, apart, each ≥ 0 by convention
 * and the shape of the parameter.
 */
export interface Updates {
  readonly positive: readonly tf.Tensor[];
  readonly negative: readonly tf.Tensor[];
}

/** Nothing waits. */
export const noUpdates: Updates = { positive: [], negative: [] };

/**
 * The updates with one more step or batch behind them.
 *
 * @param delta      what the step asks for.
 * @param parameter  whose shape counts.
 * @param update     the rates of both sides and how the samples of the step combine: those of the rule.
 * @returns new updates with new tensors.
 *
 * Source: Inferno `Accumulator`.
 *
 * @example
 * const delta = { potentiation: [{ pre: tf.ones([1, 2]), post: tf.ones([1, 1]) }], depression: [] };
 * collect(noUpdates, delta, tf.zeros([2, 1]), dense, { etaPlus: 1, etaMinus: 1, batchReduction: 'sum' });   // => { positive: [[[1], [1]]], negative: [] }
 */
export function collect(
  updates: Updates,
  delta: Delta,
  parameter: tf.Tensor,
  topology: Topology,
  { etaPlus, etaMinus, batchReduction }: Pick<UpdateParams, 'etaPlus' | 'etaMinus' | 'batchReduction'>,
): Updates {
  return tidily(() => {
    const { positive, negative } = mapTensors(updates, (tensor) => tf.clone(tensor));
    const side = (name: keyof Delta, eta: Numeric) => {
      const change = correlate(delta[name], topology, parameter.shape, batchReduction);
      return change === undefined ? [] : [tf.mul(change, asTensor(eta))];
    };
    return {
      positive: [...positive, ...side('potentiation', etaPlus)],
      negative: [...negative, ...side('depression', etaMinus)],
    };
  });
}

/**
 * The parameter with all waiting updates applied at once: each side is reduced over its entries, then bounded by the
 * parameter as it was.
 *
 *     p' = p + upper(p, reduce(positive)) − lower(p, reduce(negative))
 *
 * @param bounds     see {@link ParameterBounds}. Default: none.
 * @param reduction  how the entries of a side combine. Default `'sum'`.
 * @returns the new parameter.
 *
 * Source: Inferno `Accumulator.update`.
 *
 * @example
 * const updates = { positive: [tf.scalar(0.1), tf.scalar(0.2)], negative: [tf.scalar(0.05)] };
 * applyUpdates(tf.scalar(0.5), updates).print();   // => 0.75
 */
export function applyUpdates(
  parameter: tf.Tensor,
  { positive, negative }: Updates,
  bounds: ParameterBounds = {},
  reduction: BatchReduction = 'sum',
): tf.Tensor {
  return tidily(() => {
    const side = (entries: readonly tf.Tensor[]) =>
      entries.length === 0 ? tf.zerosLike(parameter) : reduceBatch(tf.stack([...entries]), reduction);
    return tf.add(parameter, boundedChange(parameter, side(positive), side(negative), bounds));
  });
}
