import { orThrow, type Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import { nothingMore, scalar, validateParams } from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { orderedBounds, weightBoundChecks } from '../boundParams.js';
import type { Rule } from '../rule.js';
import { delayAdjustedRule, rateWindow } from './delayAdjusted.js';
import { type DelayAdjustedStdpParams, delayAdjustedStdpDefaults } from './delayAdjustedStdp.js';
import { rateWindowChecks, spikePairChecks } from './spikePairParams.js';
import type { SpikeAgesState } from './spikePairs.js';

/**
 * Parameters of {@link delayAdjustedMstdp}: those of {@link DelayAdjustedStdpParams}, and
 *
 * @property scale  what rewards are multiplied with. Default 1 (samples are summed: 1/batch gives a mean).
 */
export interface DelayAdjustedMstdpParams extends DelayAdjustedStdpParams {
  readonly scale: number;
}

/** The defaults of {@link DelayAdjustedMstdpParams}. */
export const delayAdjustedMstdpDefaults: DelayAdjustedMstdpParams = frozen({
  ...delayAdjustedStdpDefaults,
  batchReduction: 'sum',
  scale: 1,
});

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateDelayAdjustedMstdpParams({ dt: 0 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'delayAdjustedMstdp: dt must be a number > 0, got 0'
 */
export const validateDelayAdjustedMstdpParams = (
  given?: Partial<DelayAdjustedMstdpParams>,
  where = 'delayAdjustedMstdp',
): Validated<DelayAdjustedMstdpParams> =>
  orderedBounds<DelayAdjustedMstdpParams>(where)(
    validateParams(where, delayAdjustedMstdpDefaults, given, {
      ...spikePairChecks,
      ...rateWindowChecks,
      scale: scalar,
      ...weightBoundChecks,
    }),
  );

/**
 * {@link delayAdjustedStdp} under a reward M: each sample's change is multiplied by `scale·M`, so that a negative reward
 * turns it round.
 *
 *     w' = bound( w + f_b  scale·M_b · Σ_p W(t_post − (t_pre + delay)) )
 *
 * The reward comes with each input, one number or one per sample; without it nothing is learnt. Where it differs between
 * samples, `'mean'` divides by the batch (Inferno: by the number of entries in each of its lists).
 *
 * @param params    see {@link DelayAdjustedMstdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Inferno `DelayAdjustedMSTDP` (with `gate: 'always'`; its `lr_neg` is −etaMinus).
 *
 * @example
 * const rule = delayAdjustedMstdp({ etaPlus: 0.1, etaMinus: 0.1 });
 * const delay = [[0], [3]];   // the second input's spike has not arrived when the output fires
 * const before = rule.step({ pre: [1, 1], post: [0], delay }, [[0.5], [0.5]], rule.init({ pre: [2], post: [1] }));
 * rule.step({ pre: [0, 0], post: [1], delay, reward: -1 }, ...before)[0].print();   // => [[0.5 - 0.1 * Math.exp(-1 / 20)], [0.5 + 0.1 * Math.exp(-2 / 20)]]
 */
export function delayAdjustedMstdp(
  params?: Partial<DelayAdjustedMstdpParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<SpikeAgesState> {
  nothingMore(more, 'delayAdjustedMstdp', 'delayAdjustedMstdp(params, topology)');
  const complete = orThrow(validateDelayAdjustedMstdpParams(params));
  const window = rateWindow(complete, 'post');
  return delayAdjustedRule({
    name: 'delayAdjustedMstdp',
    params: complete,
    topology,
    window,
    scale: complete.scale,
    learns: 'weight',
    bounds: complete,
  });
}
