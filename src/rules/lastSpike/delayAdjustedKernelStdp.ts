import { orThrow, type Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import { nothingMore, validateParams } from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { orderedBounds, type WeightBoundParams, weightBoundChecks, weightBoundDefaults } from '../boundParams.js';
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

/** Parameters of {@link delayAdjustedKernelStdp}: those of the pairs, the window and the weights' bounds. */
export interface DelayAdjustedKernelStdpParams extends SpikePairParams, KernelWindowParams, WeightBoundParams {}

/** The defaults of {@link DelayAdjustedKernelStdpParams}. */
export const delayAdjustedKernelStdpDefaults: DelayAdjustedKernelStdpParams = frozen({
  ...spikePairDefaults,
  ...kernelWindowDefaults,
  ...weightBoundDefaults,
});

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateDelayAdjustedKernelStdpParams({ dt: 0 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'delayAdjustedKernelStdp: dt must be a number > 0, got 0'
 */
export const validateDelayAdjustedKernelStdpParams = (
  given?: Partial<DelayAdjustedKernelStdpParams>,
  where = 'delayAdjustedKernelStdp',
): Validated<DelayAdjustedKernelStdpParams> =>
  orderedBounds<DelayAdjustedKernelStdpParams>(where)(
    validateParams(where, delayAdjustedKernelStdpDefaults, given, {
      ...spikePairChecks,
      ...kernelWindowChecks,
      ...weightBoundChecks,
    }),
  );

/**
 * STDP by kernels that knows the delays of its synapses: it compares the output's spike with the *arrival* of the input's.
 *
 *     Δ = t_post − (t_pre + delay)        of the latest spikes
 *     w' = bound( w + f_b Σ_p K(Δ) ),     K = kernelPost where Δ ≥ 0, kernelPre where Δ < 0
 *
 * The delays come with each input (`input.delay`, ms, the shape of w); without them they are 0.
 *
 * @param params    see {@link DelayAdjustedKernelStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Inferno `DelayAdjustedKernelSTDP` (with `gate: 'always'`).
 *
 * @example
 * const rule = delayAdjustedKernelStdp({ kernelPost: { kernel: 'constant', eta: 0.1, tau: 10 } });
 * const delay = [[0], [3]];   // the second input's spike has not arrived when the output fires
 * const before = rule.step({ pre: [1, 1], post: [0], delay }, [[0.5], [0.5]], rule.init({ pre: [2], post: [1] }));
 * rule.step({ pre: [0, 0], post: [1], delay }, ...before)[0].print();   // => [[0.6], [0.5 - 0.001 * Math.exp(-2 / 20)]]
 */
export function delayAdjustedKernelStdp(
  params?: Partial<DelayAdjustedKernelStdpParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<SpikeAgesState> {
  nothingMore(more, 'delayAdjustedKernelStdp', 'delayAdjustedKernelStdp(params, topology)');
  const complete = orThrow(validateDelayAdjustedKernelStdpParams(params));
  const window = kernelWindow(complete, 'delayAdjustedKernelStdp');
  return delayAdjustedRule({
    name: 'delayAdjustedKernelStdp',
    params: complete,
    topology,
    window,
    learns: 'weight',
    bounds: complete,
  });
}
