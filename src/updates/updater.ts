import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { perNeuronCheck } from '../core/params/perNeuron.js';
import { ensureIs, type Numeric, nothingMore, rate } from '../core/params/validation.js';
import { show } from '../core/show.js';
import { asTensor, tidily, toFloat } from '../core/tensors.js';
import { isRecord, mapTensors } from '../core/trees.js';
import { checkTopology } from '../topologies/checkTopology.js';
import { alongWeights, outputsOf, synapsesOf } from '../topologies/perOutput.js';
import type { Topology } from '../topologies/topology.js';
import { ofSamples } from './applyDelta.js';
import { type BatchReduction, reduceBatch } from './batchReduction.js';
import { checkDelta } from './checkDelta.js';
import { checkParameterBounds, likeParameter } from './checkParameterBounds.js';
import { aReduction, checkReduction, ensureUpdateFields } from './checkUpdate.js';
import { correlate } from './correlate.js';
import type { Delta } from './delta.js';
import type { ParameterBounds } from './halfBound.js';
import { changeWithin } from './parameterBounds.js';
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
 * @throws {StdpError} when shapes disagree or a rate is no number.
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
  parameter: tf.TensorLike | tf.Tensor,
  topology: Topology,
  update: CollectParams,
  ...more: readonly never[]
): Updates {
  const where = 'collect';
  nothingMore(more, where, 'collect(updates, delta, parameter, topology, update)');
  checkTopology(topology, where);
  checkCollectParams(update, where);
  return tidily(() => {
    const p = toFloat(parameter, where, 'parameter');
    const outputs = outputsOf(topology, p.shape);
    const { etaPlus, etaMinus } = update;
    perNeuronCheck(where, { etaPlus, etaMinus }, [])({ inputs: outputs, outputs, weightShape: synapsesOf(topology, p.shape) });
    const waiting = mapTensors(checkUpdates(updates, p, where), (tensor) => tf.clone(tensor));
    return collected(waiting, checkDelta(delta, topology, p.shape, where), p, topology, update, where);
  });
}

/** The rates of both sides and how samples combine. */
export type CollectParams = Pick<UpdateParams, 'etaPlus' | 'etaMinus' | 'batchReduction'>;

function checkCollectParams(update: CollectParams, where: string): void {
  ensure(isRecord(update), where, 'update', () => `must be a record, got ${show(update)}`);
  ensureUpdateFields(update, where);
  ensureIs(rate, update.etaPlus, where, 'etaPlus');
  ensureIs(rate, update.etaMinus, where, 'etaMinus');
  ensureIs(aReduction, update.batchReduction, where, 'batchReduction');
}

/** {@link collect} of what is known to fit; the entries of `updates` are handed on. */
export function collected(
  updates: Updates,
  given: Delta,
  { shape, size }: tf.Tensor,
  topology: Topology,
  { etaPlus, etaMinus, batchReduction }: CollectParams,
  where: string,
): Updates {
  const delta = ofSamples(given);
  const side = (name: keyof Delta, eta: Numeric): readonly tf.Tensor[] => {
    const change = size === 0 ? undefined : correlate(delta[name], topology, shape, batchReduction, where);
    return change === undefined ? [] : [tf.mul(change, asTensor(alongWeights(eta, topology)))];
  };
  return {
    positive: [...updates.positive, ...side('potentiation', etaPlus)],
    negative: [...updates.negative, ...side('depression', etaMinus)],
  };
}

/** Updates whose entries are float32 and have the shape of the parameter. */
function checkUpdates(updates: Updates, parameter: tf.Tensor, where: string): Updates {
  ensure(isRecord(updates), where, 'updates', () => `must be { positive, negative }, got ${show(updates)}`);
  const side = (name: keyof Updates): readonly tf.Tensor[] => {
    const entries: unknown = updates[name];
    ensure(Array.isArray(entries), where, `updates.${name}`, () => `must be a list of tensors, got ${show(entries)}`);
    return entries.map((entry: tf.Tensor, index) => likeParameter(entry, parameter, where, `updates.${name}[${index}]`));
  };
  return { positive: side('positive'), negative: side('negative') };
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
 * @throws {StdpError} when shapes disagree, or a bound or the reduction is unknown.
 *
 * Source: Inferno `Accumulator.update`.
 *
 * @example
 * const updates = { positive: [tf.scalar(0.1), tf.scalar(0.2)], negative: [tf.scalar(0.05)] };
 * applyUpdates(tf.scalar(0.5), updates).print();   // => 0.75
 */
export function applyUpdates(
  parameter: tf.TensorLike | tf.Tensor,
  updates: Updates,
  bounds: ParameterBounds = {},
  reduction: BatchReduction = 'sum',
  ...more: readonly never[]
): tf.Tensor {
  const where = 'applyUpdates';
  nothingMore(more, where, 'applyUpdates(parameter, updates, bounds, reduction)');
  const within = checkParameterBounds(bounds, where);
  checkReduction(reduction, where);
  return tidily(() => {
    const p = toFloat(parameter, where, 'parameter');
    const { positive, negative } = checkUpdates(updates, p, where);
    const side = (entries: readonly tf.Tensor[]) =>
      entries.length === 0 || p.size === 0 ? tf.zerosLike(p) : reduceBatch(tf.stack([...entries]), reduction, where);
    return tf.add(p, changeWithin(p, side(positive), side(negative), within, where));
  });
}
