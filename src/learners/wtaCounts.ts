import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { addCompensated } from '../core/compensatedSum.js';

/** Counts stay on the device, [spikes, winners] and what float32 leaves out of them: `forward` never waits for them. */
export interface WtaCounts {
  readonly counts: tf.Tensor;
  readonly rest: tf.Tensor;
  readonly presentations: number;
}

/** Nothing was counted yet. */
export const nothing = (): WtaCounts => ({ counts: tf.zeros([2]), rest: tf.zeros([2]), presentations: 0 });

/** The counts after one more batch. */
export function countedWith(
  { counts: sums, rest, presentations }: WtaCounts,
  spikes: tf.Tensor,
  winnerMask: tf.Tensor,
): WtaCounts {
  const total = (tensor: tf.Tensor) => (tensor.size === 0 ? tf.zeros([]) : tf.sum(tensor));
  const seen = tf.stack([total(tf.step(spikes)), total(winnerMask)]);
  const next = addCompensated(sums, rest, seen);
  const batch = spikes.rank === 3 ? 1 : at(spikes.shape, 0);
  return { counts: next.sum, rest: next.rest, presentations: presentations + batch };
}
