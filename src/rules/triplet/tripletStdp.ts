import type * as tf from '@tensorflow/tfjs-core';
import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { type Numeric, oneOf, positiveScalar, rate, timeConstant } from '../../core/params/validation.js';
import { aTraceMode, type TraceParams } from '../../traces/traceParams.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import { ratesInside } from '../../updates/updateParams.js';
import { type Activities, type ActivityStep, readTrace } from '../activities.js';
import { orderedBounds, type WeightBoundParams, weightBoundFields } from '../boundParams.js';
import { aCoincidence, presentIn, separable } from '../coincidence.js';
import { ofActivities } from '../ofActivities.js';
import { type AxonParams, axonFields, axons } from '../pair/axons.js';
import { type RuleMaker, ruleMaker } from '../ruleMaker.js';

const fields = {
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** Rate at a post spike, by the fast presynaptic trace. Default 0. */
  etaPostPair: param(0, rate),
  /** Rate at a post spike, by the fast presynaptic and the slow postsynaptic trace. Default 0.0065. */
  etaPostTriplet: param(6.5e-3, rate),
  /** Rate at a pre spike, by the fast postsynaptic trace. Default −0.0071. */
  etaPrePair: param(-7.1e-3, rate),
  /** Rate at a pre spike, by the fast postsynaptic and the slow presynaptic trace. Default 0. */
  etaPreTriplet: param(0, rate),
  /** Time constant of the fast presynaptic trace, ms. Default 16.8. */
  tauPreFast: param(16.8, timeConstant),
  /** Time constant of the slow presynaptic trace, ms. Default 101. */
  tauPreSlow: param(101, timeConstant),
  /** Time constant of the fast postsynaptic trace, ms. Default 33.7. */
  tauPostFast: param(33.7, timeConstant),
  /** Time constant of the slow postsynaptic trace, ms. Default 114. */
  tauPostSlow: param(114, timeConstant),
  /** How spikes pair, see {@link TraceMode}. Default `'cumulative'`. */
  traceMode: param('cumulative', aTraceMode),
  /**
   * Which halves a simultaneous pre and post spike acts on, by the fast traces, see {@link Coincidence}; with `delayed`
   * always `'both'`. Default `'both'`.
   */
  coincidence: param('both', aCoincidence),
  /**
   * Which value of a slow trace a spike of its own neuron reads: the one just `'before'` that spike (Pfister and Gerstner),
   * or that of the `'previous'` step, not decayed since (Inferno). Default `'before'`.
   */
  slowTrace: param('before', oneOf('before', 'previous')),
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'mean'`. */
  batchReduction: param('mean', aBatchReduction),
};

/**
 * Parameters of the triplet rule, those of {@link AxonParams} and {@link WeightBoundParams} included. Rates are signed.
 *
 * | here | Pfister and Gerstner | Inferno | default |
 * |---|---|---|---|
 * | `etaPostPair` | A2⁺ | `lr_post_pair` | 0 |
 * | `etaPostTriplet` | A3⁺ | sign(`lr_post_pair`)·abs(`lr_post_triplet`) | 0.0065 |
 * | `etaPrePair` | −A2⁻ | `lr_pre_pair` | −0.0071 |
 * | `etaPreTriplet` | −A3⁻ | sign(`lr_pre_pair`)·abs(`lr_pre_triplet`) | 0 |
 * | `tauPreFast` | τ₊ | `tc_pre_fast` | 16.8 |
 * | `tauPreSlow` | τx | `tc_pre_slow` | 101 |
 * | `tauPostFast` | τ₋ | `tc_post_fast` | 33.7 |
 * | `tauPostSlow` | τy | `tc_post_slow` | 114 |
 *
 * The defaults are Pfister and Gerstner's minimal model of visual cortex, all-to-all.
 */
export interface TripletStdpParams extends ParamsOf<typeof fields>, AxonParams, WeightBoundParams {}

const schema = paramsSchema<TripletStdpParams>(
  'tripletStdp',
  { ...fields, ...axonFields, ...weightBoundFields },
  orderedBounds,
  separable,
);

/** The defaults of {@link TripletStdpParams}. */
export const tripletStdpDefaults: TripletStdpParams = schema.defaults;

/**
 * The complete, checked parameters of the triplet rule, or why they were refused.
 *
 * @example
 * const params = validateTripletStdpParams({ tauPreSlow: 0 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'tripletStdp: tauPreSlow must be a positive number of ms, got 0'
 */
export const validateTripletStdpParams = (given?: Partial<TripletStdpParams>): Validated<TripletStdpParams> =>
  schema.validate(given);

/**
 * The memory of the triplet rule: two traces for each neuron, the shape of its layer's spikes, and with delays the latest
 * of what the inputs send, `[batch, samples, …pre]`.
 */
export interface TripletStdpState {
  /** R₁ of Pfister and Gerstner. */
  readonly fastPre: tf.Tensor;
  /** R₂. */
  readonly slowPre: tf.Tensor;
  /** O₁. */
  readonly fastPost: tf.Tensor;
  /** O₂. */
  readonly slowPost: tf.Tensor;
  /** Fast presynaptic traces. */
  readonly recentTraces?: tf.Tensor;
  /** Input spikes. */
  readonly recentSpikes?: tf.Tensor;
  /** Input spikes times the slow trace that they read. */
  readonly recentTriplets?: tf.Tensor;
}

/**
 * STDP of triplets of spikes: a pair counts for more when its neuron has spiked shortly before.
 *
 *     r₁, r₂: fast and slow presynaptic traces        o₁, o₂: postsynaptic ones; a spike adds 1 (or sets 1: nearest)
 *     Δw = f_b Σ_p  zPost·(etaPostPair + etaPostTriplet·o₂⁻) ⊗ r₁(d)  +  zPre·(etaPrePair + etaPreTriplet·r₂⁻)(d) ⊗ o₁
 *
 * o₂⁻ and r₂⁻ leave out the neuron's present spike (see `slowTrace`); r₁ and o₁ have the present ones in them. Each of the
 * four rates has a sign of its own; with triplet rates of 0 the rule is {@link twoFactorStdp}. Weights are not clamped
 * unless `hardBound` is set. Delays as in {@link twoFactorStdp}; with `delayed` r₂⁻ decays with r₁ from the older sample.
 *
 * @param params    see {@link TripletStdpParams}, which has the names of Pfister and Gerstner and of Inferno beside ours.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range, or a delay comes without `maxDelay`.
 *
 * Source: Pfister and Gerstner 2006; Inferno `TripletSTDP` (with `slowTrace: 'previous'`; it can't
 * run with `delayed` and delays, this can).
 *
 * @example
 * const rule = tripletStdp({ etaPostPair: 0, etaPostTriplet: 0.1, etaPrePair: 0, tauPreFast: Infinity, tauPostSlow: 20 });
 * const first = rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * first[0].print();   // => [[0.5]]
 * rule.step({ pre: [0], post: [1] }, ...first)[0].print();   // => [[0.5 + 0.1 * Math.exp(-1 / 20)]]
 */
export const tripletStdp: RuleMaker<TripletStdpParams, TripletStdpState> = ruleMaker(schema, (params, topology) => {
  const step = tripletActivities(params);
  const arrival = axons('tripletStdp', params, ['recentTraces', 'recentSpikes', 'recentTriplets']);
  return {
    perInput: ['tauPreFast', 'tauPreSlow'],
    reads: ['delay'],
    ...ofActivities({ step, sides }, topology, { ...params, ...ratesInside }, { arrival }),
  };
});

const sides = { fastPre: 'pre', slowPre: 'pre', fastPost: 'post', slowPost: 'post' } as const;

/** The step of the four traces, and the four products that a rate each is for. */
function tripletActivities(params: TripletStdpParams): ActivityStep<keyof typeof sides> {
  const { dt, traceMode, slowTrace, tauPreFast, tauPreSlow } = params;
  const present = presentIn(params.coincidence);
  const trace = (tau: Numeric): TraceParams => ({ tau, dt, traceMode, amplitude: 1, integration: 'exact' });
  return (use, { pre, post }, state) => {
    const slow = <V>(on: Activities<V>, x: V, spikes: V, tau: Numeric) => {
      const before = on.decayed(x, trace(tau));
      return { before: slowTrace === 'before' ? before : x, after: on.spiked(before, spikes, trace(tau)) };
    };
    const [slowPre, slowPost] = [slow(use, state.slowPre, pre, tauPreSlow), slow(use, state.slowPost, post, params.tauPostSlow)];
    const fastPre = readTrace(use, state.fastPre, pre, trace(tauPreFast), present.pre);
    const fastPost = readTrace(use, state.fastPost, post, trace(params.tauPostFast), present.post);
    const [preTriplet, postTriplet] = [use.product(pre, slowPre.before), use.product(post, slowPost.before)];
    const parts = [
      { rate: params.etaPostPair, pre: fastPre.read, post, arrives: 'traces', tau: tauPreFast },
      { rate: params.etaPostTriplet, pre: fastPre.read, post: postTriplet, arrives: 'traces', tau: tauPreFast },
      { rate: params.etaPrePair, pre, post: fastPost.read, arrives: 'spikes' },
      { rate: params.etaPreTriplet, pre: preTriplet, post: fastPost.read, arrives: 'triplets', tau: tauPreSlow },
    ] as const;
    return {
      parts,
      next: { fastPre: fastPre.next, slowPre: slowPre.after, fastPost: fastPost.next, slowPost: slowPost.after },
    };
  };
}
