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
