import type { Numeric } from '../core/params/validation.js';
import type { WeightDependence, WeightFunction } from './weightDependence.js';

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
 * @property hardBound    whether weights are clamped to [wMin, wMax] after the change.
 * @property weightDecay  fraction of the changed weights that is lost before the clamp, in [0, 1]. Default 0.
 */
export interface Bounds extends Limits {
  readonly hardBound: boolean;
  readonly weightDecay?: number;
}
