import { pipe } from 'fp-ts/lib/function.js';
import type { Validated } from '../core/errors.js';
import { type Checks, validateParams } from '../core/params/validation.js';
import { type WeightBoundParams, weightBoundDefaults } from '../rules/boundParams.js';
import { eulerTraces } from '../rules/pair/eulerTraces.js';
import { type EligibilityStdpParams, eligibilityStdpChecks, eligibilityStdpDefaults } from '../rules/reward/eligibilityParams.js';

/**
 * Parameters of {@link EligibilitySTDP}: those of {@link EligibilityStdpParams}, but for what the peer doesn't have: bounds, weight
 * dependence and decay, and a readout, as its reward always comes after the step.
 *
 * @property positions       as in {@link EligibilityStdpParams}. Default `'mean'`.
 * @property batchReduction  as in {@link EligibilityStdpParams}. Default `'mean'`.
 */
export type EligibilityLearnerParams = Omit<EligibilityStdpParams, 'readout' | 'weightDecay' | keyof WeightBoundParams>;

const notOurs = ['readout', 'weightDecay', ...Object.keys(weightBoundDefaults)];

/** What a table holds for the parameters of the learner. */
const ours = (table: object): object => Object.fromEntries(Object.entries(table).filter(([name]) => !notOurs.includes(name)));

const defaults = {
  ...(ours(eligibilityStdpDefaults) as EligibilityLearnerParams),
  positions: 'mean',
  batchReduction: 'mean',
} as const satisfies EligibilityLearnerParams;

const checks = ours(eligibilityStdpChecks) as Checks<EligibilityLearnerParams>;

/** The complete, checked parameters, or why they were refused. */
export const validateEligibilityLearnerParams = (
  given: Partial<EligibilityLearnerParams>,
  where: string,
): Validated<EligibilityLearnerParams> =>
  pipe(validateParams<EligibilityLearnerParams>(where, defaults, given, checks), eulerTraces(where, 'tauPre', 'tauPost'));
