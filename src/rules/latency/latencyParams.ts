import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { oneOf, rate, scalar } from '../../core/params/validation.js';
import { orderedBounds } from '../boundParams.js';

const fields = {
  /** Rate of potentiation; one number, or one per feature map. Default 0.004. */
  etaPlus: param(0.004, rate),
  /** Rate of depression (positive depresses); one number, or one per map. Default 0.003. */
  etaMinus: param(0.003, rate),
  /** Lower bound of the weights. Default 0. */
  wMin: param(0, scalar),
  /** Upper bound of the weights. Default 1. */
  wMax: param(1, scalar),
  /** `'soft'` scales both sides by (w − wMin)(wMax − w); `'additive'` by 1. Default `'soft'`. */
  weightDependence: param('soft', oneOf('soft', 'additive')),
};

/** Parameters of the order-based (latency) rule, all dimensionless. */
export interface LatencyStdpParams extends ParamsOf<typeof fields> {}

/** What completes and checks {@link LatencyStdpParams}. */
export const latencyStdpSchema = paramsSchema<LatencyStdpParams>('latencyStdp', fields, orderedBounds);

/** Kheradpisheh et al. 2018: a⁺ = 0.004, a⁻ = 0.003, soft bounds on [0, 1]. */
export const latencyStdpDefaults: LatencyStdpParams = latencyStdpSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateLatencyStdpParams({ wMin: 2 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'latencyStdp: wMin must be below wMax, got 2 and 1'
 */
export const validateLatencyStdpParams = (given?: Partial<LatencyStdpParams>): Validated<LatencyStdpParams> =>
  latencyStdpSchema.validate(given);
