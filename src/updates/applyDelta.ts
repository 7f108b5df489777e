import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../core/tensors.js';
import type { Numeric } from '../core/validation.js';
import { fusedKernels } from '../kernels/current.js';
import type { TermTensors } from '../kernels/fused.js';
import type { ChangeLaw } from '../kernels/laws.js';
import { changeSizes } from '../topologies/changeSizes.js';
import type { Topology } from '../topologies/topology.js';
import { asTensor } from '../traces/exponentialTrace.js';
import { type BatchReduction, isLinear, reduceBatch } from './batchReduction.js';
import type { Delta, FactorPair, Term } from './delta.js';
import { dependenceCode, type WeightDependence, type WeightFunction, weightFactor } from './weightDependence.js';

/**
 * How large each side of a change is.
 *
 * @property etaPlus           learning rate of potentiation (one number, or one per output).
 * @property etaMinus          learning rate of depression.
 * @property weightDependence  see {@link WeightDependence}; or a function of the weights.
 * @property mu                exponent of `multiplicativePow`.
 */
export interface Scaling {
  readonly etaPlus: Numeric;
  readonly etaMinus: Numeric;
  readonly weightDependence: WeightDependence | WeightFunction;
  readonly mu: Numeric;
}

/**
 * Where weights may lie.
 *
 * @property wMin         lower bound.
 * @property wMax         upper bound.
 * @property hardBound    whether weights are clamped to [wMin, wMax] after the change.
 * @property weightDecay  fraction of the changed weights that is lost before the clamp, in [0, 1]. Default 0.
 */
export interface Bounds {
  readonly wMin: number;
  readonly wMax: number;
  readonly hardBound: boolean;
  readonly weightDecay?: number;
}

/** Scaling and bounds in numbers for the kernels; `undefined` when they are not single numbers, or weights decay. */
export function changeLaw({ etaPlus, etaMinus, weightDependence, mu }: Scaling, bounds: Bounds): ChangeLaw | undefined {
  const factor = dependenceCode(weightDependence, mu);
  const { wMin, wMax, hardBound, weightDecay = 0 } = bounds;
  if (factor === undefined || typeof etaPlus !== 'number' || typeof etaMinus !== 'number' || weightDecay !== 0) return undefined;
  const clamp = hardBound ? { low: wMin, high: wMax } : { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return { ...factor, etaPlus, etaMinus, wMin, wMax, ...clamp };
}

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
  return fused(w, delta, topology, scaling, bounds, reduction) ?? composed(w, delta, topology, scaling, bounds, reduction);
}

/** As one kernel, where all terms are products, all rates are numbers and nothing records a gradient. */
function fused(
  w: tf.Tensor,
  { potentiation, depression }: Delta,
  topology: Topology,
  scaling: Scaling,
  bounds: Bounds,
  reduction: BatchReduction,
): tf.Tensor | undefined {
  const terms = [...potentiation, ...depression];
  const law = changeLaw(scaling, bounds);
  if (law === undefined || !isLinear(reduction) || !terms.every(isProduct)) return undefined;
  const kernels = fusedKernels();
  const pre = terms.find(({ pre }) => pre !== 1)?.pre;
  const post = terms.find(({ post }) => post !== 1)?.post;
  if (kernels === undefined || pre === undefined || pre === 1 || post === undefined || post === 1) return undefined;
  const sizes = changeSizes(topology, pre, post, w, true);
  const fits = (factor: tf.Tensor | 1, like: tf.Tensor) =>
    factor === 1 ? topology.type === 'dense' : factor.size === like.size && factor.dtype === 'float32';
  const ready = w.size > 0 && pre.size > 0 && terms.every((term) => fits(term.pre, pre) && fits(term.post, post));
  if (!ready) return undefined;
  const sides = { plus: potentiation.filter(isProduct), minus: depression.filter(isProduct) };
  return kernels.applyChange(w, sides, sizes, law, reduction === 'mean');
}

const isProduct = (term: Term): term is FactorPair & TermTensors => !('perSample' in term);

function composed(
  w: tf.Tensor,
  delta: Delta,
  topology: Topology,
  scaling: Scaling,
  bounds: Bounds,
  reduction: BatchReduction,
): tf.Tensor {
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

/**
 * One side of a Delta as a tensor in the shape of the weights: `reduce_b Σ_p Σₖ preₖ[b, p] ⊗ postₖ[b, p]`;
 * `undefined` when the side is empty.
 */
export function correlate(
  terms: readonly Term[],
  topology: Topology,
  weightShape: readonly number[],
  reduction: BatchReduction,
): tf.Tensor | undefined {
  if (terms.length === 0) return undefined;
  return tidily(() => {
    const products = terms.map((term) =>
      'perSample' in term ? flattened(term.perSample, weightShape, reduction) : product(term, topology, weightShape, reduction),
    );
    const total = products.reduce((sum, next) => tf.add(sum, next));
    if (isLinear(reduction)) return tf.reshape(total, [...weightShape]);
    return reduceBatch(tf.reshape(total, [-1, ...weightShape]), reduction);
  });
}

/** A dense term in the form of a {@link product}. */
function flattened(perSample: tf.Tensor, weightShape: readonly number[], reduction: BatchReduction): tf.Tensor {
  const rows = tf.reshape(perSample, [perSample.shape[0] ?? 1, -1, weightShape.at(-1) ?? 1]);
  if (!isLinear(reduction)) return rows;
  return reduction === 'mean' ? tf.mean(rows, 0) : tf.sum(rows, 0);
}

/** `[taps, out]` when the reduction is linear, else `[batch, taps, out]`. */
function product(pair: FactorPair, topology: Topology, weightShape: readonly number[], reduction: BatchReduction): tf.Tensor {
  const taps = weightShape.slice(0, -1).reduce((size, next) => size * next, 1);
  const outputs = weightShape.at(-1) ?? 1;
  const rows = pair.pre === 1 ? undefined : topology.preRows(pair.pre, weightShape);
  const post = pair.post === 1 ? undefined : topology.postRows(pair.post);
  const [batch = 1, positions = 1] = (rows ?? post)?.shape ?? [];
  const pre = rows ?? tf.ones([batch, positions, taps]);
  const out = post ?? tf.ones([batch, positions, outputs]);
  if (!isLinear(reduction)) return tf.matMul(tf.transpose(pre, [0, 2, 1]), out);
  const flat = tf.matMul(tf.transpose(tf.reshape(pre, [-1, taps])), tf.reshape(out, [-1, outputs]) as tf.Tensor2D);
  return reduction === 'mean' ? tf.div(flat, batch) : flat;
}
