import { pipe } from 'fp-ts/lib/function.js';
import type { Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import {
  aFunction,
  either,
  finiteNumber,
  fraction,
  type Numeric,
  nonNegativeRate,
  oneOf,
  positiveScalar,
  timeConstant,
  validateParams,
} from '../../core/params/validation.js';
import type { Integration } from '../../traces/exponentialTrace.js';
import type { BatchReduction } from '../../updates/batchReduction.js';
import { eulerTraces } from '../pair/eulerTraces.js';

/**
 * Parameters of {@link fedeStdp}.
 *
 * @property dt              step, ms. Default 1.
 * @property tauPre          time constant of the presynaptic trace, ms. Default 20.
 * @property traceMode       as in {@link PairStdpParams}. Default `'cumulative'`.
 * @property integration     as in {@link PairStdpParams}. Default `'euler'`.
 * @property etaPlus         learning rate of potentiation, dimensionless, ≥ 0. Default 0.0001.
 * @property etaMinus        learning rate of depression, dimensionless, ≥ 0. Default 0.0001.
 * @property wInit           the weight around which both sides balance. Default 0.5.
 * @property a               how strongly the change depends on the trace, in [0, 1]. Default 0.
 * @property gate            `'spike'`: a neuron learns when it fires, as published; `'always'`: in every step (PySNN). Default `'spike'`.
 * @property normalization   a trace is divided by the largest of its `'sample'`, or of the whole `'batch'` (PySNN). Default `'sample'`.
 * @property positions       `'mean'` or `'sum'` over the output positions of a convolution. Default `'mean'`.
 * @property batchReduction  as in {@link PairStdpParams}. Default `'mean'`.
 */
export interface FedeStdpParams {
  readonly dt: number;
  readonly tauPre: Numeric;
  readonly traceMode: 'cumulative' | 'nearest';
  readonly integration: Integration;
  readonly etaPlus: Numeric;
  readonly etaMinus: Numeric;
  readonly wInit: Numeric;
  readonly a: Numeric;
  readonly gate: 'spike' | 'always';
  readonly normalization: 'sample' | 'batch';
  readonly positions: 'sum' | 'mean';
  readonly batchReduction: BatchReduction;
}

/** The defaults of {@link FedeStdpParams}. */
export const fedeStdpDefaults: FedeStdpParams = frozen({
  dt: 1,
  tauPre: 20,
  traceMode: 'cumulative',
  integration: 'euler',
  etaPlus: 1e-4,
  etaMinus: 1e-4,
  wInit: 0.5,
  a: 0,
  gate: 'spike',
  normalization: 'sample',
  positions: 'mean',
  batchReduction: 'mean',
});

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateFedeStdpParams({ a: 2 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'fedeStdp: a must be a number in [0, 1], got 2'
 */
export const validateFedeStdpParams = (given?: Partial<FedeStdpParams>, where = 'fedeStdp'): Validated<FedeStdpParams> =>
  pipe(
    validateParams<FedeStdpParams>(where, fedeStdpDefaults, given, {
      dt: positiveScalar,
      tauPre: timeConstant,
      traceMode: oneOf('cumulative', 'nearest'),
      integration: oneOf('exact', 'euler'),
      etaPlus: nonNegativeRate,
      etaMinus: nonNegativeRate,
      wInit: finiteNumber,
      a: fraction,
      gate: oneOf('spike', 'always'),
      normalization: oneOf('sample', 'batch'),
      positions: oneOf('sum', 'mean'),
      batchReduction: either(oneOf('sum', 'mean', 'max'), aFunction),
    }),
    eulerTraces(where, 'tauPre'),
  );
