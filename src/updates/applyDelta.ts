import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { perNeuronCheck } from '../core/params/perNeuron.js';
import type { Numeric } from '../core/params/validation.js';
import { nothingMore } from '../core/params/validation.js';
import { showShape } from '../core/show.js';
import { asTensor, tidily, toFloat } from '../core/tensors.js';
import { checkTopology } from '../topologies/checkTopology.js';
import { alongWeights, outputsOf, synapsesOf } from '../topologies/perOutput.js';
import type { Topology } from '../topologies/topology.js';
import type { BatchReduction } from './batchReduction.js';
import { checkDelta } from './checkDelta.js';
import { checkBounds, checkReduction, checkScaling, ensureUpdateFields } from './checkUpdate.js';
import { clamped } from './clamped.js';
import { correlate } from './correlate.js';
import type { Delta, Term } from './delta.js';
import { fusedChange } from './fusedChange.js';
import type { Bounds, Limits, Scaling } from './scaling.js';
import type { UpdateParams } from './updateParams.js';
import { weightFactor } from './weightDependence.js';

/**
 * The one hot operation of the library: a Delta meets the weights.
 *
 *     w' = bound( w + etaPlus·f₊(w) ∘ Δ₊ − etaMinus·f₋(w) ∘ Δ₋ )        Δ± = reduce_b Σ_p Σₖ preₖ ⊗ postₖ
 *
 * Both sides see the same old weights. Factors are batched (rank `topology.rank`).
 *
 * @param w          weights of the topology's rank.
 * @param delta      see {@link Delta}.
 * @param topology   how the layers are wired.
 * @param scaling    see {@link Scaling}.
 * @param bounds     see {@link Bounds}.
 * @param reduction  see {@link BatchReduction}. Default `'sum'`.
 * @returns new weights, the shape of `w`.
 * @throws {StdpError} when shapes disagree, or a number or name is out of its range.
 * @example
 * const delta = { potentiation: [{ pre: tf.tensor2d([[1, 0]]), post: tf.tensor2d([[1]]) }], depression: [] };
 * const bounds = { wMin: 0, wMax: 1, hardBound: true };
 * const w = applyDelta(tf.zeros([2, 1]), delta, dense, { etaPlus: 0.1, etaMinus: 0.1, weightDependence: 'additive', mu: 0 }, bounds);
 * w.print();   // => [[0.1], [0]]
 */
export function applyDelta(
  w: tf.TensorLike | tf.Tensor,
  delta: Delta,
  topology: Topology,
  scaling: Scaling,
  bounds: Bounds,
  reduction: BatchReduction = 'sum',
  ...more: readonly never[]
): tf.Tensor {
  const where = 'applyDelta';
  nothingMore(more, where, 'applyDelta(w, delta, topology, scaling, bounds, reduction)');
  checkTopology(topology, where);
  checkScaling(scaling, where);
  checkBounds(bounds, where);
  for (const given of [scaling, bounds]) ensureUpdateFields(given, where);
  checkReduction(reduction, where);
  return tidily(() => {
    const weights = toFloat(w, where, 'w');
    const fits = weights.rank === topology.weightRank;
    ensure(fits, where, 'w', () => `has shape ${showShape(weights.shape)}, needs rank ${topology.weightRank}`);
    const checked = checkDelta(delta, topology, weights.shape, where);
    const outputs = outputsOf(topology, weights.shape);
    for (const given of [scaling, bounds])
      perNeuronCheck(where, given, [])({ inputs: outputs, outputs, weightShape: synapsesOf(topology, weights.shape) });
    // Each may be the whole record of a rule: of it only its own fields count.
    const { etaPlus, etaMinus, weightDependence, mu } = scaling;
    const { wMin, wMax, hardBound, weightDecay = 0 } = bounds;
    const update = { etaPlus, etaMinus, weightDependence, mu, wMin, wMax, hardBound, weightDecay, batchReduction: reduction };
    return changedBy(weights, checked, topology, update, where);
  });
}

/** {@link applyDelta} of what is known to fit. */
export function changedBy(w: tf.Tensor, given: Delta, topology: Topology, update: UpdateParams, where: string): tf.Tensor {
  if (w.size === 0) return tf.clone(w);
  const delta = ofSamples(given);
  return (
    fusedChange(w, delta, topology, update) ??
    tidily(() => {
      const { raised, lowered } = changesOf(w, delta, topology, update, where);
      const up = raised === undefined ? tf.clone(w) : tf.add(w, raised);
      return existing(bounded(lowered === undefined ? up : tf.sub(up, lowered), update, topology), w, topology);
    })
  );
}

/** Changed weights, but for those of synapses that don't exist: they stay what they were. */
export const existing = (changed: tf.Tensor, w: tf.Tensor, { exists }: Topology): tf.Tensor =>
  exists === undefined ? changed : tidily(() => tf.where(tf.cast(exists(w.shape), 'bool'), changed, w));

/** A Delta without terms of no samples. */
export function ofSamples({ potentiation, depression }: Delta): Delta {
  const hasSamples = (term: Term): boolean => {
    const activity = 'perSample' in term ? term.perSample : term.pre === 1 ? term.post : term.pre;
    return activity.shape[0] !== 0;
  };
  return { potentiation: potentiation.filter(hasSamples), depression: depression.filter(hasSamples) };
}

/** What a Delta adds to the weights and what it takes off them, scaled but not bounded; `undefined` where a side is empty. */
export function changesOf(
  w: tf.Tensor,
  delta: Delta,
  topology: Topology,
  update: UpdateParams,
  where: string,
): { readonly raised: tf.Tensor | undefined; readonly lowered: tf.Tensor | undefined } {
  const side = (name: 'potentiation' | 'depression', eta: Numeric): tf.Tensor | undefined => {
    const change = correlate(delta[name], topology, w.shape, update.batchReduction, where);
    if (change === undefined) return undefined;
    const scaled = tf.mul(change, asTensor(alongWeights(eta, topology)));
    const mu = alongWeights(update.mu, topology);
    const factor = weightFactor(w, name, update.weightDependence, boundsAlong(update, topology), mu, where);
    return factor === 1 ? scaled : tf.mul(scaled, factor);
  };
  return { raised: side('potentiation', update.etaPlus), lowered: side('depression', update.etaMinus) };
}

/** Changed weights within their bounds, after the decay of so many steps. */
export function bounded(changed: tf.Tensor, bounds: Bounds, topology: Topology, steps = 1): tf.Tensor {
  const { hardBound, weightDecay = 0 } = bounds;
  const kept = weightDecay === 0 ? changed : tf.mul(changed, (1 - weightDecay) ** steps);
  return hardBound ? clamped(kept, boundsAlong(bounds, topology)) : kept;
}

/** Bounds that broadcast with the weights of a wiring. */
export const boundsAlong = ({ wMin, wMax }: Limits, topology: Topology): Limits => ({
  wMin: alongWeights(wMin, topology),
  wMax: alongWeights(wMax, topology),
});
