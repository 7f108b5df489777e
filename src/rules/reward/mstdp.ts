import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { scalar } from '../../core/params/validation.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import { ratesInside } from '../../updates/updateParams.js';
import { orderedBounds } from '../boundParams.js';
import { separable } from '../coincidence.js';
import { ofActivities } from '../ofActivities.js';
import { type PairTracesState, pairActivities, pairAxons, pairSides } from '../pair/pairTraces.js';
import { type TwoFactorStdpParams, twoFactorStdpFields } from '../pair/twoFactorStdp.js';
import { type RuleMaker, ruleMaker } from '../ruleMaker.js';

const fields = {
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'sum'`. */
  batchReduction: param('sum', aBatchReduction),
  /** What rewards are multiplied with. Default 1 (samples are summed: 1/batch gives a mean). */
  scale: param(1, scalar),
};

/** Parameters of {@link mstdp}: those of {@link TwoFactorStdpParams}, with another reduction by default, and the scale of rewards. */
export interface MstdpParams extends ParamsOf<typeof fields>, TwoFactorStdpParams {}

/** The parameters of {@link MstdpParams}. */
export const mstdpFields = { ...twoFactorStdpFields, ...fields };

const schema = paramsSchema<MstdpParams>('mstdp', mstdpFields, orderedBounds, separable);

/** The defaults of {@link MstdpParams}. */
export const mstdpDefaults: MstdpParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateMstdpParams({ dt: 0 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'mstdp: dt must be a number > 0, got 0'
 */
export const validateMstdpParams = (given?: Partial<MstdpParams>): Validated<MstdpParams> => schema.validate(given);

/**
 * Reward-modulated STDP: {@link twoFactorStdp}, each sample's change multiplied by its reward M, so that a negative
 * reward turns it round.
 *
 *     Δw = f_b  scale·M_b · ( etaPost · Σ_p zPost ⊗ xPre(d)  +  etaPre · Σ_p zPre(d) ⊗ xPost )
 *
 * The reward comes with each input, one number or one per sample. Without it only the traces advance. A product
 * etaPost·M ≥ 0 is on the potentiation side, one below 0 on the depression side, and so for etaPre.
 *
 * @param params    see {@link MstdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range, or a delay comes without `maxDelay`.
 *
 * Source: Florian 2007 (MSTDP); Inferno `MSTDP` (which, where the reward differs between
 * samples, lets `'mean'` divide by the number of entries of each sign; here it divides by the batch).
 *
 * @example
 * const rule = mstdp({ etaPost: 0.1, etaPre: -0.1 });
 * const before = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [0], post: [1], reward: -2 }, ...before)[0].print();   // => [[0.5 - 0.2 * Math.exp(-1 / 20)]]
 */
export const mstdp: RuleMaker<MstdpParams, PairTracesState> = ruleMaker(schema, (params, topology) => {
  const step = pairActivities(params, { post: params.etaPost, pre: params.etaPre });
  const extras = { arrival: pairAxons('mstdp', params), rewardScale: params.scale };
  return {
    perInput: ['tauPre'],
    reads: ['reward', 'delay'],
    ...ofActivities({ step, sides: pairSides }, topology, { ...params, ...ratesInside }, extras),
  };
});
