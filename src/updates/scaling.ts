import type { Numeric } from '../core/params/validation.js';
import type { WeightDependence, WeightFunction } from './weightDependence.js';

/** How large each side of a change is. */
export interface Scaling {
  /** Learning rate of potentiation (one number, or one per output). */
  readonly etaPlus: Numeric;
  /** Learning rate of depression. */
  readonly etaMinus: Numeric;
  /** See {@link WeightDependence}; or a function of the weights. */
  readonly weightDependence: WeightDependence | WeightFunction;
  /** Exponent of `multiplicativePow`. */
  readonly mu: Numeric;
}

/** A lower and an upper bound. */
export interface Limits {
  readonly wMin: Numeric;
  readonly wMax: Numeric;
}

/**
 * Where weights may lie. A bound is one number; a list, one per output; or a tensor that broadcasts with the weights: of shape `[nPre, 1]`
 * it is one per input of a dense layer, as Dale's law asks for (`wMin` 0 for inputs that excite, `wMax` 0 for those that inhibit). Of a
 * sparse layer a tensor of two axes broadcasts with `[nPre, nPost]`, as if all synapses were there.
 *
 * @property wMin         lower bound.
 * @property wMax         upper bound.
 */
export interface Bounds extends Limits {
  /** Whether weights are clamped to [wMin, wMax] after the change. */
  readonly hardBound: boolean;
  /** Fraction of the changed weights that is lost before the clamp, in [0, 1]. Default 0. */
  readonly weightDecay?: number;
}
