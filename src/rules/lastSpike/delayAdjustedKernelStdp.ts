import type { Validated } from '../../core/errors.js';
import { paramsSchema } from '../../core/params/schema.js';
import {
  type DelayBoundParams,
  delayBoundFields,
  orderedBounds,
  type WeightBoundParams,
  weightBoundFields,
} from '../boundParams.js';
import type { RuleMaker } from '../ruleMaker.js';
import { kernelWindow, ofDelays, ofWeights } from './delayAdjustedRule.js';
import {
  type KernelWindowParams,
  kernelWindowFields,
  type SpikeAgesState,
  type SpikePairParams,
  spikePairFields,
} from './spikePairs.js';

/** Parameters of {@link delayAdjustedKernelStdp}: those of the pairs, the window and the weights' bounds. */
export interface DelayAdjustedKernelStdpParams extends SpikePairParams, KernelWindowParams, WeightBoundParams {}

const weightSchema = paramsSchema<DelayAdjustedKernelStdpParams>(
  'delayAdjustedKernelStdp',
  { ...spikePairFields, ...kernelWindowFields, ...weightBoundFields },
  orderedBounds,
);

/** The defaults of {@link DelayAdjustedKernelStdpParams}. */
export const delayAdjustedKernelStdpDefaults: DelayAdjustedKernelStdpParams = weightSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * validateDelayAdjustedKernelStdpParams({ dt: 0 })._tag;   // => 'Left'
 */
export const validateDelayAdjustedKernelStdpParams = (
  given?: Partial<DelayAdjustedKernelStdpParams>,
): Validated<DelayAdjustedKernelStdpParams> => weightSchema.validate(given);

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
 *
 * Source: Inferno `DelayAdjustedKernelSTDP` (with `gate: 'always'`).
 *
 * @example
 * const rule = delayAdjustedKernelStdp({ kernelPost: { kernel: 'constant', eta: 0.1, tau: 10 } });
 * const delay = [[0], [3]];   // the second input's spike has not arrived when the output fires
 * const before = rule.step({ pre: [1, 1], post: [0], delay }, [[0.5], [0.5]], rule.init({ pre: [2], post: [1] }));
 * rule.step({ pre: [0, 0], post: [1], delay }, ...before)[0].print();   // => [[0.6], [0.5 - 0.001 * Math.exp(-2 / 20)]]
 */
export const delayAdjustedKernelStdp: RuleMaker<DelayAdjustedKernelStdpParams, SpikeAgesState> = ofWeights(
  weightSchema,
  kernelWindow,
);

/** Parameters of {@link delayAdjustedKernelStdpDelay}: those of the pairs, the window (η in ms) and the delays' bound. */
export interface DelayAdjustedKernelStdpDelayParams extends SpikePairParams, KernelWindowParams, DelayBoundParams {}

const delaySchema = paramsSchema<DelayAdjustedKernelStdpDelayParams>('delayAdjustedKernelStdpDelay', {
  ...spikePairFields,
  ...kernelWindowFields,
  ...delayBoundFields,
});

/** The defaults of {@link DelayAdjustedKernelStdpDelayParams}: arrivals before the output's spike are put off, later ones hastened. */
export const delayAdjustedKernelStdpDelayDefaults: DelayAdjustedKernelStdpDelayParams = delaySchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * validateDelayAdjustedKernelStdpDelayParams({ maxDelay: -1 })._tag;   // => 'Left'
 */
export const validateDelayAdjustedKernelStdpDelayParams = (
  given?: Partial<DelayAdjustedKernelStdpDelayParams>,
): Validated<DelayAdjustedKernelStdpDelayParams> => delaySchema.validate(given);

/**
 * {@link delayAdjustedKernelStdp} for the delays themselves: they are the `w` that learns, in ms, and stay in [0, maxDelay].
 *
 *     delay' = clip( delay + f_b Σ_p K(t_post − (t_pre + delay)), 0, maxDelay )
 *
 * @param params    see {@link DelayAdjustedKernelStdpDelayParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 *
 * Source: Inferno `DelayAdjustedKernelSTDPD` (with `gate: 'always'`; there delays may leave their range).
 *
 * @example
 * const rule = delayAdjustedKernelStdpDelay({ kernelPost: { kernel: 'linear', eta: 1, tau: 4 } });
 * const before = rule.step({ pre: [1], post: [0] }, [[0]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [0], post: [1] }, ...before)[0].print();   // => [[0.75]]
 */
export const delayAdjustedKernelStdpDelay: RuleMaker<DelayAdjustedKernelStdpDelayParams, SpikeAgesState> = ofDelays(
  delaySchema,
  kernelWindow,
);
