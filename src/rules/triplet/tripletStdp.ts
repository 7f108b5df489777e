import * as tf from '@tensorflow/tfjs-core';
import { orThrow } from '../../core/errors.js';
import { type Numeric, nothingMore } from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { pushHistory } from '../../traces/history.js';
import type { TraceParams } from '../../traces/traceParams.js';
import { addSpikes, decayTrace } from '../../traces/unchecked/exponentialTrace.js';
import { ratesInside } from '../../updates/updateParams.js';
import { presentIn, readTrace } from '../coincidence.js';
import { makeRule } from '../makeRule.js';
import { arrivals, arriving, initRecords } from '../pair/axons.js';
import type { BatchedInput, Rule } from '../rule.js';
import { signedDelta } from '../signedDelta.js';
import { type TripletStdpParams, validateTripletStdpParams } from './tripletStdpParams.js';

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
export function tripletStdp(
  params?: Partial<TripletStdpParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<TripletStdpState> {
  nothingMore(more, 'tripletStdp', 'tripletStdp(params, topology)');
  const complete = orThrow(validateTripletStdpParams(params));
  return makeRule<TripletStdpState>({
    name: 'tripletStdp',
    params: complete,
    perInput: ['tauPreFast', 'tauPreSlow'],
    reads: ['delay'],
    topology,
    init: ({ pre, post }) => ({
      fastPre: tf.zeros([...pre]),
      slowPre: tf.zeros([...pre]),
      fastPost: tf.zeros([...post]),
      slowPost: tf.zeros([...post]),
      ...initRecords(['recentTraces', 'recentSpikes', 'recentTriplets'], pre, topology, complete),
    }),
    delta: (input, w, state) => {
      const { next, fast, readPre, readPost } = advance(input, state, complete);
      const at = arrivals('tripletStdp', input, complete);
      const term = (now: tf.Tensor, record: tf.Tensor | undefined, post: tf.Tensor, tau?: Numeric) => {
        const sample = record === next.recentSpikes ? at?.spikes : at?.traces;
        return arriving({ now, record, sample, ...(tau !== undefined && { tau }) }, post, topology, w.shape);
      };
      const { tauPreFast, tauPreSlow } = complete;
      const parts = [
        { rate: complete.etaPostPair, term: () => term(fast.pre, next.recentTraces, input.post, tauPreFast) },
        { rate: complete.etaPostTriplet, term: () => term(fast.pre, next.recentTraces, readPost, tauPreFast) },
        { rate: complete.etaPrePair, term: () => term(input.pre, next.recentSpikes, fast.post) },
        { rate: complete.etaPreTriplet, term: () => term(readPre, next.recentTriplets, fast.post, tauPreSlow) },
      ];
      const used = parts.filter(({ rate }) => rate !== 0).map((part) => ({ rate: part.rate, term: part.term() }));
      return [signedDelta(used, { topology, weightShape: w.shape }), next];
    },
    update: { ...complete, ...ratesInside },
  });
}

/** The traces one step later, the fast ones as they are read, and the spikes times the slow traces that they read. */
function advance({ pre, post }: BatchedInput, state: TripletStdpState, params: TripletStdpParams) {
  const { dt, traceMode, slowTrace } = params;
  const step = (trace: tf.Tensor, spikes: tf.Tensor, tau: Numeric) => {
    const constants = { tau, dt, traceMode, amplitude: 1, integration: 'exact' as const };
    const before = decayTrace(trace, constants);
    return { before: slowTrace === 'before' ? before : trace, after: addSpikes(before, spikes, constants) };
  };
  const slow = { pre: step(state.slowPre, pre, params.tauPreSlow), post: step(state.slowPost, post, params.tauPostSlow) };
  const present = presentIn(params.coincidence);
  const fastTrace = (tau: Numeric): TraceParams => ({ tau, dt, traceMode, amplitude: 1, integration: 'exact' });
  const fastPre = readTrace(state.fastPre, pre, fastTrace(params.tauPreFast), present.pre);
  const fastPost = readTrace(state.fastPost, post, fastTrace(params.tauPostFast), present.post);
  const readPre = tf.mul(pre, slow.pre.before);
  const { recentTraces, recentSpikes, recentTriplets } = state;
  const next: TripletStdpState = {
    fastPre: fastPre.next,
    slowPre: slow.pre.after,
    fastPost: fastPost.next,
    slowPost: slow.post.after,
    ...(recentTraces && { recentTraces: pushHistory(recentTraces, fastPre.read) }),
    ...(recentSpikes && { recentSpikes: pushHistory(recentSpikes, pre) }),
    ...(recentTriplets && { recentTriplets: pushHistory(recentTriplets, readPre) }),
  };
  return { next, fast: { pre: fastPre.read, post: fastPost.read }, readPre, readPost: tf.mul(post, slow.post.before) };
}
