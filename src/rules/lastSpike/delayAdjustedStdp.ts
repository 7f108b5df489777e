import { orThrow, type Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import { nothingMore, validateParams } from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { orderedBounds, type WeightBoundParams, weightBoundChecks, weightBoundDefaults } from '../boundParams.js';
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

/** Parameters of {@link delayAdjustedStdp}: those of the pairs, the window and the weights' bounds. */
export interface DelayAdjustedStdpParams extends SpikePairParams, RateWindowParams, WeightBoundParams {}

/** The defaults of {@link DelayAdjustedStdpParams}. */
export const delayAdjustedStdpDefaults: DelayAdjustedStdpParams = frozen({
  ...spikePairDefaults,
  ...rateWindowDefaults,
  ...weightBoundDefaults,
});

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateDelayAdjustedStdpParams({ dt: 0 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'delayAdjustedStdp: dt must be a number > 0, got 0'
 */
export const validateDelayAdjustedStdpParams = (
  given?: Partial<DelayAdjustedStdpParams>,
  where = 'delayAdjustedStdp',
): Validated<DelayAdjustedStdpParams> =>
  orderedBounds<DelayAdjustedStdpParams>(where)(
    validateParams(where, delayAdjustedStdpDefaults, given, {
      ...spikePairChecks,
      ...rateWindowChecks,
      ...weightBoundChecks,
    }),
  );

/**
 * Pair STDP that knows the delays of its synapses: it compares the output's spike with the *arrival* of the input's.
 *
 *     Δ = t_post − (t_pre + delay)        of the latest spikes
 *     w' = bound( w + f_b Σ_p  etaPlus·e^(−|Δ|/tauPlus)  where Δ ≥ 0,  −etaMinus·e^(−|Δ|/tauMinus)  where Δ < 0 )
 *
 * The delays come with each input (`input.delay`, ms, the shape of w); without them they are 0. It is
 * {@link delayAdjustedKernelStdp} with two exponentials.
 *
 * @param params    see {@link DelayAdjustedStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Inferno `DelayAdjustedSTDP` (with `gate: 'always'`; its `lr_neg` is −etaMinus).
 *
 * @example
 * const rule = delayAdjustedStdp({ etaPlus: 0.1, etaMinus: 0.1 });
 * const delay = [[0], [3]];   // the second input's spike has not arrived when the output fires
 * const before = rule.step({ pre: [1, 1], post: [0], delay }, [[0.5], [0.5]], rule.init({ pre: [2], post: [1] }));
 * rule.step({ pre: [0, 0], post: [1], delay }, ...before)[0].print();   // => [[0.5 + 0.1 * Math.exp(-1 / 20)], [0.5 - 0.1 * Math.exp(-2 / 20)]]
 */
export function delayAdjustedStdp(
  params?: Partial<DelayAdjustedStdpParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<SpikeAgesState> {
  nothingMore(more, 'delayAdjustedStdp', 'delayAdjustedStdp(params, topology)');
  const complete = orThrow(validateDelayAdjustedStdpParams(params));
  const window = rateWindow(complete, 'post');
  return delayAdjustedRule({
    name: 'delayAdjustedStdp',
    params: complete,
    topology,
    window,
    learns: 'weight',
    bounds: complete,
  });
}
