import { type ParamsOf, param, paramsSchema } from '../core/params/schema.js';
import { oneOf } from '../core/params/validation.js';
import { eligibilityFields } from '../rules/reward/eligibilityStdp.js';
import { eulerTraces } from '../traces/traceParams.js';
import { aBatchReduction } from '../updates/batchReduction.js';

const fields = {
  /** How the output positions of a convolution become one: `'sum'`, or `'mean'`. Default `'mean'`. */
  positions: param('mean', oneOf('sum', 'mean')),
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'mean'`. */
  batchReduction: param('mean', aBatchReduction),
};

/**
 * Parameters of {@link EligibilitySTDP}: those of {@link EligibilityStdpParams}, but for what the peer doesn't have: bounds, weight
 * dependence and decay, and a readout, as its reward always comes after the step.
 */
export interface EligibilityLearnerParams extends ParamsOf<typeof fields>, ParamsOf<typeof eligibilityFields> {}

/** What completes and checks {@link EligibilityLearnerParams}. */
export const eligibilityLearnerSchema = paramsSchema<EligibilityLearnerParams>(
  'EligibilitySTDP',
  { ...eligibilityFields, ...fields },
  eulerTraces('tauPre', 'tauPost'),
);
