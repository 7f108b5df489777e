import type * as tf from '@tensorflow/tfjs-core';
import { toFloat } from '../core/tensors.js';
import type { ChangeConstants } from '../kernels/constants.js';
import type { TermTensors } from '../kernels/tensors/backendKernels.js';
import { backendKernels } from '../kernels/tensors/current.js';
import { changeSizes } from '../topologies/changeSizes.js';
import type { Topology } from '../topologies/topology.js';
import { isLinear } from './batchReduction.js';
import type { Delta, FactorPair, Term } from './delta.js';
import type { Bounds, Scaling } from './scaling.js';
import type { UpdateParams } from './updateParams.js';
import { dependenceCode } from './weightDependence.js';

/** Scaling and bounds in numbers for the kernels; `undefined` when they are not single numbers, or weights decay. */
export function changeConstants(
  { etaPlus, etaMinus, weightDependence, mu }: Scaling,
  bounds: Bounds,
): ChangeConstants | undefined {
  const factor = dependenceCode(weightDependence, mu);
  const { wMin, wMax, hardBound, weightDecay = 0 } = bounds;
  if (factor === undefined || typeof etaPlus !== 'number' || typeof etaMinus !== 'number' || weightDecay !== 0) return undefined;
  if (typeof wMin !== 'number' || typeof wMax !== 'number') return undefined;
  const clamp = hardBound ? { low: wMin, high: wMax } : { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return { ...factor, etaPlus, etaMinus, wMin, wMax, ...clamp };
}

/**
 * A Delta applied as one kernel, where the kernels know the wiring, all terms are products of whole layers, all rates are numbers
 * and nothing records a gradient; else `undefined`.
 */
export function fusedChange(
  w: tf.Tensor,
  { potentiation, depression }: Delta,
  topology: Topology,
  update: UpdateParams,
): tf.Tensor | undefined {
  const { batchReduction } = update;
  const terms = [...potentiation, ...depression];
  const constants = changeConstants(update, update);
  const kernels = backendKernels();
  if (kernels === undefined || constants === undefined || !isLinear(batchReduction) || !terms.every(isProduct)) return undefined;
  const pre = terms.find((term) => term.pre !== 1)?.pre;
  const post = terms.find((term) => term.post !== 1)?.post;
  if (pre === undefined || pre === 1 || post === undefined || post === 1) return undefined;
  const sizes = changeSizes(topology, pre, post, w, true);
  if (sizes === undefined) return undefined;
  const [batch = 1, ...whole] = topology.outputShape('applyDelta', pre.shape, w.shape);
  const outputs = whole.reduce((product, size) => product * size, batch);
  const isDense = sizes.geometry === undefined;
  const fits = (factor: tf.Tensor | 1, size: number): boolean => (factor === 1 ? isDense : factor.size === size);
  const ready = w.size * pre.size * outputs > 0 && terms.every((term) => fits(term.pre, pre.size) && fits(term.post, outputs));
  if (!ready) return undefined;
  const sides = { plus: asFloats(potentiation), minus: asFloats(depression) };
  return kernels.applyChange?.(w, sides, sizes, constants, batchReduction === 'mean');
}

const isProduct = (term: Term): term is FactorPair & TermTensors => !('perSample' in term);

/** Rules compute with masks, and what tfjs casts need not be float32 inside. */
const asFloats = (terms: readonly Term[]): readonly TermTensors[] =>
  terms.filter(isProduct).map(({ pre, post }) => ({ pre: asFactor(pre), post: asFactor(post) }));

const asFactor = (factor: tf.Tensor | 1): tf.Tensor | 1 => (factor === 1 ? 1 : toFloat(factor, 'applyDelta', 'delta'));
