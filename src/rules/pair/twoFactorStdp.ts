import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { rate } from '../../core/params/validation.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import { ratesInside } from '../../updates/updateParams.js';
import { orderedBounds, type WeightBoundParams, weightBoundFields } from '../boundParams.js';
import { separable } from '../coincidence.js';
import { ofActivities } from '../ofActivities.js';
import { type RuleMaker, ruleMaker } from '../ruleMaker.js';
import {
  type PairTracesParams,
  type PairTracesState,
  pairActivities,
  pairAxons,
  pairSides,
  pairTracesFields,
} from './pairTraces.js';

const fields = {
  /** Signed rate at post spikes (pre before post), dimensionless. Default 0.001. */
  etaPost: param(1e-3, rate),
  /** Signed rate at pre spikes (post before pre), dimensionless. Default −0.001. */
  etaPre: param(-1e-3, rate),
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'mean'`. */
  batchReduction: param('mean', aBatchReduction),
};

/** Parameters of {@link twoFactorStdp}, those of {@link PairTracesParams} and {@link WeightBoundParams} included. */
export interface TwoFactorStdpParams extends ParamsOf<typeof fields>, PairTracesParams, WeightBoundParams {}

/** The parameters of {@link TwoFactorStdpParams}. */
export const twoFactorStdpFields = { ...fields, ...pairTracesFields, ...weightBoundFields };

const schema = paramsSchema<TwoFactorStdpParams>('twoFactorStdp', twoFactorStdpFields, orderedBounds, separable);

/** The defaults of {@link TwoFactorStdpParams}. */
export const twoFactorStdpDefaults: TwoFactorStdpParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateTwoFactorStdpParams({ tauPre: 0 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'twoFactorStdp: tauPre must be a positive number of ms, got 0'
 */
export const validateTwoFactorStdpParams = (given?: Partial<TwoFactorStdpParams>): Validated<TwoFactorStdpParams> =>
  schema.validate(given);

/**
 * Pair-based STDP whose two halves have a sign each, over inputs that may be delayed:
 *
 *     xPre = exp(−dt/tauPre)·xPre + zPre        xPost = exp(−dt/tauPost)·xPost + zPost      (or the nearest spike alone)
 *     Δw = f_b( etaPost · Σ_p zPost ⊗ xPre(d)  +  etaPre · Σ_p zPre(d) ⊗ xPost )
 *
 * What raises is one side of the Delta, what lowers the other; weight dependence acts on each. Signs choose the mode:
 * (+, −) Hebbian, (−, +) anti-Hebbian, (+, +) potentiative, (−, −) depressive.
 *
 * With `maxDelay`, `input.delay` holds a delay for each synapse, read anew in each step: a spike is seen as late as the
 * delay of the moment says. Weights are not clamped unless `hardBound` is set.
 *
 * @param params    see {@link TwoFactorStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range, or a delay comes without `maxDelay`.
 *
 * Source: Inferno `STDP`, `StableSTDP` (there a synapse's trace follows the spikes it received, under the delays of their
 * time: the same while delays stay; and reductions act on each half, here on each side).
 *
 * @example
 * const rule = twoFactorStdp({ etaPost: 0.1, etaPre: 0.1, maxDelay: 1 });   // potentiative
 * const delay = [[0], [1]];
 * const before = rule.step({ pre: [1, 1], post: [0], delay }, [[0.5], [0.5]], rule.init({ pre: [2], post: [1] }));
 * rule.step({ pre: [0, 0], post: [1], delay }, ...before)[0].print();   // => [[0.5 + 0.1 * Math.exp(-1 / 20)], [0.7]]
 */
export const twoFactorStdp: RuleMaker<TwoFactorStdpParams, PairTracesState> = ruleMaker(schema, (params, topology) => {
  const step = pairActivities(params, { post: params.etaPost, pre: params.etaPre });
  const arrival = pairAxons('twoFactorStdp', params);
  return {
    perInput: ['tauPre'],
    reads: ['delay'],
    ...ofActivities({ step, sides: pairSides }, topology, { ...params, ...ratesInside }, { arrival }),
  };
});
