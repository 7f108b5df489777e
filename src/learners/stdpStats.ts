import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { tidily } from '../core/tensors.js';
import { restoredList, restoredMade, restoredNumber, restoredRecord } from './state/restored.js';

/** What a learner has done since `resetStats`. */
export interface StdpStats {
  /** Updates made. */
  readonly updateCount: number;
  /** Weights potentiated, over all updates (signs of Δw before it is clamped). */
  readonly nLtp: number;
  /** Weights depressed, over all updates. */
  readonly nLtd: number;
  /** Mean |Δw| of the latest update. */
  readonly meanDelta: number;
  /** The metric after each update. */
  readonly convergenceHistory: readonly number[];
}

/** What is counted of updates. */
type Counts = Pick<StdpStats, 'nLtp' | 'nLtd' | 'meanDelta'>;

/** Nothing has been learned. */
export const noCounts: Counts = { nLtp: 0, nLtd: 0, meanDelta: 0 };

/** The counts of one update. @throws {StdpError} when the weights were not finite. */
export async function countsOf(delta: tf.Tensor, where: string): Promise<Counts> {
  if (delta.size === 0) return noCounts;
  const summary = tidily(() => tf.stack([tf.sum(tf.step(delta)), tf.sum(tf.step(tf.neg(delta))), tf.mean(tf.abs(delta))]));
  try {
    const values = await summary.data();
    // What is clipped may look finite again: on wasm NaN becomes wMin.
    ensure(Number.isFinite(at(values, 2)), where, 'w', () => 'holds NaN or Infinity');
    return { nLtp: at(values, 0), nLtd: at(values, 1), meanDelta: at(values, 2) };
  } finally {
    summary.dispose();
  }
}

/** The counts after one more update. */
export const added = (before: Counts, { nLtp, nLtd, meanDelta }: Counts): Counts => ({
  nLtp: before.nLtp + nLtp,
  nLtd: before.nLtd + nLtd,
  meanDelta,
});

/** Statistics that were kept. @param made  of what the learner was made. */
export function restoredStats(carry: unknown, made: object, where: string): [Counts, number[]] {
  const { convergenceHistory, ...given } = restoredRecord(
    carry,
    [...Object.keys(noCounts), 'updateCount', 'convergenceHistory', ...Object.keys(made)],
    where,
    'carry',
  );
  const { updateCount, ...counts } = restoredMade(given, { ...noCounts, updateCount: 0 }, made, where);
  const history = restoredList(convergenceHistory, where, 'carry.convergenceHistory').map((metric, index) =>
    restoredNumber(metric, where, `carry.convergenceHistory[${index}]`),
  );
  const counted = () => `has ${history.length} entries after ${updateCount} updates`;
  ensure(history.length === updateCount, where, 'carry.convergenceHistory', counted);
  return [counts, history];
}
