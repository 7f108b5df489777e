import * as tf from '@tensorflow/tfjs-core';
import { ensure, unreachable } from '../../core/errors.js';
import type { Numeric } from '../../core/params/validation.js';
import { asTensor, sameShape, tidily, toFloat } from '../../core/tensors.js';
import type { TraceConstants } from '../../kernels/constants.js';
import { backendKernels } from '../../kernels/tensors/current.js';
import type { TraceParams } from '../traceParams.js';

/** `decayTrace` of a tensor and of parameters that were checked before. */
export const decayTrace = (trace: tf.Tensor, params: TraceParams): tf.Tensor => tidily(() => tf.mul(trace, traceDecay(params)));

/** What remains of a trace of 1 after one step. */
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

/** `addSpikes` of tensors of one shape and of parameters that were checked before. */
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
 * `traceStep` of tensors of one shape and of parameters that were checked before. The caller tidies up: a mask that was cast is
 * converted.
 */
export function traceStep(trace: tf.Tensor, spikes: tf.Tensor, params: TraceParams): tf.Tensor {
  const [before, z] = [toFloat(trace, where, 'trace'), toFloat(spikes, where, 'spikes')];
  return fusedStep(before, z, params) ?? tidily(() => addSpikes(decayTrace(before, params), z, params));
}

const where = 'traceStep';

function fusedStep(trace: tf.Tensor, spikes: tf.Tensor, params: TraceParams): tf.Tensor | undefined {
  const constants = traceConstants(params);
  const plain = sameShape(trace.shape, spikes.shape) && trace.size > 0;
  return constants === undefined || !plain ? undefined : backendKernels()?.traceStep?.(trace, spikes, constants);
}

/**
 * A trace in numbers for the kernels, rounded as the tensors of the composition are, so that both agree to the last bit;
 * `undefined` where a parameter differs between neurons.
 */
export function traceConstants({ tau, amplitude, dt, traceMode, integration }: TraceParams): TraceConstants | undefined {
  if (typeof tau !== 'number' || typeof amplitude !== 'number') return undefined;
  const exact = integration === 'exact';
  return {
    decay: Math.fround(exact ? Math.exp(-dt / tau) : 1 - dt / tau),
    height: exact ? Math.fround(amplitude) : Math.fround(Math.fround(amplitude) * Math.fround(dt / tau)),
    nearest: traceMode === 'nearest',
  };
}

/**
 * A constant per neuron in the rank of the tensor that it meets. tfjs broadcasts a list by itself, but on webgpu (4.22) not along more
 * than four axes.
 */
export function perOutput(value: Numeric, { rank, shape }: tf.Tensor): tf.Tensor {
  const tensor = asTensor(value);
  const fits = tensor.rank !== 1 || tensor.size === 1 || tensor.size === shape.at(-1);
  const problem = () => `has ${tensor.size} values, the last axis of the weights has ${shape.at(-1)}: give one number`;
  ensure(fits, 'rule', 'a parameter per neuron', problem);
  return tensor.rank === 1 ? tf.reshape(tensor, [...Array.from({ length: rank - 1 }, () => 1), -1]) : tensor;
}

const onNumeric = (value: Numeric, ofNumber: (value: number) => number, ofTensor: (value: tf.Tensor) => tf.Tensor): tf.Tensor =>
  typeof value === 'number' ? tf.scalar(ofNumber(value)) : ofTensor(asTensor(value));
