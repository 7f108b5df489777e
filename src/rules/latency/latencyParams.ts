import type { Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import { type Numeric, oneOf, rate, scalar, validateParams } from '../../core/params/validation.js';
import { orderedBounds } from '../boundParams.js';

/**
 * Parameters of the order-based (latency) rule, all dimensionless.
 *
 * @property etaPlus           rate of potentiation; one number, or one per feature map. Default 0.004.
 * @property etaMinus          rate of depression (positive depresses); one number, or one per map. Default 0.003.
 * @property wMin              lower bound of the weights. Default 0.
 * @property wMax              upper bound of the weights. Default 1.
 * @property weightDependence  `'soft'` scales both sides by (w − wMin)(wMax − w); `'additive'` by 1. Default `'soft'`.
 */
export interface LatencyStdpParams {
  readonly etaPlus: Numeric;
  readonly etaMinus: Numeric;
  readonly wMin: number;
  readonly wMax: number;
  readonly weightDependence: 'soft' | 'additive';
}

/** Kheradpisheh et al. 2018: a⁺ = 0.004, a⁻ = 0.003, soft bounds on [0, 1]. */
export const latencyStdpDefaults: LatencyStdpParams = frozen({
  etaPlus: 0.004,
  etaMinus: 0.003,
  wMin: 0,
  wMax: 1,
  weightDependence: 'soft',
});

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateLatencyStdpParams({ wMin: 2 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'latencyStdp: wMin must be below wMax, got 2 and 1'
 */
export const validateLatencyStdpParams = (
  given?: Partial<LatencyStdpParams>,
  where = 'latencyStdp',
): Validated<LatencyStdpParams> =>
  orderedBounds<LatencyStdpParams>(where)(
    validateParams(where, latencyStdpDefaults, given, {
      etaPlus: rate,
      etaMinus: rate,
      wMin: scalar,
      wMax: scalar,
      weightDependence: oneOf('soft', 'additive'),
    }),
  );
