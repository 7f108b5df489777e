import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { fractionScalar, nonNegative, oneOf, positiveScalar, rate, timeConstant } from '../../core/params/validation.js';
import { anIntegration, aTraceMode, eulerTraces } from '../../traces/traceParams.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import { orderedBounds, type WeightBoundParams, weightBoundFields } from '../boundParams.js';

/** How pairs are remembered until a reward comes. */
export const eligibilityFields = {
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** Time constant of the presynaptic trace, ms. Default 20. */
  tauPre: param(20, timeConstant),
  /** Time constant of the postsynaptic trace, ms. Default 20. */
  tauPost: param(20, timeConstant),
  /** Time constant of the eligibility, ms, ≥ 0; 0: it forgets at once (MSTDP). Default 25. */
  tauEligibility: param(25, nonNegative),
  /** Learning rate of pre before post, dimensionless. Default 0.001. */
  etaPlus: param(1e-3, rate),
  /** Learning rate of post before pre, dimensionless. Default 0.001. */
  etaMinus: param(1e-3, rate),
  /** As in {@link PairStdpParams}. Default `'cumulative'`. */
  traceMode: param('cumulative', aTraceMode),
  /** As in {@link PairStdpParams}. Default `'exact'`. */
  integration: param('exact', anIntegration),
  /** As in {@link PairStdpParams}. Default `'both'`. */
  coincidence: param('both', oneOf('both', 'potentiation', 'depression', 'none')),
  /** How the output positions of a convolution become one: `'sum'`, or `'mean'`. Default `'sum'`. */
  positions: param('sum', oneOf('sum', 'mean')),
  /** As in {@link PairStdpParams}. Default `'sum'`. */
  batchReduction: param('sum', aBatchReduction),
};

const fields = {
  /**
   * Whether a reward meets the eligibility with the pairs of its own step (`'present'`), or as the step before left it
   * (`'previous'`). Default `'present'`.
   */
  readout: param('present', oneOf('present', 'previous')),
  /** As in {@link PairStdpParams}. Default 0. */
  weightDecay: param(0, fractionScalar),
};

/** Parameters of {@link eligibilityStdp}: those of {@link WeightBoundParams} included. */
export interface EligibilityStdpParams extends ParamsOf<typeof eligibilityFields>, ParamsOf<typeof fields>, WeightBoundParams {}

/** What completes and checks {@link EligibilityStdpParams}. */
export const eligibilityStdpSchema = paramsSchema<EligibilityStdpParams>(
  'eligibilityStdp',
  { ...eligibilityFields, ...fields, ...weightBoundFields },
  orderedBounds,
  eulerTraces('tauPre', 'tauPost'),
);

/** The defaults of {@link EligibilityStdpParams}. */
export const eligibilityStdpDefaults: EligibilityStdpParams = eligibilityStdpSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateEligibilityStdpParams({ dt: 0 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'eligibilityStdp: dt must be a number > 0, got 0'
 */
export const validateEligibilityStdpParams = (given?: Partial<EligibilityStdpParams>): Validated<EligibilityStdpParams> =>
  eligibilityStdpSchema.validate(given);
