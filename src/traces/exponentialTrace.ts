import * as tf from '@tensorflow/tfjs-core';
import { unreachable } from '../core/errors.js';
import { sameShape, tidily } from '../core/tensors.js';
import type { Numeric } from '../core/validation.js';
import { fusedKernels } from '../kernels/current.js';
import type { TraceLaw } from '../kernels/laws.js';

/** Which spikes a trace remembers: all of them (`'cumulative'`), or the latest alone (`'nearest'`). */
export type TraceMode = 'cumulative' | 'nearest';

/** How a trace decays over one step: `'exact'` by exp(−dt/τ), `'euler'` by one explicit Euler step. */
export type Integration = 'exact' | 'euler';

/**
 * One exponential trace.
 *
 * @property tau          time constant, ms; Infinity never decays.
 * @property amplitude    what one spike adds, dimensionless (with Euler it adds amplitude · dt/τ, as in Norse).
 * @property dt           step, ms.
 * @property traceMode    see {@link TraceMode}.
 * @property integration  see {@link Integration}.
 */
export interface TraceParams {
  readonly tau: Numeric;
  readonly amplitude: Numeric;
  readonly dt: number;
  readonly traceMode: TraceMode;
  readonly integration: Integration;
}

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
export const decayTrace = (trace: tf.Tensor, params: TraceParams): tf.Tensor => tidily(() => tf.mul(trace, traceDecay(params)));

/** What remains of a trace of 1 after one step, see {@link decayTrace}. */
export function traceDecay({ tau, dt, integration }: Omit<TraceParams, 'traceMode'>): tf.Tensor {
  switch (integration) {
    case 'exact':
      return onNumeric(
        tau,
        (value) => Math.exp(-dt / value),
        (value) => tf.exp(tf.div(-dt, value)),
      );
    case 'euler':
      return onNumeric(
        tau,
        (value) => 1 - dt / value,
        (value) => tf.sub(1, tf.div(dt, value)),
      );
    default:
      return unreachable(integration);
  }
}

/** What one spike adds to a trace: a, with Euler a·dt/τ. */
export const spikeHeight = ({ tau, amplitude, dt, integration }: Omit<TraceParams, 'traceMode'>): tf.Tensor =>
  integration === 'exact'
    ? asTensor(amplitude)
    : tf.mul(
        asTensor(amplitude),
        onNumeric(
          tau,
          (value) => dt / value,
          (value) => tf.div(dt, value),
        ),
      );

/**
 * The decayed trace with the present spikes in it:
 *
 *     cumulative: x + a·z        nearest: a·z where z ≠ 0, else x        (a = amplitude; with Euler amplitude·dt/τ)
 *
 * Spikes may be graded: z is never thresholded.
 */
export function addSpikes(decayed: tf.Tensor, spikes: tf.Tensor, params: TraceParams): tf.Tensor {
  return tidily(() => {
    const jump = tf.mul(spikes, spikeHeight(params));
    switch (params.traceMode) {
      case 'cumulative':
        return tf.add(decayed, jump);
      case 'nearest':
        // A mask by arithmetic: comparisons have no gradient in tfjs. The jump is 0 where there is no spike.
        return tf.add(tf.mul(decayed, tf.sub(1, tf.step(tf.abs(spikes)))), jump);
      default:
        return unreachable(params.traceMode);
    }
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
export const traceStep = (trace: tf.Tensor, spikes: tf.Tensor, params: TraceParams): tf.Tensor =>
  fusedStep(trace, spikes, params) ?? tidily(() => addSpikes(decayTrace(trace, params), spikes, params));

function fusedStep(trace: tf.Tensor, spikes: tf.Tensor, params: TraceParams): tf.Tensor | undefined {
  const law = traceLaw(params);
  const plain = sameShape(trace.shape, spikes.shape) && trace.size > 0 && trace.dtype === 'float32' && spikes.dtype === 'float32';
  return law === undefined || !plain ? undefined : fusedKernels()?.traceStep(trace, spikes, law);
}

/**
 * A trace in numbers for the kernels, rounded as the tensors of the composition are, so that both agree to the last bit;
 * `undefined` where a parameter differs between neurons.
 */
export function traceLaw({ tau, amplitude, dt, traceMode, integration }: TraceParams): TraceLaw | undefined {
  if (typeof tau !== 'number' || typeof amplitude !== 'number') return undefined;
  const exact = integration === 'exact';
  return {
    decay: Math.fround(exact ? Math.exp(-dt / tau) : 1 - dt / tau),
    height: exact ? Math.fround(amplitude) : Math.fround(Math.fround(amplitude) * Math.fround(dt / tau)),
    nearest: traceMode === 'nearest',
  };
}

/** A constant per neuron as a tensor that broadcasts along the last axis. */
export const asTensor = (value: Numeric): tf.Tensor =>
  value instanceof tf.Tensor ? value : tf.tensor(value as number | number[], undefined, 'float32');

/**
 * The same in the rank of the tensor that it meets. tfjs broadcasts a list by itself, but on webgpu (4.22) not along more
 * than four axes.
 */
export function perOutput(value: Numeric, { rank }: tf.Tensor): tf.Tensor {
  const tensor = asTensor(value);
  return tensor.rank === 1 ? tf.reshape(tensor, [...Array.from({ length: rank - 1 }, () => 1), -1]) : tensor;
}

const onNumeric = (value: Numeric, ofNumber: (value: number) => number, ofTensor: (value: tf.Tensor) => tf.Tensor): tf.Tensor =>
  typeof value === 'number' ? tf.scalar(ofNumber(value)) : ofTensor(asTensor(value));
