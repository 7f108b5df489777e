import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { finiteNumber, fraction, nonNegativeRate, oneOf, positiveScalar, timeConstant } from '../../core/params/validation.js';
import { anIntegration, aTraceMode, eulerTraces } from '../../traces/traceParams.js';
import { aBatchReduction } from '../../updates/batchReduction.js';

const fields = {
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** Time constant of the presynaptic trace, ms. Default 20. */
  tauPre: param(20, timeConstant),
  /** As in {@link PairStdpParams}. Default `'cumulative'`. */
  traceMode: param('cumulative', aTraceMode),
  /** As in {@link PairStdpParams}. Default `'euler'`. */
  integration: param('euler', anIntegration),
  /** Learning rate of potentiation, dimensionless, ≥ 0. Default 0.0001. */
  etaPlus: param(1e-4, nonNegativeRate),
  /** Learning rate of depression, dimensionless, ≥ 0. Default 0.0001. */
  etaMinus: param(1e-4, nonNegativeRate),
  /** The weight around which both sides balance. Default 0.5. */
  wInit: param(0.5, finiteNumber),
  /** How strongly the change depends on the trace, in [0, 1]. Default 0. */
  a: param(0, fraction),
  /** `'spike'`: a neuron learns when it fires, as published; `'always'`: in every step (PySNN). Default `'spike'`. */
  gate: param('spike', oneOf('spike', 'always')),
  /** A trace is divided by the largest of its `'sample'`, or of the whole `'batch'` (PySNN). Default `'sample'`. */
  normalization: param('sample', oneOf('sample', 'batch')),
  /** `'mean'` or `'sum'` over the output positions of a convolution. Default `'mean'`. */
  positions: param('mean', oneOf('sum', 'mean')),
  /** As in {@link PairStdpParams}. Default `'mean'`. */
  batchReduction: param('mean', aBatchReduction),
};

/** Parameters of {@link fedeStdp}. */
export interface FedeStdpParams extends ParamsOf<typeof fields> {}

/** What completes and checks {@link FedeStdpParams}. */
export const fedeStdpSchema = paramsSchema<FedeStdpParams>('fedeStdp', fields, eulerTraces('tauPre'));

/** The defaults of {@link FedeStdpParams}. */
export const fedeStdpDefaults: FedeStdpParams = fedeStdpSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateFedeStdpParams({ a: 2 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'fedeStdp: a must be a number in [0, 1], got 2'
 */
export const validateFedeStdpParams = (given?: Partial<FedeStdpParams>): Validated<FedeStdpParams> =>
  fedeStdpSchema.validate(given);
