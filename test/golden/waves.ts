import * as tf from '@tensorflow/tfjs-core';
import type { Winner } from '../../src/competition/winner.js';
import { type GoldenTensor, goldenTensor } from './load.js';

/** [T, C, H, W] → [T, H, W, C], also for images. */
export const CHANNELS_LAST = [0, 2, 3, 1];

export const wave = (golden: GoldenTensor): tf.Tensor => goldenTensor(golden, CHANNELS_LAST);

/** Winners as the peer lists them: [feature, row, column]. */
export const places = (winners: readonly Winner[]): number[][] => winners.map(({ channel, y, x }) => [channel, y, x]);

/** Latency of each neuron of a cumulative wave [T, …]: T − number of ones, Infinity without any. */
export const firstTimes = (spikes: tf.Tensor): tf.Tensor => {
  const count = tf.sum(spikes, 0);
  const silent = tf.equal(count, tf.zerosLike(count));
  return tf.where(silent, tf.fill(count.shape, Number.POSITIVE_INFINITY), tf.sub(spikes.shape[0] ?? 0, count));
};
