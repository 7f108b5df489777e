import * as tf from '@tensorflow/tfjs-core';
import { ensure, orThrow } from '../core/errors.js';
import {
  aNumber,
  atMost,
  ensureIs,
  integerFrom,
  nonNegativeScalar,
  nothingMore,
  positiveScalar,
  validateParams,
} from '../core/params/validation.js';
import { checkShape, mostSteps } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { broadcastShape, ensureBackend, sameShape, tidily, toFloat, toTimes, valuesAtHand } from '../core/tensors.js';
import { aSpikeInterpolation, type Sample, type SamplingParams, type SpikeInterpolation, samplingChecks } from './samples.js';
import * as unchecked from './unchecked/history.js';

export type { Sample, SamplingParams, SpikeInterpolation } from './samples.js';

/**
 * How many samples a record needs to look back `longest` ms: now, and one for each step begun.
 *
 * @param longest  ms, ≥ 0.
 * @param dt       distance of two samples, ms.
 * @throws {StdpError} when a time is out of range, or they are more than 2²⁴ samples.
 * @example
 * historyLength(2.5, 1);   // => 4
 */
export function historyLength(longest: number, dt: number, ...more: readonly never[]): number {
  const where = 'historyLength';
  nothingMore(more, where, 'historyLength(longest, dt)');
  ensureIs(nonNegativeScalar, longest, where, 'longest');
  ensureIs(positiveScalar, dt, where, 'dt');
  const length = Math.ceil(longest / dt - 1e-6) + 1;
  ensure(length <= mostSteps, where, 'longest', () => `of ${longest} ms is too long for steps of ${dt} ms`);
  return length;
}

/**
 * A record in which nothing has happened, `[batch, length, …]`, the latest sample first.
 *
 * @param shape   of one sample, `[batch, …]`, or `[…]` without a batch.
 * @param fill    what steps before the beginning read. Default 0; Infinity for ages.
 * @param axis    of time: 1 after a batch axis, else 0. Default 1.
 * @throws {StdpError} when the shape is none, or lacks the axis of the batch, or `length` is not an integer in [1, 2²⁴].
 * @example
 * initHistory([1, 2], 3).shape;   // => [1, 3, 2]
 */
export function initHistory(
  shape: readonly number[],
  length: number,
  fill = 0,
  axis: 0 | 1 = 1,
  ...more: readonly never[]
): tf.Tensor {
  const where = 'initHistory';
  nothingMore(more, where, 'initHistory(shape, length, fill, axis)');
  ensureBackend(where);
  ensureIs(atMost(mostSteps, integerFrom(1)), length, where, 'length');
  ensureIs(aNumber, fill, where, 'fill');
  ensureIs(integerFrom(0, 1), axis, where, 'axis');
  const sizes = checkShape(shape, where, 'shape');
  ensure(sizes.length >= axis, where, 'shape', () => 'is [], but time is axis 1, after that of the batch');
  return tf.fill([...checkShape([...sizes.slice(0, axis), length, ...sizes.slice(axis)], where, 'length')], fill);
}

/**
 * The record one step later: `value` comes first, the oldest sample goes.
 *
 * @param history  `[batch, length, …]`.
 * @param value    the present sample, `[batch, …]`.
 * @throws {StdpError} when the sample doesn't fit the record.
 * @example
 * pushHistory(tf.tensor2d([[1, 2, 3]]), tf.tensor1d([0])).print();   // => [[0, 1, 2]]
 */
export function pushHistory(
  history: tf.TensorLike | tf.Tensor,
  value: tf.TensorLike | tf.Tensor,
  ...more: readonly never[]
): tf.Tensor {
  const where = 'pushHistory';
  nothingMore(more, where, 'pushHistory(history, value)');
  return tidily(() => {
    const [record, latest] = [checkedRecord(history, where), toTimes(value, where, 'value')];
    const [batch = 1, length = 1, ...shape] = record.shape;
    const problem = () =>
      `has shape ${showShape(latest.shape)}, history ${showShape(record.shape)} needs ${showShape([batch, ...shape])}`;
    ensure(sameShape(latest.shape, [batch, ...shape]), where, 'value', problem);
    if (length === 1 || record.size === 0) return tf.reshape(latest, record.shape);
    const size = tf.util.sizeFromShape(shape);
    // In two axes: the gradient of a slice with five fails on webgpu.
    const kept = tf.slice(tf.reshape(record, [batch, length * size]), [0, 0], [batch, (length - 1) * size]);
    return tf.reshape(tf.concat([tf.reshape(latest, [batch, size]), kept], 1), record.shape);
  });
}

