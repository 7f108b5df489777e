import type { Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import { type Numeric, oneOf, rate, scalar, validateParams } from '../../core/params/validation.js';
import { orderedBounds } from '../boundParams.js';

/**
 * Parameters of order-based STDP under rewards, all dimensionless: two settings over the same weights.
 *
 * @property etaPlus           rate of inputs before the output, after a reward. Default 0.004.
 * @property etaMinus          rate of later inputs (positive depresses), after a reward. Default 0.003.
 * @property punishedEtaPlus   rate of inputs before the output, after a punishment. Default −0.004: they are depressed.
 * @property punishedEtaMinus  rate of later inputs, after a punishment. Default −0.0005: they are potentiated.
 * @property wMin              lower bound of the weights. Default 0.2.
 * @property wMax              upper bound of the weights. Default 0.8.
 * @property weightDependence  `'additive'`, or `'soft'`: both sides times (w − wMin)(wMax − w). Default `'additive'`.
 */
export interface RewardStdpParams {
  readonly etaPlus: Numeric;
  readonly etaMinus: Numeric;
  readonly punishedEtaPlus: Numeric;
  readonly punishedEtaMinus: Numeric;
  readonly wMin: number;
  readonly wMax: number;
  readonly weightDependence: 'soft' | 'additive';
}

/** Mozafari et al. 2019, third layer: (0.004, −0.003) for a reward, (−0.004, 0.0005) for a punishment, in [0.2, 0.8]. */
export const rewardStdpDefaults: RewardStdpParams = frozen({
  etaPlus: 0.004,
  etaMinus: 0.003,
  punishedEtaPlus: -0.004,
  punishedEtaMinus: -0.0005,
  wMin: 0.2,
  wMax: 0.8,
  weightDependence: 'additive',
});

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateRewardStdpParams({ wMin: 2 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'rewardStdp: wMin must be below wMax, got 2 and 0.8'
 */
export const validateRewardStdpParams = (given?: Partial<RewardStdpParams>, where = 'rewardStdp'): Validated<RewardStdpParams> =>
  orderedBounds<RewardStdpParams>(where)(
    validateParams(where, rewardStdpDefaults, given, {
      etaPlus: rate,
      etaMinus: rate,
      punishedEtaPlus: rate,
      punishedEtaMinus: rate,
      wMin: scalar,
      wMax: scalar,
      weightDependence: oneOf('soft', 'additive'),
    }),
  );
