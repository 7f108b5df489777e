import type { BatchReduction } from './batchReduction.js';
import type { Bounds, Scaling } from './scaling.js';

/** How the Deltas of a rule meet the weights: {@link Scaling}, {@link Bounds} and */
export interface UpdateParams extends Scaling, Bounds {
  /** How the samples of a batch combine. */
  readonly batchReduction: BatchReduction;
}

/** The rates of a rule whose Delta holds its rates already. */
export const ratesInside = { etaPlus: 1, etaMinus: 1 } as const;
