import type * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { neuronParams } from '../core/params/neuronParams.js';
import { nothingMore } from '../core/params/validation.js';
import { showShape } from '../core/show.js';
import { sameShape, tidily, toFloat } from '../core/tensors.js';
import { type TraceParams, traceSchema } from './traceParams.js';
import * as unchecked from './unchecked/exponentialTrace.js';

export type { Integration, TraceMode, TraceParams } from './traceParams.js';
export { perOutput, spikeHeight, traceConstants, traceDecay } from './unchecked/exponentialTrace.js';

/**
 * The trace one step later, before the present spikes are added:
 *
 *     exact: x·exp(−dt/τ)        euler: x·(1 − dt/τ)
 *
 * Euler overshoots below zero when dt > τ, as it does in Norse.
 *
 * @param trace  any shape whose last axis broadcasts with `tau`.
 * @example
 * const trace = tf.tensor1d([1]);
 * decayTrace(trace, { tau: 20, amplitude: 1, dt: 20, traceMode: 'cumulative', integration: 'exact' }).print();   // => [0.3679]
 */
export function decayTrace(trace: tf.TensorLike | tf.Tensor, params: TraceParams, ...more: readonly never[]): tf.Tensor {
  nothingMore(more, 'decayTrace', 'decayTrace(trace, params)');
  return tidily(() => {
    const before = toFloat(trace, 'decayTrace', 'trace');
    return unchecked.decayTrace(before, paramsOf.decayTrace(params, before.shape));
  });
}

/**
 * The decayed trace with the present spikes in it:
 *
 *     cumulative: x + a·z        nearest: a·z where z ≠ 0, else x        (a = amplitude; with Euler amplitude·dt/τ)
 *
 * Spikes may be graded: z is never thresholded.
 */
export function addSpikes(decayed: tf.TensorLike | tf.Tensor, spikes: tf.TensorLike | tf.Tensor, params: TraceParams): tf.Tensor {
  return tidily(() => {
    const [before, z] = pair('addSpikes', 'decayed', decayed, spikes);
    return unchecked.addSpikes(before, z, paramsOf.addSpikes(params, z.shape));
  });
}

/**
 * One step of an exponential trace: decay, then the present spikes.
 *
 * @param trace   state, the shape of `spikes`.
 * @param spikes  0/1 or graded.
 * @returns the new trace.
 *
 * Source: Morrison, Diesmann and Gerstner 2008; Norse `STDPState.decay` (Euler); Inferno's trace reducers (exact).
 *
 * @example
 * const [trace, spikes] = [tf.tensor1d([1, 1]), tf.tensor1d([1, 0])];
 * traceStep(trace, spikes, { tau: 20, amplitude: 1, dt: 20, traceMode: 'nearest', integration: 'exact' }).print();   // => [1, 0.3679]
 */
export function traceStep(
  trace: tf.TensorLike | tf.Tensor,
  spikes: tf.TensorLike | tf.Tensor,
  params: TraceParams,
  ...more: readonly never[]
): tf.Tensor {
  nothingMore(more, 'traceStep', 'traceStep(trace, spikes, params)');
  return tidily(() => {
    const [before, z] = pair('traceStep', 'trace', trace, spikes);
    return unchecked.traceStep(before, z, paramsOf.traceStep(params, z.shape));
  });
}

const paramsOf = {
  decayTrace: neuronParams<TraceParams>('decayTrace', traceSchema.validate),
  addSpikes: neuronParams<TraceParams>('addSpikes', traceSchema.validate),
  traceStep: neuronParams<TraceParams>('traceStep', traceSchema.validate),
};

/** A trace and spikes of its shape. */
function pair(where: string, argument: string, trace: tf.TensorLike | tf.Tensor, spikes: tf.TensorLike | tf.Tensor) {
  const [before, z] = [toFloat(trace, where, argument), toFloat(spikes, where, 'spikes')];
  const problem = () => `has shape ${showShape(z.shape)}, ${argument} has ${showShape(before.shape)}`;
  ensure(sameShape(before.shape, z.shape), where, 'spikes', problem);
  return [before, z] as const;
}
