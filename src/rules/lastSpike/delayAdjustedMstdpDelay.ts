import { orThrow, type Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import { nothingMore, scalar, validateParams } from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { delayBoundChecks, delayBounds } from '../boundParams.js';
import type { Rule } from '../rule.js';
import { delayAdjustedRule, rateWindow } from './delayAdjusted.js';
import { type DelayAdjustedStdpDelayParams, delayAdjustedStdpDelayDefaults } from './delayAdjustedStdpDelay.js';
import { rateWindowChecks, spikePairChecks } from './spikePairParams.js';
import type { SpikeAgesState } from './spikePairs.js';

/**
 * Parameters of {@link delayAdjustedMstdpDelay}: those of {@link DelayAdjustedStdpDelayParams}, and
 *
 * @property scale  what rewards are multiplied with. Default 1 (samples are summed: 1/batch gives a mean).
 */
export interface DelayAdjustedMstdpDelayParams extends DelayAdjustedStdpDelayParams {
  readonly scale: number;
}

/** The defaults of {@link DelayAdjustedMstdpDelayParams}. */
export const delayAdjustedMstdpDelayDefaults: DelayAdjustedMstdpDelayParams = frozen({
  ...delayAdjustedStdpDelayDefaults,
  batchReduction: 'sum',
  scale: 1,
});

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateDelayAdjustedMstdpDelayParams({ maxDelay: -1 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'delayAdjustedMstdpDelay: maxDelay must be a number > 0, got -1'
 */
export const validateDelayAdjustedMstdpDelayParams = (
  given?: Partial<DelayAdjustedMstdpDelayParams>,
  where = 'delayAdjustedMstdpDelay',
): Validated<DelayAdjustedMstdpDelayParams> =>
  validateParams(where, delayAdjustedMstdpDelayDefaults, given, {
    ...spikePairChecks,
    ...rateWindowChecks,
    scale: scalar,
    ...delayBoundChecks,
  });

/**
 * {@link delayAdjustedStdpDelay} under a reward M: each sample's change of the delays is multiplied by `scale·M`.
 *
 *     delay' = clip( delay + f_b  scale·M_b · Σ_p W(t_post − (t_pre + delay)), 0, maxDelay )
 *
 * The reward comes with each input, one number or one per sample; without it nothing is learnt.
 *
 * @param params    see {@link DelayAdjustedMstdpDelayParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Inferno `DelayAdjustedMSTDPD` (with `gate: 'always'`; its `lr_neg` is −etaMinus, and there delays may leave their range).
 *
 * @example
 * const rule = delayAdjustedMstdpDelay({ etaMinus: 0.1 });
 * const before = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [0], post: [1], reward: -1 }, ...before)[0].print();   // => [[0.5 + 0.1 * Math.exp(-0.5 / 20)]]
 */
export function delayAdjustedMstdpDelay(
  params?: Partial<DelayAdjustedMstdpDelayParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<SpikeAgesState> {
  nothingMore(more, 'delayAdjustedMstdpDelay', 'delayAdjustedMstdpDelay(params, topology)');
  const complete = orThrow(validateDelayAdjustedMstdpDelayParams(params));
  const window = rateWindow(complete, 'pre');
  return delayAdjustedRule({
    name: 'delayAdjustedMstdpDelay',
    params: complete,
    topology,
    window,
    scale: complete.scale,
    learns: 'delay',
    bounds: delayBounds(complete),
  });
}
