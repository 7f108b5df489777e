import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../core/tensors.js';
import type { Numeric } from '../core/validation.js';
import type { Topology } from '../topologies/topology.js';
import { asTensor } from '../traces/exponentialTrace.js';
import type { BatchReduction } from './batchReduction.js';
import { correlate } from './correlate.js';
import type { Delta } from './delta.js';
import { fusedChange } from './fusedChange.js';
import type { Bounds, Scaling } from './scaling.js';
import { weightFactor } from './weightDependence.js';

/**
 * The one hot operation of the library: a Delta meets the weights.
 *
 *     w' = bound( w + etaPlus·f₊(w) ∘ Δ₊ − etaMinus·f₋(w) ∘ Δ₋ )        Δ± = reduce_b Σ_p Σₖ preₖ ⊗ postₖ
 *
 * Both sides see the same old weights. Factors are batched (rank `topology.rank`).
 *
 * @returns new weights, the shape of `w`.
 * @example
 * const delta = { potentiation: [{ pre: tf.tensor2d([[1, 0]]), post: tf.tensor2d([[1]]) }], depression: [] };
 * const bounds = { wMin: 0, wMax: 1, hardBound: true };
 * const w = applyDelta(tf.zeros([2, 1]), delta, dense, { etaPlus: 0.1, etaMinus: 0.1, weightDependence: 'additive', mu: 0 }, bounds);
 * w.print();   // => [[0.1], [0]]
 */
export function applyDelta(
  w: tf.Tensor,
  delta: Delta,
  topology: Topology,
  scaling: Scaling,
  bounds: Bounds,
  reduction: BatchReduction = 'sum',
): tf.Tensor {
  const whole = fusedChange(w, delta, topology, scaling, bounds, reduction);
  if (whole !== undefined) return whole;
  return tidily(() => {
    const side = (name: 'potentiation' | 'depression', eta: Numeric): tf.Tensor | undefined => {
      const change = correlate(delta[name], topology, w.shape, reduction);
      if (change === undefined) return undefined;
      const scaled = tf.mul(change, asTensor(eta));
      const factor = weightFactor(w, name, scaling.weightDependence, bounds, scaling.mu);
      return factor === 1 ? scaled : tf.mul(scaled, factor);
    };
    const up = side('potentiation', scaling.etaPlus);
    const down = side('depression', scaling.etaMinus);
    const raised = up === undefined ? tf.clone(w) : tf.add(w, up);
    const changed = down === undefined ? raised : tf.sub(raised, down);
    return bounded(changed, bounds);
  });
}

/** Changed weights within their bounds, after their decay. */
export function bounded(changed: tf.Tensor, { wMin, wMax, hardBound, weightDecay = 0 }: Bounds): tf.Tensor {
  const kept = weightDecay === 0 ? changed : tf.mul(changed, 1 - weightDecay);
  return hardBound ? tf.clipByValue(kept, wMin, wMax) : kept;
}
