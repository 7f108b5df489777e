import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../../core/tensors.js';
import { shareOfChannels } from '../../kernels/host/channels.js';
import type { Branch } from './spec/branches.js';

/** First spike times of many images, one byte each: the step at which a neuron fires, or `steps` (or more) when it never does. */
export interface SpikeTimes {
  /** `[count, height, width, channels]`, row-major. */
  readonly values: Uint8Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Time steps of the stimulus. */
  readonly steps: number;
}

/** What a branch of a network sees: its share of the channels. */
export const timesOfBranch = (times: SpikeTimes, { share, shares }: Pick<Branch, 'share' | 'shares'>): SpikeTimes => ({
  ...times,
  values: shareOfChannels(times.values, times.channels, share, shares),
  channels: times.channels / shares,
});

/** The times of images `from` … `to − 1` as a tensor `[images, height, width, channels]`; `steps` stands for never. */
export function timesTensor({ values, height, width, channels }: SpikeTimes, from: number, to: number): tf.Tensor4D {
  const size = height * width * channels;
  return tf.tensor4d(Float32Array.from(values.subarray(from * size, to * size)), [to - from, height, width, channels]);
}

/**
 * The spikes up to each step, cumulative: `[images, …] → [images · steps, …]`, 1 from the first spike on.
 *
 * @param times  `[images, height, width, channels]`, whole numbers.
 */
export const cumulativeWave = (times: tf.Tensor4D, steps: number): tf.Tensor4D =>
  tidily(() => {
    const [images, ...shape] = times.shape;
    const clock = tf.reshape(tf.range(0.5, steps + 0.5), [1, steps, 1]);
    const fired = tf.step(tf.sub(clock, tf.reshape(times, [images, 1, -1])));
    return tf.reshape(fired, [images * steps, ...shape]);
  });
