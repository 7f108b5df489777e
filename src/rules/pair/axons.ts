import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../../core/errors.js';
import { type ParamsOf, param } from '../../core/params/schema.js';
import { flag, type Numeric, nonNegativeScalar } from '../../core/params/validation.js';
import { asTensor, sumOf } from '../../core/tensors.js';
import { historyLength, initHistory, pushHistory } from '../../traces/history.js';
import { aSpikeInterpolation, type Sample } from '../../traces/samples.js';
import { heldSample, sampleBefore } from '../../traces/unchecked/history.js';
import type { Term } from '../../updates/delta.js';
import { perSample } from '../../updates/perSample.js';
import type { Arrival } from '../ofActivities.js';
import type { BatchedInput } from '../rule.js';
import type { SignedHalf, Wiring } from '../signedDelta.js';

/** The parameters of {@link AxonParams}. */
export const axonFields = {
  /** The longest delay, ms; shorter and longer ones of the input are taken as 0 and as this. Default 0: no delays. */
  maxDelay: param(0, nonNegativeScalar),
  /**
   * What a delay between two samples reads of a trace: with false the trace of the spike train that the synapse receives,
   * with true the input's trace at that moment, decayed from the older sample. (Whole steps: the same.) Default false.
   */
  delayed: param(false, flag),
  /** Which spike such a delay reads (with `delayed` always the older), see {@link SpikeInterpolation}. Default `'previous'`. */
  interpolation: param('previous', aSpikeInterpolation),
  /** A delay as close as this to whole steps is whole, ms. Default 0.0001. */
  interpTolerance: param(1e-4, nonNegativeScalar),
};

/** How a rule sees inputs whose spikes travel for a while before they reach a synapse. */
export interface AxonParams extends ParamsOf<typeof axonFields> {}

/** The latest of what the inputs send, `[batch, samples, …pre]`; of rules without delays there are none. */
export interface Records {
  readonly recentTraces?: tf.Tensor;
  readonly recentSpikes?: tf.Tensor;
  readonly recentTriplets?: tf.Tensor;
}

type DelayParams = AxonParams & { readonly dt: number };

/** How the inputs of a rule reach its synapses, with records of these names where there are delays. */
export const axons = (where: string, params: DelayParams, names: readonly (keyof Records)[]): Arrival<Records> => ({
  init: ({ pre }, topology) => {
    const { maxDelay, dt } = params;
    if (maxDelay === 0) return {};
    const axis = pre.length === topology.rank ? 1 : 0;
    return Object.fromEntries(names.map((name) => [name, initHistory(pre, historyLength(maxDelay, dt), 0, axis)]));
  },
  through: (parts, input, state, wiring) => {
    const at = arrivals(where, input, params);
    const records: { -readonly [name in keyof Records]: tf.Tensor } = {};
    const halves = parts.map(({ rate, pre, post, arrives, tau }): (() => SignedHalf) => {
      const name = arrives && recordOf[arrives];
      const past = name && state[name];
      if (name === undefined || past === undefined) return () => ({ rate, term: { pre, post } });
      records[name] ??= pushHistory(past, pre);
      const incoming = { now: pre, record: records[name], sample: arrives === 'spikes' ? at?.spikes : at?.traces };
      return () => ({ rate, term: arriving({ ...incoming, ...(tau !== undefined && { tau }) }, post, wiring) });
    });
    return { halves: halves.filter((_, index) => parts[index]?.rate !== 0).map((half) => half()), records };
  },
});

const recordOf = { traces: 'recentTraces', spikes: 'recentSpikes', triplets: 'recentTriplets' } as const;

/** Where each synapse finds the spikes and the traces that reach it now; undefined when no delay came: then it sees the present. */
function arrivals(
  where: string,
  { delay }: BatchedInput,
  params: DelayParams,
): { readonly spikes: Sample; readonly traces: Sample } | undefined {
  if (delay === undefined) return undefined;
  const { maxDelay, delayed, interpolation } = params;
  ensure(maxDelay > 0, where, 'delay', () => 'came, but maxDelay is 0: give the longest delay in ms');
  const held = tf.clipByValue(delay, 0, maxDelay);
  const at = (steps: tf.Tensor): Sample => ({ steps, elapsed: tf.zerosLike(steps) });
  if (!delayed) {
    const sample = at(heldSample(held, params, interpolation));
    return { spikes: sample, traces: sample };
  }
  const traces = sampleBefore(held, params);
  return { spikes: at(traces.steps), traces };
}

/** A signal of the inputs. */
interface Incoming {
  readonly now: tf.Tensor;
  /** The record, `now` included. */
  readonly record: tf.Tensor;
  /** Where each synapse reads the record; undefined: now. */
  readonly sample: Sample | undefined;
  /** Time constant with which the signal of traces decays after the sample, ms. */
  readonly tau?: Numeric;
}

/**
 * The outer product of what arrives and `post`. With delays d it is formed sample by sample, as sums of whole outer
 * products, so that no tensor has an entry for each position and synapse:
 *
 *     Σ_j [steps(d) = j]·exp(−elapsed(d)/τ) ∘ Σ_p record_j ⊗ post
 */
function arriving({ now, record, sample, tau }: Incoming, post: tf.Tensor, wiring: Wiring): Term {
  if (sample === undefined) return { pre: now, post };
  const { topology, weightShape } = wiring;
  const parts = tf
    .unstack(record, 1)
    .map((pre, index) => tf.mul(perSample({ pre, post }, topology, weightShape), readsSample(sample.steps, index)));
  const total = sumOf(parts);
  if (tau === undefined) return { perSample: total };
  const rate = ofSynapses(tf.div(1, asTensor(tau)), now, post, wiring);
  return { perSample: tf.mul(total, tf.exp(tf.neg(tf.mul(sample.elapsed, rate)))) };
}

/** 1 where a synapse reads the sample `index`, else 0; by arithmetic, so that gradients pass. */
const readsSample = (steps: tf.Tensor, index: number): tf.Tensor => tf.relu(tf.sub(1, tf.abs(tf.sub(steps, index))));

/** One for all, or what is given one per input as each synapse finds it in its own input, on any wiring; 0 where none ever arrives. */
function ofSynapses(value: tf.Tensor, inputs: tf.Tensor, outputs: tf.Tensor, { topology, weightShape }: Wiring): tf.Tensor {
  if (value.size === 1) return value;
  const [pre, post] = [inputs, outputs].map(({ shape }) => tf.ones([1, ...shape.slice(1)])) as [tf.Tensor, tf.Tensor];
  const sums = perSample({ pre: tf.mul(pre, value), post }, topology, weightShape);
  // Counts, and where none is, sums are 0 too. (divNoNan has no form for five axes on webgpu.)
  return tf.div(sums, tf.maximum(perSample({ pre, post }, topology, weightShape), 1));
}
