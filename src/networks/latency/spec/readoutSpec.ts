import type { Validated } from '../../../core/errors.js';
import { frozen } from '../../../core/frozen.js';
import { check, integerFrom, oneOf, positiveScalar } from '../../../core/params/validation.js';
import { validatePart } from '../../validatePart.js';
import { mostPixels } from './encoderSpec.js';

/**
 * What the linear read-out sees of the last layer, on a grid of cells over the image, per map:
 *
 * - `'spikes'`: Σ (T − t)/T over the neurons of the cell that fired at step t: spikes alone, earlier ones count more.
 * - `'potentials'`: the highest final potential in the cell.
 * - `'contrast'`: Σ max(0, potential − share · highest potential of any map at the position).
 *
 * @property grid        cells a side. Default 4.
 * @property share       of `'contrast'`, in [0, 1): at 1 no potential is above the highest. Default 0.7.
 * @property lambda      weight of ½‖W‖² in the fit. Default 0.01.
 * @property iterations  of the fit, at most. Default 80.
 */
export interface ReadoutSpec {
  readonly source: 'spikes' | 'potentials' | 'contrast';
  readonly grid: number;
  readonly share: number;
  readonly lambda: number;
  readonly iterations: number;
}

/** The defaults of {@link ReadoutSpec}. */
export const readoutDefaults: ReadoutSpec = frozen({ source: 'contrast', grid: 4, share: 0.7, lambda: 0.01, iterations: 80 });

/** The complete, checked read-out, or the first problem. */
export const validateReadoutSpec = (given?: Partial<ReadoutSpec>): Validated<ReadoutSpec> =>
  validatePart('network.readout', readoutDefaults, given, {
    source: oneOf('spikes', 'potentials', 'contrast'),
    grid: integerFrom(1, mostPixels),
    share: check('a number in [0, 1)', (value) => typeof value === 'number' && value >= 0 && Math.fround(value) < 1),
    lambda: positiveScalar,
    iterations: integerFrom(1),
  });
