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

/**
 * How many spikes a layer gives, of the network and of its control.
 *
 * @property layer      its index.
 * @property threshold  of the control, at which it gives as many as the network.
 * @property trained    cells with a spike, on average over the first training images: what the next layer or the read-out sees.
 * @property control    the same of the control.
 */
export interface LayerDensity {
  readonly layer: number;
  readonly threshold: number;
  readonly trained: number;
  readonly control: number;
}

/**
 * The score of a control.
 *
 * @property densities  of the layers whose spikes are seen by the next one or the read-out, in their order.
 */
export interface ControlScore extends Score {
  readonly kind: ControlKind;
  readonly densities: readonly LayerDensity[];
}
