import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../core/tensors.js';

/**
 * How times become samples.
 *
 * @property dt               distance of two samples, ms.
 * @property interpTolerance  a time as close as this to a sample is that sample, ms.
 */
export interface SamplingParams {
  readonly dt: number;
  readonly interpTolerance: number;
}

/** How a spike between two samples is seen: still the older one, or the nearer of the two (the older when halfway). */
export type SpikeInterpolation = 'previous' | 'nearest';

/**
 * The sample at or before a moment in the past.
 *
 * @property steps    how many samples back it lies, a whole number.
 * @property elapsed  time from the sample to the moment, ms; 0 when they coincide.
 */
export interface Sample {
  readonly steps: tf.Tensor;
  readonly elapsed: tf.Tensor;
}

/**
 * How many samples a record needs to look back `longest` ms: now, and one for each step begun.
 *
 * @example
 * historyLength(2.5, 1);   // => 4
 */
export const historyLength = (longest: number, dt: number): number => Math.ceil(longest / dt - 1e-6) + 1;

/**
 * A record in which nothing has happened, `[batch, length, …]`, the latest sample first.
 *
 * @param shape   of one sample, `[batch, …]`, or `[…]` without a batch.
 * @param fill    what steps before the beginning read. Default 0; Infinity for ages.
 * @param axis    of time: 1 after a batch axis, else 0. Default 1.
 * @example
 * initHistory([1, 2], 3).shape;   // => [1, 3, 2]
 */
export const initHistory = (shape: readonly number[], length: number, fill = 0, axis: 0 | 1 = 1): tf.Tensor =>
  tf.fill([...shape.slice(0, axis), length, ...shape.slice(axis)], fill);

/**
 * The record one step later: `value` comes first, the oldest sample goes.
 *
 * @param history  `[batch, length, …]`.
 * @param value    the present sample, `[batch, …]`.
 * @example
 * pushHistory(tf.tensor2d([[1, 2, 3]]), tf.tensor1d([0])).print();   // => [[0, 1, 2]]
 */
export const pushHistory = (history: tf.Tensor, value: tf.Tensor): tf.Tensor =>
  tidily(() => {
    const [batch = 1, length = 1, ...shape] = history.shape;
    if (length === 1) return tf.expandDims(value, 1);
    const size = tf.util.sizeFromShape(shape);
    // In two axes: the gradient of a slice with five fails on webgpu.
    const kept = tf.slice(tf.reshape(history, [batch, length * size]), [0, 0], [batch, (length - 1) * size]);
    return tf.reshape(tf.concat([tf.reshape(value, [batch, size]), kept], 1), history.shape);
  });

/**
 * Where a time before now lies among the samples. With σ = time/dt: the sample round(σ) when |dt·round(σ) − time| is
 * within the tolerance (or within float32's rounding), else the sample ceil(σ), from which dt·(ceil(σ) − σ) has elapsed.
 *
 * What a record held at that moment follows: a trace is the sample's value times exp(−elapsed/τ), an age its value plus
 * `elapsed`, a spike the sample itself ({@link heldSample}).
 *
 * @param time  ms before now, ≥ 0, any shape.
 *
 * Source: Inferno `RecordTensor.select`.
 *
 * @example
 * sampleBefore(tf.tensor1d([0, 2, 2.25]), { dt: 1, interpTolerance: 1e-4 });   // => { steps: [0, 2, 3], elapsed: [0, 0, 0.75] }
 */
export function sampleBefore(time: tf.Tensor, { dt, interpTolerance }: SamplingParams): Sample {
  return tidily(() => {
    const steps = tf.div(time, dt);
    const [nearest, older] = [tf.round(steps), tf.ceil(steps)];
    const distance = tf.abs(tf.sub(tf.mul(nearest, dt), time));
    const between = tf.step(tf.sub(distance, tf.add(interpTolerance, tf.mul(time, float32Rounding)))); // 0 on a sample
    return {
      steps: tf.add(nearest, tf.mul(between, tf.sub(older, nearest))),
      elapsed: tf.mul(between, tf.sub(tf.mul(older, dt), time)),
    };
  });
}

/** Relative error of a time that was rounded, divided and multiplied in float32. */
const float32Rounding = 2 ** -22;

/**
 * The sample that a spike train holds at a time before now: how many steps back it lies.
 *
 * @param time           ms before now, ≥ 0.
 * @param interpolation  see {@link SpikeInterpolation}.
 * @example
 * heldSample(tf.tensor1d([2.25]), { dt: 1, interpTolerance: 1e-4 }, 'nearest').print();   // => [2]
 */
export const heldSample = (time: tf.Tensor, params: SamplingParams, interpolation: SpikeInterpolation): tf.Tensor =>
  tidily(() => {
    const { steps, elapsed } = sampleBefore(time, params);
    return interpolation === 'previous' ? steps : tf.sub(steps, tf.step(tf.sub(elapsed, params.dt / 2)));
  });

/**
 * Reads a record `steps` samples back, elementwise.
 *
 * @param history  `[batch, length, …]`.
 * @param steps    whole numbers in [0, length − 1], a shape that broadcasts with `[batch, …]`.
 * @returns values of the broadcast shape; Infinity is passed on as it is.
 * @example
 * readHistory(tf.tensor([[[10, 11], [20, 21]]]), tf.tensor([1, 0])).print();   // => [[20, 11]]
 */
export const readHistory = (history: tf.Tensor, steps: tf.Tensor): tf.Tensor =>
  tidily(() => {
    const samples = tf.unstack(history, 1);
    const latest = tf.add(samples[0] ?? history, tf.zerosLike(steps));
    return samples.slice(1).reduce((read, sample, index) => tf.where(tf.greater(steps, index + 0.5), sample, read), latest);
  });
