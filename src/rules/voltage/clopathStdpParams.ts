import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { finiteNumber, nonNegativeScalar, positiveScalar, rate, scalar, timeConstant } from '../../core/params/validation.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import { clampedBoundFields, orderedBounds } from '../boundParams.js';

const fields = {
  /** Step, ms. Default 1. Potentials change fast near a spike: 0.1 to 0.25 is usual. */
  dt: param(1, positiveScalar),
  /** Time constant of the presynaptic trace, ms. Default 15. */
  tauPre: param(15, timeConstant),
  /** Time constant of the potential that depression reads, ms. Default 10. */
  tauMinus: param(10, timeConstant),
  /** Time constant of the potential that potentiation reads, ms. Default 7. */
  tauPlus: param(7, timeConstant),
  /**
   * How far back the filtered potentials lie, ms; a width of action potentials keeps a spike from potentiating by itself.
   * Default 0.
   */
  delay: param(0, nonNegativeScalar),
  /** Amplitude of potentiation, 1/mV². Default 8e-5. */
  etaPlus: param(8e-5, rate),
  /** Amplitude of depression, 1/mV. Default 14e-5. */
  etaMinus: param(14e-5, rate),
  /** Potential above which the neuron is taken to spike, mV. Default −45.3. */
  thetaPlus: param(-45.3, finiteNumber),
  /** Potential above which a filtered potential acts, mV. Default −70.6. */
  thetaMinus: param(-70.6, finiteNumber),
  /** Potential before the first step, mV; without a voltage, that of a silent neuron. Default −70.6. */
  uRest: param(-70.6, scalar),
  /** Without a voltage, the potential in a step with a spike, mV. Default 33. */
  uSpike: param(33, scalar),
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'sum'`. */
  batchReduction: param('sum', aBatchReduction),
};

/** Parameters of voltage-based plasticity. Defaults are those of the paper for visual cortex. */
export interface ClopathStdpParams extends ParamsOf<typeof fields>, ParamsOf<typeof clampedBoundFields> {}

/** What completes and checks {@link ClopathStdpParams}. */
export const clopathStdpSchema = paramsSchema<ClopathStdpParams>(
  'clopathStdp',
  { ...fields, ...clampedBoundFields },
  orderedBounds,
);

/** The defaults of {@link ClopathStdpParams}. */
export const clopathStdpDefaults: ClopathStdpParams = clopathStdpSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateClopathStdpParams({ delay: -1 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'clopathStdp: delay must be a number ≥ 0, got -1'
 */
export const validateClopathStdpParams = (given?: Partial<ClopathStdpParams>): Validated<ClopathStdpParams> =>
  clopathStdpSchema.validate(given);
