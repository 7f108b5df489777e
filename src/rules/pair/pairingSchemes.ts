import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../core/at.js';
import { type Check, oneOf } from '../../core/params/validation.js';
import { positionsOf, postSide, preSide } from '../../topologies/synapseSums.js';
import type { Topology } from '../../topologies/topology.js';
import { type PairedTraceParams, pairedTraceStep, type TraceSource, traceSource } from '../../traces/pairedTrace.js';
import type { TraceParams } from '../../traces/traceParams.js';
import { addSpikes, decayTrace, traceStep } from '../../traces/unchecked/exponentialTrace.js';
import type { Delta } from '../../updates/delta.js';
import { type BatchedInput, type LayerShapes, synapseShape } from '../rule.js';
import type { StdpState } from './stdpState.js';

/**
 * Which pairs of spikes count. The first two need one trace per neuron; in the others a spike that was paired is
 * forgotten, by that pair of neurons alone, so they need one trace for each pair of neurons.
 *
 * | name | a post spike is paired with | a pre spike is paired with | Morrison et al. 2008 |
 * |---|---|---|---|
 * | `cumulative` | every earlier pre spike | every earlier post spike | all-to-all |
 * | `nearest` | the last pre spike | the last post spike | figure 7A, symmetric |
 * | `preCentred` | every pre spike since the last post spike | the last post spike | figure 7B, presynaptic centred |
 * | `restrictedNearest` | the last pre spike, if no post spike came between | the last post spike, if no pre spike came between | figure 7C, reduced symmetric |
 *
 * Source: Morrison, Diesmann and Gerstner 2008, section 4.1.2 and figure 7.
 */
export type PairingScheme = 'cumulative' | 'nearest' | 'preCentred' | 'restrictedNearest';

/** The names, for validation. */
export const pairingSchemes = ['cumulative', 'nearest', 'preCentred', 'restrictedNearest'] as const;

/** The check of {@link PairingScheme}. */
export const aPairingScheme: Check<PairingScheme> = oneOf(...pairingSchemes);

/** Whether a scheme keeps one trace for each pair of neurons. */
export const isPaired = (scheme: PairingScheme): scheme is 'preCentred' | 'restrictedNearest' =>
  scheme === 'preCentred' || scheme === 'restrictedNearest';

/**
 * What such a scheme starts from: nothing to pair. Shapes are `[batch, positions, taps, out]`.
 *
 * @throws {StdpError} when the shape of the weights is needed and missing.
 */
export function initPairs(scheme: PairingScheme, topology: Topology, shapes: LayerShapes): Pick<StdpState, 'tPlus' | 'tMinus'> {
  if (!isPaired(scheme)) return {};
  const weights = synapseShape(topology, shapes, 'pairStdp').slice(-topology.weightRank);
  const batched = shapes.post.length === topology.rank;
  const positions = positionsOf(batched ? shapes.post : [1, ...shapes.post], topology, weights);
  const shape = [...shapes.post.slice(0, batched ? 1 : 0), positions, product(weights.slice(0, -1)), at(weights, -1)];
  return { tPlus: tf.zeros(shape), ...(scheme === 'restrictedNearest' && { tMinus: tf.zeros(shape) }) };
}

/** How the two sides of {@link pairedDelta} work. */
export interface PairedDeltaOptions {
  readonly scheme: 'preCentred' | 'restrictedNearest';
  readonly topology: Topology;
  readonly traces: { readonly pre: TraceParams; readonly post: TraceParams };
  /** Whether the present pre spike takes part in potentiation, and the present post spike in depression. */
  readonly present: { readonly pre: boolean; readonly post: boolean };
}

/** One step of the schemes that forget what they have paired. */
export function pairedDelta(
  { pre, post }: BatchedInput,
  w: tf.Tensor,
  state: StdpState,
  options: PairedDeltaOptions,
): [Delta, StdpState] {
  const { scheme, topology, traces, present } = options;
  const rows = (tensor: tf.Tensor) => preSide(tensor, topology, w.shape);
  const columns = (tensor: tf.Tensor) => postSide(tensor, topology, w.shape);
  const sources = { pre: traceSource(pre, traces.pre), post: traceSource(post, traces.post) };
  const tPre = traceStep(state.tPre, pre, traces.pre);
  const before = decayTrace(state.tPost, traces.post);
  const tPost = addSpikes(before, post, traces.post);

  const step = (trace: tf.Tensor | undefined, own: TraceSource, other: tf.Tensor, params: PairedTraceParams) =>
    pairedTraceStep(trace ?? tf.scalar(0), own, other, params);
  const dense = (value: tf.Tensor, spikes: tf.Tensor) => ({
    perSample: tf.reshape(tf.sum(tf.mul(value, spikes), 1), [-1, ...w.shape]),
  });

  const fromPre = spread(sources.pre, rows);
  const fromPost = spread(sources.post, columns);
  const traceMode = scheme === 'preCentred' ? 'cumulative' : 'nearest';
  const [up, tPlus] = step(state.tPlus, fromPre, fromPost.spiked, { traceMode, present: present.pre });
  const potentiation = [dense(up, columns(post))];
  if (scheme === 'preCentred') {
    const depression = [{ pre, post: present.post ? tPost : before }];
    return [
      { potentiation, depression },
      { tPre, tPost, tPlus },
    ];
  }
  const [down, tMinus] = step(state.tMinus, fromPost, fromPre.spiked, { traceMode, present: present.post });
  return [
    { potentiation, depression: [dense(down, rows(pre))] },
    { tPre, tPost, tPlus, tMinus },
  ];
}

const spread = ({ decay, jump, spiked }: TraceSource, over: (tensor: tf.Tensor) => tf.Tensor): TraceSource => ({
  decay: over(decay),
  jump: over(jump),
  spiked: over(spiked),
});

const product = (sizes: readonly number[]) => sizes.reduce((size, next) => size * next, 1);
