/**
 * What a learner has done since `resetStats`.
 *
 * @property updateCount         updates made.
 * @property nLtp                weights potentiated, over all updates (signs of Δw before it is clamped).
 * @property nLtd                weights depressed, over all updates.
 * @property meanDelta           mean |Δw| of the latest update.
 * @property convergenceHistory  the metric after each update.
 */
export interface StdpStats {
  readonly updateCount: number;
  readonly nLtp: number;
  readonly nLtd: number;
  readonly meanDelta: number;
  readonly convergenceHistory: readonly number[];
}

/** Nothing has been learned. */
export const noCounts = { nLtp: 0, nLtd: 0, meanDelta: 0 };