/** A record with at least one sample. */
function checkedRecord(history: tf.TensorLike | tf.Tensor, where: string): tf.Tensor {
  const record = toTimes(history, where, 'history');
  const problem = () => `has shape ${showShape(record.shape)}, needs [batch, length, …], 2 to 5 axes, with length ≥ 1`;
  ensure(record.rank >= 2 && record.rank <= 5 && record.shape[1] !== 0, where, 'history', problem);
  return record;
}

/**
 * Where a time before now lies among the samples. With σ = time/dt: the sample round(σ) when |dt·round(σ) − time| is
 * within the tolerance (or within float32's rounding), else the sample ceil(σ), from which dt·(ceil(σ) − σ) has elapsed.
 *
 * What a record held at that moment follows: a trace is the sample's value times exp(−elapsed/τ), an age its value plus
 * `elapsed`, a spike the sample itself ({@link heldSample}).
 *
 * @param time  ms before now, ≥ 0, any shape.
 * @throws {StdpError} when a time is negative (where it is at hand) or a parameter is out of range.
 *
 * Source: Inferno `RecordTensor.select`.
 *
 * @example
 * sampleBefore(tf.tensor1d([0, 2, 2.25]), { dt: 1, interpTolerance: 1e-4 });   // => { steps: [0, 2, 3], elapsed: [0, 0, 0.75] }
 */
export function sampleBefore(time: tf.TensorLike | tf.Tensor, params: SamplingParams, ...more: readonly never[]): Sample {
  const where = 'sampleBefore';
  nothingMore(more, where, 'sampleBefore(time, params)');
  return tidily(() => unchecked.sampleBefore(checkedTime(time, where), checkedSampling(params, where)));
}

/** A time before now. */
function checkedTime(given: tf.TensorLike | tf.Tensor, where: string): tf.Tensor {
  const time = toFloat(given, where, 'time');
  const early = Array.from(valuesAtHand(time) ?? []).find((value) => !(value >= 0 && Number.isFinite(value)));
  ensure(early === undefined, where, 'time', () => `must be ms before now, ≥ 0, holds ${early}`);
  return time;
}

const checkedSampling = (params: SamplingParams, where: string): SamplingParams =>
  orThrow(validateParams(where, {} as SamplingParams, params, samplingChecks));

/**
 * The sample that a spike train holds at a time before now: how many steps back it lies.
 *
 * @param time           ms before now, ≥ 0.
 * @param interpolation  see {@link SpikeInterpolation}.
 * @throws {StdpError} as {@link sampleBefore}, and for an unknown interpolation.
 * @example
 * heldSample(tf.tensor1d([2.25]), { dt: 1, interpTolerance: 1e-4 }, 'nearest').print();   // => [2]
 */
export function heldSample(
  time: tf.TensorLike | tf.Tensor,
  params: SamplingParams,
  interpolation: SpikeInterpolation,
  ...more: readonly never[]
): tf.Tensor {
  const where = 'heldSample';
  nothingMore(more, where, 'heldSample(time, params, interpolation)');
  ensureIs(aSpikeInterpolation, interpolation, where, 'interpolation');
  return tidily(() => unchecked.heldSample(checkedTime(time, where), checkedSampling(params, where), interpolation));
}

/**
 * Reads a record `steps` samples back, elementwise.
 *
 * @param history  `[batch, length, …]`.
 * @param steps    whole numbers in [0, length − 1], a shape that broadcasts with `[batch, …]`.
 * @returns values of the broadcast shape; Infinity is passed on as it is.
 * @throws {StdpError} when `steps` doesn't fit the record, or (where it is at hand) holds what is no sample of it.
 * @example
 * readHistory(tf.tensor([[[10, 11], [20, 21]]]), tf.tensor([1, 0])).print();   // => [[20, 11]]
 */
export function readHistory(
  history: tf.TensorLike | tf.Tensor,
  steps: tf.TensorLike | tf.Tensor,
  ...more: readonly never[]
): tf.Tensor {
  const where = 'readHistory';
  nothingMore(more, where, 'readHistory(history, steps)');
  return tidily(() => {
    const [record, back] = [checkedRecord(history, where), toFloat(steps, where, 'steps')];
    const [batch = 1, length = 1, ...shape] = record.shape;
    const misfit = () =>
      `has shape ${showShape(back.shape)}, which doesn't broadcast with ${showShape([batch, ...shape])} in at most 4 axes`;
    const common = broadcastShape(back.shape, [batch, ...shape]);
    ensure(common !== undefined && common.length <= 4, where, 'steps', misfit);
    const none = Array.from(valuesAtHand(back) ?? []).find((value) => !(Number.isInteger(value) && value >= 0 && value < length));
    ensure(none === undefined, where, 'steps', () => `must be whole numbers in [0, ${length - 1}], holds ${none}`);
    return tf.util.sizeFromShape(common) === 0 ? tf.zeros(common) : unchecked.readHistory(record, back);
  });
}
