import * as tf from '@tensorflow/tfjs-core';
import { frozen } from '../../core/frozen.js';
import { type Numeric, oneOf, positiveScalar, timeConstant } from '../../core/params/validation.js';
import type { Topology } from '../../topologies/topology.js';
import type { TraceMode } from '../../traces/exponentialTrace.js';
import { pushHistory } from '../../traces/history.js';
import type { Term } from '../../updates/delta.js';
import { type Coincidence, coincidences, presentIn, readTrace } from '../coincidence.js';
import type { BatchedInput, LayerShapes } from '../rule.js';
import { type AxonParams, arrivals, arriving, axonChecks, axonDefaults, initRecords } from './axons.js';

/**
 * The two traces of a pair rule, and how the inputs reach the synapses ({@link AxonParams}).
 *
 * @property dt         step, ms. Default 1.
 * @property tauPre     time constant of the presynaptic trace, ms. Default 20.
 * @property tauPost    time constant of the postsynaptic trace, ms. Default 20.
 * @property traceMode  how spikes pair, see {@link TraceMode}. Default `'cumulative'`.
 * @property coincidence  which halves a simultaneous pre and post spike acts on, see {@link Coincidence}; with `delayed` always
 *                        `'both'`. Default `'both'`.
 */
export interface PairTracesParams extends AxonParams {
  readonly dt: number;
  readonly tauPre: Numeric;
  readonly tauPost: Numeric;
  readonly traceMode: TraceMode;
  readonly coincidence: Coincidence;
}

/** The defaults of {@link PairTracesParams}. */
export const pairTracesDefaults: PairTracesParams = frozen({
  dt: 1,
  tauPre: 20,
  tauPost: 20,
  traceMode: 'cumulative',
  coincidence: 'both',
  ...axonDefaults,
});

/** One check for each of {@link PairTracesParams}. */
export const pairTracesChecks = {
  dt: positiveScalar,
  tauPre: timeConstant,
  tauPost: timeConstant,
  traceMode: oneOf('cumulative', 'nearest'),
  coincidence: oneOf(...coincidences),
  ...axonChecks,
};

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
