import type * as tf from '@tensorflow/tfjs-core';
import { type ParamsOf, param } from '../../core/params/schema.js';
import { type Numeric, positiveScalar, timeConstant } from '../../core/params/validation.js';
import { aTraceMode } from '../../traces/traceParams.js';
import { type ActivityStep, readTrace } from '../activities.js';
import { aCoincidence, presentIn } from '../coincidence.js';
import { type AxonParams, axonFields, axons } from './axons.js';

const fields = {
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** Time constant of the presynaptic trace, ms. Default 20. */
  tauPre: param(20, timeConstant),
  /** Time constant of the postsynaptic trace, ms. Default 20. */
  tauPost: param(20, timeConstant),
  /** How spikes pair, see {@link TraceMode}. Default `'cumulative'`. */
  traceMode: param('cumulative', aTraceMode),
  /**
   * Which halves a simultaneous pre and post spike acts on, see {@link Coincidence}; with `delayed` always `'both'`. Default
   * `'both'`.
   */
  coincidence: param('both', aCoincidence),
};

/** The two traces of a pair rule, and how the inputs reach the synapses ({@link AxonParams}). */
export interface PairTracesParams extends ParamsOf<typeof fields>, AxonParams {}

/** The parameters of {@link PairTracesParams}. */
export const pairTracesFields = { ...fields, ...axonFields };

/** The memory of a pair rule whose inputs may be delayed. */
export interface PairTracesState {
  /** Presynaptic trace, the shape of the input spikes. */
  readonly tPre: tf.Tensor;
  /** Postsynaptic trace, the shape of the output spikes. */
  readonly tPost: tf.Tensor;
  /** The latest presynaptic traces, `[batch, samples, …pre]`, where there are delays. */
  readonly recentTraces?: tf.Tensor;
  /** The latest input spikes, the same shape, where there are delays. */
  readonly recentSpikes?: tf.Tensor;
}

/** How the inputs of such a rule reach its synapses. */
export const pairAxons = (where: string, params: PairTracesParams) => axons(where, params, ['recentTraces', 'recentSpikes']);

/**
 * The step of both traces, and the two halves of the pair rule:
 *
 *     post half: zPost ⊗ xPre        pre half: zPre ⊗ xPost
 */
export function pairActivities(
  { dt, traceMode, tauPre, tauPost, coincidence }: PairTracesParams,
  rates: { readonly post: Numeric; readonly pre: Numeric },
): ActivityStep<'tPre' | 'tPost'> {
  const constants = { dt, traceMode, amplitude: 1, integration: 'exact' as const };
  const present = presentIn(coincidence);
  return (use, { pre, post }, state) => {
    const tPre = readTrace(use, state.tPre, pre, { ...constants, tau: tauPre }, present.pre);
    const tPost = readTrace(use, state.tPost, post, { ...constants, tau: tauPost }, present.post);
    const parts = [
      { rate: rates.post, pre: tPre.read, post, arrives: 'traces', tau: tauPre },
      { rate: rates.pre, pre, post: tPost.read, arrives: 'spikes' },
    ] as const;
    return { parts, next: { tPre: tPre.next, tPost: tPost.next } };
  };
}

/** Which layer each trace is about. */
export const pairSides = { tPre: 'pre', tPost: 'post' } as const;
