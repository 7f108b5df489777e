import { either, flag, oneOf, optional } from '../../../core/params/validation.js';
import type { Score } from '../../score.js';

/**
 * What is read out beside a trained network, to see what its training is worth:
 *
 * - `'shuffled'`: its own weights, shuffled inside each map. What each map weighs stays, where it weighs it is lost.
 * - `'random'`: fresh weights of the same histogram, those of a layer drawn without replacement by all its maps.
 */
export type ControlKind = 'shuffled' | 'random';

/** The control that is asked for, or none; `true` is `'shuffled'`. */
export type Control = boolean | ControlKind;

/** The names of all controls. */
export const controlKinds = ['shuffled', 'random'] as const satisfies readonly ControlKind[];

/** A control, or none. */
export const aControl = either(flag, oneOf(...controlKinds));

/** A control, or none; none where it is left out. */
export const optionalControl = optional(aControl);

/** Which control is asked for; undefined for none. */
export const kindOfControl = (asked: Control = false): ControlKind | undefined =>
  asked === true ? 'shuffled' : asked === false ? undefined : asked;

/** How many spikes a layer gives, of the network and of its control. */
export interface LayerDensity {
  /** Index of the layer. */
  readonly layer: number;
  /** Threshold of the control at which it gives as many as the network. */
  readonly threshold: number;
  /** Cells with a spike, on average over the first training images: what the next layer or the read-out sees. */
  readonly trained: number;
  /** The same of the control. */
  readonly control: number;
}

/** The score of a control. */
export interface ControlScore extends Score {
  readonly kind: ControlKind;
  /** Densities of the layers whose spikes are seen by the next one or the read-out, in their order. */
  readonly densities: readonly LayerDensity[];
}
