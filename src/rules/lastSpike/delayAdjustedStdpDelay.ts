import { orThrow, type Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import { nothingMore, validateParams } from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { type DelayBoundParams, delayBoundChecks, delayBoundDefaults, delayBounds } from '../boundParams.js';
import type { Rule } from '../rule.js';
import { delayAdjustedRule, rateWindow } from './delayAdjusted.js';
import {
  type RateWindowParams,
  rateWindowChecks,
  rateWindowDefaults,
  type SpikePairParams,
  spikePairChecks,
  spikePairDefaults,
} from './spikePairParams.js';
import type { SpikeAgesState } from './spikePairs.js';

/** Parameters of {@link delayAdjustedStdpDelay}: those of the pairs, the window (rates in ms) and the delays' bound. */
export interface DelayAdjustedStdpDelayParams extends SpikePairParams, RateWindowParams, DelayBoundParams {}

/** The defaults of {@link DelayAdjustedStdpDelayParams}. */
export const delayAdjustedStdpDelayDefaults: DelayAdjustedStdpDelayParams = frozen({
  ...spikePairDefaults,
  ...rateWindowDefaults,
  ...delayBoundDefaults,
});

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateDelayAdjustedStdpDelayParams({ maxDelay: -1 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'delayAdjustedStdpDelay: maxDelay must be a number > 0, got -1'
 */
export const validateDelayAdjustedStdpDelayParams = (
  given?: Partial<DelayAdjustedStdpDelayParams>,
  where = 'delayAdjustedStdpDelay',
): Validated<DelayAdjustedStdpDelayParams> =>
  validateParams(where, delayAdjustedStdpDelayDefaults, given, {
    ...spikePairChecks,
    ...rateWindowChecks,
    ...delayBoundChecks,
  });

/**
 * {@link delayAdjustedStdp} for the delays themselves: they are the `w` that learns, in ms, and stay in [0, maxDelay].
 *
 *     delay' = clip( delay + f_b Σ_p  −etaMinus·e^(−|Δ|/tauMinus)  where Δ ≥ 0,  etaPlus·e^(−|Δ|/tauPlus)  where Δ < 0 ;  0, maxDelay )
 *
 * A spike that comes in time comes still earlier, one that comes too late comes later: etaPlus always belongs to the half
 * that raises. It is {@link delayAdjustedKernelStdpDelay} with two exponentials.
 *
 * @param params    see {@link DelayAdjustedStdpDelayParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Inferno `DelayAdjustedSTDPD` (with `gate: 'always'`; its `lr_neg` is −etaMinus, and there delays may leave their range).
 *
 * @example
 * const rule = delayAdjustedStdpDelay({ etaMinus: 0.1 });
 * const before = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [0], post: [1] }, ...before)[0].print();   // => [[0.5 - 0.1 * Math.exp(-0.5 / 20)]]
 */
export function delayAdjustedStdpDelay(
  params?: Partial<DelayAdjustedStdpDelayParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<SpikeAgesState> {
  nothingMore(more, 'delayAdjustedStdpDelay', 'delayAdjustedStdpDelay(params, topology)');
  const complete = orThrow(validateDelayAdjustedStdpDelayParams(params));
  const window = rateWindow(complete, 'pre');
  return delayAdjustedRule({
    name: 'delayAdjustedStdpDelay',
    params: complete,
    topology,
    window,
    learns: 'delay',
    bounds: delayBounds(complete),
  });
}
