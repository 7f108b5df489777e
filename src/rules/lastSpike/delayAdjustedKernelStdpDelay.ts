import { orThrow, type Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import { nothingMore, validateParams } from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { type DelayBoundParams, delayBoundChecks, delayBoundDefaults, delayBounds } from '../boundParams.js';
import type { Rule } from '../rule.js';
import { delayAdjustedRule, kernelWindow } from './delayAdjusted.js';
import {
  type KernelWindowParams,
  kernelWindowChecks,
  kernelWindowDefaults,
  type SpikePairParams,
  spikePairChecks,
  spikePairDefaults,
} from './spikePairParams.js';
import type { SpikeAgesState } from './spikePairs.js';

/** Parameters of {@link delayAdjustedKernelStdpDelay}: those of the pairs, the window (η in ms) and the delays' bound. */
export interface DelayAdjustedKernelStdpDelayParams extends SpikePairParams, KernelWindowParams, DelayBoundParams {}

/** The defaults of {@link DelayAdjustedKernelStdpDelayParams}: arrivals before the output's spike are put off, later ones hastened. */
export const delayAdjustedKernelStdpDelayDefaults: DelayAdjustedKernelStdpDelayParams = frozen({
  ...spikePairDefaults,
  ...kernelWindowDefaults,
  ...delayBoundDefaults,
});

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateDelayAdjustedKernelStdpDelayParams({ maxDelay: -1 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'delayAdjustedKernelStdpDelay: maxDelay must be a number > 0, got -1'
 */
export const validateDelayAdjustedKernelStdpDelayParams = (
  given?: Partial<DelayAdjustedKernelStdpDelayParams>,
  where = 'delayAdjustedKernelStdpDelay',
): Validated<DelayAdjustedKernelStdpDelayParams> =>
  validateParams(where, delayAdjustedKernelStdpDelayDefaults, given, {
    ...spikePairChecks,
    ...kernelWindowChecks,
    ...delayBoundChecks,
  });

/**
 * {@link delayAdjustedKernelStdp} for the delays themselves: they are the `w` that learns, in ms, and stay in [0, maxDelay].
 *
 *     delay' = clip( delay + f_b Σ_p K(t_post − (t_pre + delay)), 0, maxDelay )
 *
 * @param params    see {@link DelayAdjustedKernelStdpDelayParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Inferno `DelayAdjustedKernelSTDPD` (with `gate: 'always'`; there delays may leave their range).
 *
 * @example
 * const rule = delayAdjustedKernelStdpDelay({ kernelPost: { kernel: 'linear', eta: 1, tau: 4 } });
 * const before = rule.step({ pre: [1], post: [0] }, [[0]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [0], post: [1] }, ...before)[0].print();   // => [[0.75]]
 */
export function delayAdjustedKernelStdpDelay(
  params?: Partial<DelayAdjustedKernelStdpDelayParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<SpikeAgesState> {
  nothingMore(more, 'delayAdjustedKernelStdpDelay', 'delayAdjustedKernelStdpDelay(params, topology)');
  const complete = orThrow(validateDelayAdjustedKernelStdpDelayParams(params));
  const window = kernelWindow(complete, 'delayAdjustedKernelStdpDelay');
  return delayAdjustedRule({
    name: 'delayAdjustedKernelStdpDelay',
    params: complete,
    topology,
    window,
    learns: 'delay',
    bounds: delayBounds(complete),
  });
}
