import * as tf from '@tensorflow/tfjs-core';
import { type ParamsOf, param } from '../../core/params/schema.js';
import { positiveScalar, timeConstant } from '../../core/params/validation.js';
import type { Topology } from '../../topologies/topology.js';
import { pushHistory } from '../../traces/history.js';
import { aTraceMode } from '../../traces/traceParams.js';
import type { Term } from '../../updates/delta.js';
import { aCoincidence, presentIn, readTrace } from '../coincidence.js';
import type { BatchedInput, LayerShapes } from '../rule.js';
import { type AxonParams, arrivals, arriving, axonFields, initRecords } from './axons.js';

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

/**
 * The memory of a pair rule whose inputs may be delayed.
 *
 * @property tPre            presynaptic trace, the shape of the input spikes.
 * @property tPost           postsynaptic trace, the shape of the output spikes.
 * @property recentTraces    with delays: the latest presynaptic traces, `[batch, samples, …pre]`.
 * @property recentSpikes    with delays: the latest input spikes, the same shape.
 */
export interface PairTracesState {
  readonly tPre: tf.Tensor;
  readonly tPost: tf.Tensor;
  readonly recentTraces?: tf.Tensor;
  readonly recentSpikes?: tf.Tensor;
}

/** Nothing has spiked. */
export const initPairTraces = ({ pre, post }: LayerShapes, topology: Topology, params: PairTracesParams): PairTracesState => ({
  tPre: tf.zeros([...pre]),
  tPost: tf.zeros([...post]),
  ...initRecords(['recentTraces', 'recentSpikes'], pre, topology, params),
});

/**
 * One step of the traces and the two halves of the pair rule, of rate 1 each:
 *
 *     post half: zPost ⊗ xPre        pre half: zPre ⊗ xPost
 */
export function pairTracesStep(
  where: string,
  input: BatchedInput,
  weightShape: readonly number[],
  state: PairTracesState,
  topology: Topology,
  params: PairTracesParams,
): { readonly post: Term; readonly pre: Term; readonly next: PairTracesState } {
  const { dt, traceMode, tauPre, tauPost } = params;
  const constants = { dt, traceMode, amplitude: 1, integration: 'exact' as const };
  const present = presentIn(params.coincidence);
  const tPre = readTrace(state.tPre, input.pre, { ...constants, tau: tauPre }, present.pre);
  const tPost = readTrace(state.tPost, input.post, { ...constants, tau: tauPost }, present.post);
  const recentTraces = state.recentTraces && pushHistory(state.recentTraces, tPre.read);
  const recentSpikes = state.recentSpikes && pushHistory(state.recentSpikes, input.pre);
  const at = arrivals(where, input, params);
  const trace = { now: tPre.read, record: recentTraces, sample: at?.traces, tau: tauPre };
  const spikes = { now: input.pre, record: recentSpikes, sample: at?.spikes };
  return {
    post: arriving(trace, input.post, topology, weightShape),
    pre: arriving(spikes, tPost.read, topology, weightShape),
    next: { tPre: tPre.next, tPost: tPost.next, ...(recentTraces && { recentTraces }), ...(recentSpikes && { recentSpikes }) },
  };
}
