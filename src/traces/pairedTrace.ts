import * as tf from '@tensorflow/tfjs-core';
import { floats, tidily } from '../core/tensors.js';
import type { TraceParams } from './traceParams.js';
import { spikeHeight, traceDecay } from './unchecked/exponentialTrace.js';

/** One side of a paired trace at one step, per neuron: what its spikes do to the trace. */
export interface TraceSource {
  /** What remains of the trace after one step. */
  readonly decay: tf.Tensor;
  /** What the present spikes add. */
  readonly jump: tf.Tensor;
  /** 1 where a spike is present, else 0. */
  readonly spiked: tf.Tensor;
}

/** How a paired trace works: its own spikes add up or replace each other, and the present ones are read or not. */
export interface PairedTraceParams {
  readonly traceMode: 'cumulative' | 'nearest';
  readonly present: boolean;
}

/** What the spikes of a layer do to a trace of theirs; its shape is that of the spikes. */
export const traceSource = (spikes: tf.Tensor, params: Omit<TraceParams, 'traceMode'>): TraceSource =>
  tidily(() => ({
    decay: tf.mul(tf.onesLike(spikes), traceDecay(params)),
    jump: tf.mul(spikes, spikeHeight(params)),
    spiked: floats(tf.notEqual(spikes, tf.zerosLike(spikes))),
  }));

/**
 * One step of a trace per pair of neurons, which forgets everything once the other neuron of the pair has spiked:
 *
 *     x = d·x⁻          d: decay of the own neuron over one step
 *     x = x + a·z  (cumulative)   or   a·z where z ≠ 0, else x  (nearest)
 *     value to read: x;  then x = 0 where the other neuron spiked
 *
 * With `present` false the own spikes of this step come last: they are neither read nor forgotten.
 *
 * @param trace   state; any shape that `own` and `other` broadcast to.
 * @param own     what the neuron that leaves the trace does, see {@link traceSource}.
 * @param other   1 where the neuron that reads and resets the trace spikes.
 * @returns the value to pair with the other neuron's spike, and the next state.
 *
 * Source: Morrison, Diesmann and Gerstner 2008, figure 7, in the form of traces.
 */
export function pairedTraceStep(
  trace: tf.Tensor,
  own: TraceSource,
  other: tf.Tensor,
  { traceMode, present }: PairedTraceParams,
): readonly [value: tf.Tensor, next: tf.Tensor] {
  return tidily(() => {
    const kept = traceMode === 'nearest' ? tf.sub(1, own.spiked) : tf.onesLike(own.spiked);
    const withPresent = (old: tf.Tensor) => tf.add(tf.mul(old, kept), own.jump);
    const unread = tf.sub(1, other);
    const decayed = tf.mul(trace, own.decay);
    if (!present) return [decayed, withPresent(tf.mul(decayed, unread))] as const;
    const value = withPresent(decayed);
    return [value, tf.mul(value, unread)] as const;
  });
}
