import { pipe } from 'fp-ts/lib/function.js';
import type { Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import {
  aFunction,
  type Checks,
  either,
  fractionScalar,
  type Numeric,
  nonNegative,
  oneOf,
  positiveScalar,
  rate,
  timeConstant,
  validateParams,
} from '../../core/params/validation.js';
import type { Integration } from '../../traces/exponentialTrace.js';
import type { BatchReduction } from '../../updates/batchReduction.js';
import { orderedBounds, type WeightBoundParams, weightBoundChecks, weightBoundDefaults } from '../boundParams.js';
import { eulerTraces } from '../pair/eulerTraces.js';

/**
 * Parameters of {@link eligibilityStdp}: those of {@link WeightBoundParams} and
 *
 * @property dt              step, ms. Default 1.
 * @property tauPre          time constant of the presynaptic trace, ms. Default 20.
 * @property tauPost         time constant of the postsynaptic trace, ms. Default 20.
 * @property tauEligibility  time constant of the eligibility, ms, ≥ 0; 0: it forgets at once (MSTDP). Default 25.
 * @property etaPlus         learning rate of pre before post, dimensionless. Default 0.001.
 * @property etaMinus        learning rate of post before pre, dimensionless. Default 0.001.
 * @property traceMode       as in {@link PairStdpParams}. Default `'cumulative'`.
 * @property integration     as in {@link PairStdpParams}. Default `'exact'`.
 * @property coincidence     as in {@link PairStdpParams}. Default `'both'`.
 * @property readout         whether a reward meets the eligibility with the pairs of its own step (`'present'`), or as the
 *                           step before left it (`'previous'`). Default `'present'`.
 * @property positions       how the output positions of a convolution become one: `'sum'`, or `'mean'`. Default `'sum'`.
 * @property weightDecay     as in {@link PairStdpParams}. Default 0.
 * @property batchReduction  as in {@link PairStdpParams}. Default `'sum'`.
 */
export interface EligibilityStdpParams extends WeightBoundParams {
  readonly dt: number;
  readonly tauPre: Numeric;
  readonly tauPost: Numeric;
  readonly tauEligibility: Numeric;
  readonly etaPlus: Numeric;
  readonly etaMinus: Numeric;
  readonly traceMode: 'cumulative' | 'nearest';
  readonly integration: Integration;
  readonly coincidence: 'both' | 'potentiation' | 'depression' | 'none';
  readonly readout: 'present' | 'previous';
  readonly positions: 'sum' | 'mean';
  readonly weightDecay: number;
  readonly batchReduction: BatchReduction;
}

/** The defaults of {@link EligibilityStdpParams}. */
export const eligibilityStdpDefaults: EligibilityStdpParams = frozen({
  dt: 1,
  tauPre: 20,
  tauPost: 20,
  tauEligibility: 25,
  etaPlus: 1e-3,
  etaMinus: 1e-3,
  traceMode: 'cumulative',
  integration: 'exact',
  coincidence: 'both',
  readout: 'present',
  positions: 'sum',
  weightDecay: 0,
  batchReduction: 'sum',
  ...weightBoundDefaults,
});

/** One check for each of {@link EligibilityStdpParams}. */
export const eligibilityStdpChecks: Checks<EligibilityStdpParams> = {
  dt: positiveScalar,
  tauPre: timeConstant,
  tauPost: timeConstant,
  tauEligibility: nonNegative,
  etaPlus: rate,
  etaMinus: rate,
  traceMode: oneOf('cumulative', 'nearest'),
  integration: oneOf('exact', 'euler'),
  coincidence: oneOf('both', 'potentiation', 'depression', 'none'),
  readout: oneOf('present', 'previous'),
  positions: oneOf('sum', 'mean'),
  weightDecay: fractionScalar,
  batchReduction: either(oneOf('sum', 'mean', 'max'), aFunction),
  ...weightBoundChecks,
};

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateEligibilityStdpParams({ dt: 0 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'eligibilityStdp: dt must be a number > 0, got 0'
 */
export const validateEligibilityStdpParams = (
  given?: Partial<EligibilityStdpParams>,
  where = 'eligibilityStdp',
): Validated<EligibilityStdpParams> =>
  pipe(
    validateParams<EligibilityStdpParams>(where, eligibilityStdpDefaults, given, eligibilityStdpChecks),
    orderedBounds(where),
    eulerTraces(where, 'tauPre', 'tauPost'),
  );
