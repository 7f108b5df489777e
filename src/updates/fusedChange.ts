import type * as tf from '@tensorflow/tfjs-core';
import { fusedKernels } from '../kernels/current.js';
import type { TermTensors } from '../kernels/fused.js';
import type { ChangeLaw } from '../kernels/laws.js';
import { changeSizes } from '../topologies/changeSizes.js';
import type { Topology } from '../topologies/topology.js';
import { type BatchReduction, isLinear } from './batchReduction.js';
import type { Delta, FactorPair, Term } from './delta.js';
import type { Bounds, Scaling } from './scaling.js';
import { dependenceCode } from './weightDependence.js';

/** Scaling and bounds in numbers for the kernels; `undefined` when they are not single numbers, or weights decay. */
export function changeLaw({ etaPlus, etaMinus, weightDependence, mu }: Scaling, bounds: Bounds): ChangeLaw | undefined {
  const factor = dependenceCode(weightDependence, mu);
  const { wMin, wMax, hardBound, weightDecay = 0 } = bounds;
  if (factor === undefined || typeof etaPlus !== 'number' || typeof etaMinus !== 'number' || weightDecay !== 0) return undefined;
  const clamp = hardBound ? { low: wMin, high: wMax } : { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return { ...factor, etaPlus, etaMinus, wMin, wMax, ...clamp };
}

/**
 * A Delta applied as one kernel, where all terms are products of whole layers, all rates are numbers and nothing records a
 * gradient; else `undefined`.
 */
export function fusedChange(
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
  const pre = terms.find((term) => term.pre !== 1)?.pre;
  const post = terms.find((term) => term.post !== 1)?.post;
  const kernels = fusedKernels();
  if (kernels === undefined || pre === undefined || pre === 1 || post === undefined || post === 1) return undefined;
  const fits = (factor: tf.Tensor | 1, size: number): boolean =>
    factor === 1 ? topology.type === 'dense' : factor.size === size && factor.dtype === 'float32';
  const [batch = 1, ...whole] = topology.outputShape('applyDelta', pre.shape, w.shape);
  const outputs = whole.reduce((product, size) => product * size, batch);
  const ready = w.size * pre.size * outputs > 0 && terms.every((term) => fits(term.pre, pre.size) && fits(term.post, outputs));
  if (!ready) return undefined;
  const sides = { plus: potentiation.filter(isProduct), minus: depression.filter(isProduct) };
  return kernels.applyChange(w, sides, changeSizes(topology, pre, post, w, true), law, reduction === 'mean');
}

const isProduct = (term: Term): term is FactorPair & TermTensors => !('perSample' in term);
