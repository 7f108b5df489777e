import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { oneOf, rate, scalar } from '../../core/params/validation.js';
import { orderedBounds } from '../boundParams.js';

const fields = {
  /** Rate of inputs before the output, after a reward. Default 0.004. */
  etaPlus: param(0.004, rate),
  /** Rate of later inputs (positive depresses), after a reward. Default 0.003. */
  etaMinus: param(0.003, rate),
  /** Rate of inputs before the output, after a punishment. Default −0.004: they are depressed. */
  punishedEtaPlus: param(-0.004, rate),
  /** Rate of later inputs, after a punishment. Default −0.0005: they are potentiated. */
  punishedEtaMinus: param(-0.0005, rate),
  /** Lower bound of the weights. Default 0.2. */
  wMin: param(0.2, scalar),
  /** Upper bound of the weights. Default 0.8. */
  wMax: param(0.8, scalar),
  /** `'additive'`, or `'soft'`: both sides times (w − wMin)(wMax − w). Default `'additive'`. */
  weightDependence: param('additive', oneOf('soft', 'additive')),
};

/** Parameters of order-based STDP under rewards, all dimensionless: two settings over the same weights. */
export interface RewardStdpParams extends ParamsOf<typeof fields> {}

/** What completes and checks {@link RewardStdpParams}. */
export const rewardStdpSchema = paramsSchema<RewardStdpParams>('rewardStdp', fields, orderedBounds);

/** Mozafari et al. 2019, third layer: (0.004, −0.003) for a reward, (−0.004, 0.0005) for a punishment, in [0.2, 0.8]. */
export const rewardStdpDefaults: RewardStdpParams = rewardStdpSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateRewardStdpParams({ wMin: 2 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'rewardStdp: wMin must be below wMax, got 2 and 0.8'
 */
export const validateRewardStdpParams = (given?: Partial<RewardStdpParams>): Validated<RewardStdpParams> =>
  rewardStdpSchema.validate(given);
