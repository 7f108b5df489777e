import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../../core/tensors.js';
import type { Sample, SamplingParams, SpikeInterpolation } from '../samples.js';

/** `sampleBefore` of times and parameters that were checked before. */
export function sampleBefore(time: tf.Tensor, { dt, interpTolerance }: SamplingParams): Sample {
  return tidily(() => {
    const steps = tf.div(time, dt);
    const [nearest, older] = [tf.round(steps), tf.ceil(steps)];
    const distance = tf.abs(tf.sub(tf.mul(nearest, dt), time));
    const between = tf.step(tf.sub(distance, tf.add(interpTolerance, tf.mul(time, float32Rounding)))); // 0 on a sample
    return {
      steps: tf.add(nearest, tf.mul(between, tf.sub(older, nearest))),
      elapsed: tf.mul(between, tf.relu(tf.sub(tf.mul(older, dt), time))),
    };
  });
}

/** Relative error of a time that was rounded, divided and multiplied in float32. */
const float32Rounding = 2 ** -22;

/** `heldSample` of times and parameters that were checked before. */
export const heldSample = (time: tf.Tensor, params: SamplingParams, interpolation: SpikeInterpolation): tf.Tensor =>
  tidily(() => {
    const { steps, elapsed } = sampleBefore(time, params);
    return interpolation === 'previous' ? steps : tf.sub(steps, tf.step(tf.sub(elapsed, params.dt / 2)));
  });

/** `readHistory` of a record and of steps that were checked before. */
export const readHistory = (history: tf.Tensor, steps: tf.Tensor): tf.Tensor =>
  tidily(() => {
    const samples = tf.unstack(history, 1);
    const latest = tf.add(samples[0] ?? history, tf.zerosLike(steps));
    return samples.slice(1).reduce((read, sample, index) => tf.where(tf.greater(steps, index + 0.5), sample, read), latest);
  });
