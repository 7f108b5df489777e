import { pipe } from 'fp-ts/lib/function.js';
import type { Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import {
  aFunction,
  either,
  finiteNumber,
  flag,
  fractionScalar,
  type Numeric,
  nonNegative,
  oneOf,
  positiveScalar,
  rate,
  scalar,
  timeConstant,
  validateParams,
} from '../../core/params/validation.js';
import type { Integration } from '../../traces/exponentialTrace.js';
import type { BatchReduction } from '../../updates/batchReduction.js';
import { type WeightDependence, weightDependences } from '../../updates/weightDependence.js';
import { orderedBounds } from '../boundParams.js';
import { eulerTraces } from './eulerTraces.js';
import { type PairingScheme, pairingSchemes } from './pairingSchemes.js';

/**
 * Parameters of the pair rule. Defaults are Norse's. Plain JSON, but for tensors and functions where a field allows them.
 *
 * @property dt                step, ms. Default 1.
 * @property tauPre            time constant of the presynaptic trace, ms. Default 50.
 * @property tauPost           time constant of the postsynaptic trace, ms. Default 50.
 * @property aPre              amplitude of the presynaptic trace, dimensionless. Default 1.
 * @property aPost             amplitude of the postsynaptic trace, dimensionless. Default 1.
 * @property etaPlus           learning rate of potentiation, dimensionless. Default 0.001. Negative: anti-Hebbian.
 * @property etaMinus          learning rate of depression, dimensionless. Default 0.001.
 * @property weightDependence  see {@link WeightDependence}. Default `'additive'`.
 * @property mu                exponent of `'multiplicativePow'`, ≥ 0. Default 0.
 * @property wMin              lower bound of the weights. Default 0.
 * @property wMax              upper bound of the weights. Default 1.
 * @property hardBound         whether weights are clamped to the bounds after each step. Default true.
 * @property weightDecay       fraction of every weight that is lost in each step, before the clamp, in [0, 1]. Default 0.
 * @property traceMode         how spikes pair, see {@link PairingScheme}. Default `'cumulative'`: all with all.
 * @property integration       `'euler'` as in Norse (one spike adds a·dt/τ), or `'exact'` (one spike adds a). Default `'euler'`.
 * @property coincidence       which sides a simultaneous pre and post spike acts on: `'both'` (traces are updated, then read; Norse),
 *                             `'potentiation'`, `'depression'`, or `'none'` (read, then updated). Default `'both'`.
 * @property batchReduction    how samples of a batch combine, see {@link BatchReduction}. Default `'sum'`.
 */
export interface PairStdpParams {
  readonly dt: number;
  readonly tauPre: Numeric;
  readonly tauPost: Numeric;
  readonly aPre: Numeric;
  readonly aPost: Numeric;
  readonly etaPlus: Numeric;
  readonly etaMinus: Numeric;
  readonly weightDependence: WeightDependence;
  readonly mu: Numeric;
  readonly wMin: number;
  readonly wMax: number;
  readonly hardBound: boolean;
  readonly weightDecay: number;
  readonly traceMode: PairingScheme;
  readonly integration: Integration;
  readonly coincidence: 'both' | 'potentiation' | 'depression' | 'none';
  readonly batchReduction: BatchReduction;
}

/** The defaults of {@link PairStdpParams}. */
export const pairStdpDefaults: PairStdpParams = frozen({
  dt: 1,
  tauPre: 50,
  tauPost: 50,
  aPre: 1,
  aPost: 1,
  etaPlus: 1e-3,
  etaMinus: 1e-3,
  weightDependence: 'additive',
  mu: 0,
  wMin: 0,
  wMax: 1,
  hardBound: true,
  weightDecay: 0,
  traceMode: 'cumulative',
  integration: 'euler',
  coincidence: 'both',
  batchReduction: 'sum',
});

/**
 * The complete, checked parameters of the pair rule, or why they were refused.
 *
 * @example
 * const params = validatePairStdpParams({ tauPre: 0 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'pairStdp: tauPre must be a positive number of ms, got 0'
 */
export const validatePairStdpParams = (given?: Partial<PairStdpParams>, where = 'pairStdp'): Validated<PairStdpParams> =>
  pipe(
    validateParams<PairStdpParams>(where, pairStdpDefaults, given, {
      dt: positiveScalar,
      tauPre: timeConstant,
      tauPost: timeConstant,
      aPre: finiteNumber,
      aPost: finiteNumber,
      etaPlus: rate,
      etaMinus: rate,
      weightDependence: oneOf(...weightDependences),
      mu: nonNegative,
      wMin: scalar,
      wMax: scalar,
      hardBound: flag,
      weightDecay: fractionScalar,
      traceMode: oneOf(...pairingSchemes),
      integration: oneOf('exact', 'euler'),
      coincidence: oneOf('both', 'potentiation', 'depression', 'none'),
      batchReduction: either(oneOf('sum', 'mean', 'max'), aFunction),
    }),
    orderedBounds(where),
    eulerTraces(where, 'tauPre', 'tauPost'),
  );
