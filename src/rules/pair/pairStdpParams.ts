import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { finiteNumber, fractionScalar, oneOf, positiveScalar, rate, timeConstant } from '../../core/params/validation.js';
import { anIntegration, eulerTraces } from '../../traces/traceParams.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import { clampedBoundFields, dependenceFields, orderedBounds } from '../boundParams.js';
import { aPairingScheme } from './pairingSchemes.js';

const fields = {
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** Time constant of the presynaptic trace, ms. Default 50. */
  tauPre: param(50, timeConstant),
  /** Time constant of the postsynaptic trace, ms. Default 50. */
  tauPost: param(50, timeConstant),
  /** Amplitude of the presynaptic trace, dimensionless. Default 1. */
  aPre: param(1, finiteNumber),
  /** Amplitude of the postsynaptic trace, dimensionless. Default 1. */
  aPost: param(1, finiteNumber),
  /** Learning rate of potentiation, dimensionless. Default 0.001. Negative: anti-Hebbian. */
  etaPlus: param(1e-3, rate),
  /** Learning rate of depression, dimensionless. Default 0.001. */
  etaMinus: param(1e-3, rate),
  /** Fraction of every weight that is lost in each step, before the clamp, in [0, 1]. Default 0. */
  weightDecay: param(0, fractionScalar),
  /** How spikes pair, see {@link PairingScheme}. Default `'cumulative'`: all with all. */
  traceMode: param('cumulative', aPairingScheme),
  /** `'euler'` as in Norse (one spike adds a·dt/τ), or `'exact'` (one spike adds a). Default `'euler'`. */
  integration: param('euler', anIntegration),
  /**
   * Which sides a simultaneous pre and post spike acts on: `'both'` (traces are updated, then read; Norse),
   * `'potentiation'`, `'depression'`, or `'none'` (read, then updated). Default `'both'`.
   */
  coincidence: param('both', oneOf('both', 'potentiation', 'depression', 'none')),
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'sum'`. */
  batchReduction: param('sum', aBatchReduction),
};

/** Parameters of the pair rule. Defaults are Norse's. Plain JSON, but for tensors and functions where a field allows them. */
export interface PairStdpParams
  extends ParamsOf<typeof fields>,
    ParamsOf<typeof dependenceFields>,
    ParamsOf<typeof clampedBoundFields> {}

/** What completes and checks {@link PairStdpParams}. */
export const pairStdpSchema = paramsSchema<PairStdpParams>(
  'pairStdp',
  { ...fields, ...dependenceFields, ...clampedBoundFields },
  orderedBounds,
  eulerTraces('tauPre', 'tauPost'),
);

/** The defaults of {@link PairStdpParams}. */
export const pairStdpDefaults: PairStdpParams = pairStdpSchema.defaults;

/**
 * The complete, checked parameters of the pair rule, or why they were refused.
 *
 * @example
 * const params = validatePairStdpParams({ tauPre: 0 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'pairStdp: tauPre must be a positive number of ms, got 0'
 */
export const validatePairStdpParams = (given?: Partial<PairStdpParams>): Validated<PairStdpParams> =>
  pairStdpSchema.validate(given);
