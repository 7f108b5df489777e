import * as tf from '@tensorflow/tfjs-core';
import type { Numeric } from '../../core/params/validation.js';
import type { TraceParams } from '../../traces/traceParams.js';
import { ratesInside } from '../../updates/updateParams.js';
import { type Activities, type ActivityStep, readTrace, tensorActivities } from '../activities.js';
import { presentIn } from '../coincidence.js';
import { initRecords, throughAxons } from '../pair/axons.js';
import { programPath } from '../programPath.js';
import { type RuleMaker, ruleMaker } from '../ruleMaker.js';
import { signedDelta } from '../signedDelta.js';
import { type TripletStdpParams, tripletStdpSchema } from './tripletStdpParams.js';

/**
 * The memory of the triplet rule: two traces for each neuron, the shape of its layer's spikes, and with delays the latest
 * of what the inputs send, `[batch, samples, …pre]`.
 *
 * @property fastPre         r₁ of Pfister and Gerstner.
 * @property slowPre         r₂.
 * @property fastPost        o₁.
 * @property slowPost        o₂.
 * @property recentTraces    fast presynaptic traces.
 * @property recentSpikes    input spikes.
 * @property recentTriplets  input spikes times the slow trace that they read.
 */
export interface TripletStdpState {
  readonly fastPre: tf.Tensor;
  readonly slowPre: tf.Tensor;
  readonly fastPost: tf.Tensor;
  readonly slowPost: tf.Tensor;
  readonly recentTraces?: tf.Tensor;
  readonly recentSpikes?: tf.Tensor;
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
export const tripletStdp: RuleMaker<TripletStdpParams, TripletStdpState> = ruleMaker(tripletStdpSchema, (params, topology) => {
  const step = tripletActivities(params);
  const update = { ...params, ...ratesInside };
  return {
    perInput: ['tauPreFast', 'tauPreSlow'],
    reads: ['delay'],
    init: ({ pre, post }) => ({
      fastPre: tf.zeros([...pre]),
      slowPre: tf.zeros([...pre]),
      fastPost: tf.zeros([...post]),
      slowPost: tf.zeros([...post]),
      ...initRecords(['recentTraces', 'recentSpikes', 'recentTriplets'], pre, topology, params),
    }),
    delta: (input, w, state) => {
      const wiring = { topology, weightShape: w.shape };
      const { parts, next } = step(tensorActivities, input, state);
      const { halves, records } = throughAxons('tripletStdp', parts, input, state, wiring, params);
      return [signedDelta(halves, wiring), { ...next, ...records }];
    },
    update,
    fast: programPath({ step, sides }, topology, update),
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
