import type { Schema } from '../../core/params/schema.js';
import { delayBounds } from '../boundParams.js';
import { type RuleMaker, ruleMaker } from '../ruleMaker.js';
import {
  type DelayAdjustedKernelStdpDelayParams,
  type DelayAdjustedKernelStdpParams,
  type DelayAdjustedMstdpDelayParams,
  type DelayAdjustedMstdpParams,
  type DelayAdjustedStdpDelayParams,
  type DelayAdjustedStdpParams,
  kernelStdpDelaySchema,
  kernelStdpSchema,
  mstdpDelaySchema,
  mstdpSchema,
  stdpDelaySchema,
  stdpSchema,
} from './delayAdjustedParams.js';
import { type DelayAdjustedParts, delayAdjustedDefinition, kernelWindow, rateWindow } from './delayAdjustedRule.js';
import type { SpikeAgesState, SpikePairParams } from './spikePairs.js';

const family = <P extends SpikePairParams>(schema: Schema<P>, parts: (params: P) => DelayAdjustedParts) =>
  ruleMaker(schema, (params, topology) => delayAdjustedDefinition(params, topology, parts(params)));

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
export const delayAdjustedKernelStdp: RuleMaker<DelayAdjustedKernelStdpParams, SpikeAgesState> = family(
  kernelStdpSchema,
  (params) => ({
    learns: 'weight',
    window: kernelWindow(params, 'delayAdjustedKernelStdp'),
    bounds: params,
  }),
);

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
export const delayAdjustedKernelStdpDelay: RuleMaker<DelayAdjustedKernelStdpDelayParams, SpikeAgesState> = family(
  kernelStdpDelaySchema,
  (params) => ({
    learns: 'delay',
    window: kernelWindow(params, 'delayAdjustedKernelStdpDelay'),
    bounds: delayBounds(params),
  }),
);

/**
 * Pair STDP that knows the delays of its synapses, as {@link delayAdjustedKernelStdp} with two exponentials:
 *
 *     w' = bound( w + f_b Σ_p W(Δ) ),     W = etaPlus·e^(−|Δ|/tauPlus) where Δ ≥ 0,  −etaMinus·e^(−|Δ|/tauMinus) where Δ < 0
 *
 * @param params    see {@link DelayAdjustedStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 *
 * Source: Inferno `DelayAdjustedSTDP` (with `gate: 'always'`; its `lr_neg` is −etaMinus).
 *
 * @example
 * const rule = delayAdjustedStdp({ etaPlus: 0.1, etaMinus: 0.1 });
 * const delay = [[0], [3]];   // the second input's spike has not arrived when the output fires
 * const before = rule.step({ pre: [1, 1], post: [0], delay }, [[0.5], [0.5]], rule.init({ pre: [2], post: [1] }));
 * rule.step({ pre: [0, 0], post: [1], delay }, ...before)[0].print();   // => [[0.5 + 0.1 * Math.exp(-1 / 20)], [0.5 - 0.1 * Math.exp(-2 / 20)]]
 */
export const delayAdjustedStdp: RuleMaker<DelayAdjustedStdpParams, SpikeAgesState> = family(stdpSchema, (params) => ({
  learns: 'weight',
  window: rateWindow(params, 'post'),
  bounds: params,
}));

/**
 * {@link delayAdjustedStdp} for the delays themselves: they are the `w` that learns, in ms, and stay in [0, maxDelay].
 *
 *     delay' = clip( delay + f_b Σ_p W(Δ), 0, maxDelay ),     W = −etaMinus·e^(−|Δ|/tauMinus) where Δ ≥ 0,  etaPlus·e^(−|Δ|/tauPlus) where Δ < 0
 *
 * A spike that comes in time comes still earlier, one that comes too late comes later: etaPlus always belongs to the half
 * that raises. It is {@link delayAdjustedKernelStdpDelay} with two exponentials.
 *
 * @param params    see {@link DelayAdjustedStdpDelayParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 *
 * Source: Inferno `DelayAdjustedSTDPD` (with `gate: 'always'`; its `lr_neg` is −etaMinus, and there delays may leave their range).
 *
 * @example
 * const rule = delayAdjustedStdpDelay({ etaMinus: 0.1 });
 * const before = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [0], post: [1] }, ...before)[0].print();   // => [[0.5 - 0.1 * Math.exp(-0.5 / 20)]]
 */
export const delayAdjustedStdpDelay: RuleMaker<DelayAdjustedStdpDelayParams, SpikeAgesState> = family(
  stdpDelaySchema,
  (params) => ({
    learns: 'delay',
    window: rateWindow(params, 'pre'),
    bounds: delayBounds(params),
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
 *
 * Source: Inferno `DelayAdjustedMSTDP` (with `gate: 'always'`; its `lr_neg` is −etaMinus).
 *
 * @example
 * const rule = delayAdjustedMstdp({ etaPlus: 0.1 });
 * const before = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [0], post: [1], reward: -1 }, ...before)[0].print();   // => [[0.5 - 0.1 * Math.exp(-1 / 20)]]
 */
export const delayAdjustedMstdp: RuleMaker<DelayAdjustedMstdpParams, SpikeAgesState> = family(mstdpSchema, (params) => ({
  learns: 'weight',
  window: rateWindow(params, 'post'),
  bounds: params,
  scale: params.scale,
}));

/**
 * {@link delayAdjustedStdpDelay} under a reward M, as in {@link delayAdjustedMstdp}.
 *
 *     delay' = clip( delay + f_b  scale·M_b · Σ_p W(t_post − (t_pre + delay)), 0, maxDelay )
 *
 * @param params    see {@link DelayAdjustedMstdpDelayParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 *
 * Source: Inferno `DelayAdjustedMSTDPD` (with `gate: 'always'`; its `lr_neg` is −etaMinus, and there delays may leave their range).
 *
 * @example
 * const rule = delayAdjustedMstdpDelay({ etaMinus: 0.1 });
 * const before = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [0], post: [1], reward: -1 }, ...before)[0].print();   // => [[0.5 + 0.1 * Math.exp(-0.5 / 20)]]
 */
export const delayAdjustedMstdpDelay: RuleMaker<DelayAdjustedMstdpDelayParams, SpikeAgesState> = family(
  mstdpDelaySchema,
  (params) => ({
    learns: 'delay',
    window: rateWindow(params, 'pre'),
    bounds: delayBounds(params),
    scale: params.scale,
  }),
);
